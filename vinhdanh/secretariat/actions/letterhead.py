"""What stands at the head and the foot of an office's papers, and who signs them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.actions.running import must_run
from vinhdanh.secretariat.models import Letterhead, Signer

_REACHED = ("address", "phone", "fax", "email", "website")


@dataclass(frozen=True)
class Head:
    """A letterhead as it is typed; fields as in the model."""

    issuer_name: str
    place: str
    code: str
    upper_name: str = ""
    drafting_code: str = ""
    drafter_mark: str = ""
    recipients: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True)
class Signing:
    """A signer as it is typed; fields as in the model."""

    name: str
    title: str
    capacity: str = ""
    principal: str = ""
    position: int = 0
    is_active: bool = True


@transaction.atomic
def change(office: Unit, head: Head, *, by: User, at: datetime) -> Letterhead:
    """Keep the letterhead of the office; papers issued before keep theirs.

    Raises Refused to whoever does not run the office, and without issuer, place or code.
    """
    must_run(office, by=by, at=at)
    wanted = asdict(head) | {
        "issuer_name": given(squeeze(head.issuer_name), _("Hãy ghi tên cơ quan ban hành.")),
        "place": given(squeeze(head.place), _("Hãy ghi địa danh.")),
        "code": given(squeeze(head.code), _("Hãy ghi chữ viết tắt tên cơ quan.")),
        **{name: squeeze(getattr(head, name)) for name in _REACHED},
    }
    Unit.objects.select_for_update(no_key=True).get(pk=office.pk)
    kept = Letterhead.objects.filter(office=office).first()
    before = {name: getattr(kept, name) for name in wanted} if kept else {}
    letterhead, _created = Letterhead.objects.update_or_create(office=office, defaults=wanted)
    if before != wanted:
        detail: dict[str, Any] = {"before": before, "after": wanted}
        journal.record("letterhead changed", letterhead, by=by, detail=detail)
    return letterhead


@transaction.atomic
def add_signer(office: Unit, signing: Signing, *, by: User, at: datetime) -> Signer:
    """Let somebody sign the papers of the office. Refused as for `change_signer`."""
    must_run(office, by=by, at=at)
    signer = Signer.objects.create(office=office, **_checked(signing))
    journal.record("signer added", signer, by=by, detail=_checked(signing))
    return signer


@transaction.atomic
def change_signer(signer: Signer, signing: Signing, *, by: User, at: datetime) -> None:
    """Change how somebody signs; papers issued before keep their signature.

    Raises Refused to whoever does not run the office, without name or title, and without the one
    in whose place or name is signed (Nghị định 30/2020/NĐ-CP, Điều 13).
    """
    must_run(signer.office, by=by, at=at)
    signer = Signer.objects.select_for_update(of=("self",)).get(pk=signer.pk)
    wanted = _checked(signing)
    before = {name: getattr(signer, name) for name in wanted}
    for name, value in wanted.items():
        setattr(signer, name, value)
    signer.save()
    if before != wanted:
        journal.record("signer changed", signer, by=by, detail={"before": before, "after": wanted})


def _checked(signing: Signing) -> dict[str, Any]:
    name = given(squeeze(signing.name), _("Hãy ghi họ và tên người ký."))
    title = given(squeeze(signing.title), _("Hãy ghi chức vụ người ký."))
    principal = squeeze(signing.principal)
    alone = {Signer.Capacity.OWN, Signer.Capacity.ACTING}
    if signing.capacity not in alone and not principal:
        raise Refused(_("Hãy ghi ký thay, thay mặt hoặc thừa lệnh ai, ví dụ “Giám đốc”."))
    if signing.capacity in alone:
        principal = ""
    return asdict(signing) | {"name": name, "title": title, "principal": principal}
