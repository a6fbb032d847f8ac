"""Other channels of an office: where its messages are posted besides e-mail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import new_id
from vinhdanh.common.refusal import Refused
from vinhdanh.common.sealing import LostKeyError
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.notices import actions as notices
from vinhdanh.notices.models import Delivery, Hook, Message
from vinhdanh.notices.rules.signing import new_secret
from vinhdanh.people.models import Unit
from vinhdanh.secretariat import access
from vinhdanh.secretariat.rules.hooks import trouble_with


@transaction.atomic
def add(office: Unit, *, name: str, url: str, kinds: Sequence[str], by: User, at: datetime) -> Hook:
    """Have every message of these kinds in the tree of `office`, its topmost unit, posted to `url`.

    Raises Refused to whoever does not keep the office's channels, for an address that is not
    secure, without a kind, and for a name that another channel of the office bears.
    """
    if not access.hooked_offices(by, on=timezone.localdate(at)).filter(pk=office.pk).exists():
        raise Refused(_("Chỉ quản trị hoặc thường trực của cơ quan được thêm kênh."))
    Unit.objects.select_for_update().get(pk=office.pk)  # two of one name come one after the other
    hook = Hook(office_id=office.pk, created_at=at)
    hook.secret = new_secret()
    _write(hook, name=name, url=url, kinds=kinds)
    hook.save()
    journal.record("hook added", hook, by=by, detail=_said(hook))
    return hook


@transaction.atomic
def edit(hook: Hook, *, name: str, url: str, kinds: Sequence[str], by: User, at: datetime) -> None:
    """Change where and what is posted; raises Refused as `add` does."""
    stored = _held(hook, by=by, at=at)
    before = _said(stored)
    _write(stored, name=name, url=url, kinds=kinds)
    stored.save()
    after = _said(stored)
    if after != before:
        journal.record("hook edited", stored, by=by, detail={"before": before, "after": after})


@transaction.atomic
def switch(hook: Hook, *, on: bool, by: User, at: datetime) -> None:
    """Switch the channel on or off; what waits for one that is off is cancelled when its turn
    comes."""
    stored = _held(hook, by=by, at=at)
    if stored.is_active != on:
        stored.is_active = on
        stored.save(update_fields=["is_active"])
        journal.record("hook switched on" if on else "hook switched off", stored, by=by)


@transaction.atomic
def delete(hook: Hook, *, by: User, at: datetime) -> None:
    """Delete the channel together with the log of what was posted to it."""
    stored = _held(hook, by=by, at=at)
    journal.record("hook deleted", stored, by=by, detail=_said(stored))
    stored.delete()


@transaction.atomic
def renew_secret(hook: Hook, *, by: User, at: datetime) -> str:
    """Give the channel another secret, at once; the secret."""
    stored = _held(hook, by=by, at=at)
    stored.secret = new_secret()
    stored.save(update_fields=["sealed_secret"])
    journal.record("hook given another secret", stored, by=by)
    return stored.secret


@transaction.atomic
def show_secret(hook: Hook, *, by: User, at: datetime) -> str:
    """The secret of the channel, for whoever sets up the receiver; who saw it is written down.

    Raises Refused also when it cannot be opened with the keys of this installation.
    """
    stored = _held(hook, by=by, at=at)
    journal.record("hook secret shown", stored, by=by)
    try:
        return stored.secret
    except LostKeyError:
        raise Refused(_("Không mở được khóa ký của kênh; hãy cấp khóa ký mới.")) from None


@transaction.atomic
def test(hook: Hook, *, by: User, at: datetime) -> Delivery:
    """Post a message that says that it is a test; its delivery, to be followed in the log.

    Raises Refused while the channel is off.
    """
    stored = _held(hook, by=by, at=at)
    if not stored.is_active:
        raise Refused(_("Kênh đang tắt; hãy bật lại trước khi gửi thử."))
    journal.record("hook tested", stored, by=by)
    return notices.post(
        stored,
        key=f"test:{new_id()}",
        kind=Message.Kind.SYSTEM,
        title=_("Thông báo thử từ Vinh Danh"),
        text=_("Nếu nhận được thông báo này thì kênh đã nối đúng."),
        to=by.username,
        at=at,
    )


def _held(hook: Hook, *, by: User, at: datetime) -> Hook:
    """The channel as it is stored, held until commit, if the user keeps it."""
    kept = access.hooks(by, on=timezone.localdate(at)).filter(pk=hook.pk)
    stored = Hook.objects.select_for_update().filter(pk__in=kept.values("pk")).first()
    if stored is None:
        raise Refused(_("Kênh không còn, hoặc anh/chị không còn quyền với kênh này."))
    return stored


def _write(hook: Hook, *, name: str, url: str, kinds: Sequence[str]) -> None:
    """Set what the channel is (the caller saves it), or refuse it."""
    hook.name, hook.url = squeeze(name)[:100], url.strip()
    if not hook.name:
        raise Refused(_("Hãy đặt tên cho kênh."))
    trouble = trouble_with(hook.url)
    if trouble:
        raise Refused(_(trouble))
    hook.kinds = [kind for kind in Message.Kind.values if kind in kinds]
    if not hook.kinds:
        raise Refused(_("Hãy chọn ít nhất một loại thông báo gửi qua kênh."))
    others = Hook.objects.filter(office_id=hook.office_id).exclude(pk=hook.pk)
    if others.filter(name__iexact=hook.name).exists():
        raise Refused(_("Cơ quan đã có kênh tên này; hãy đặt tên khác."))


def _said(hook: Hook) -> dict[str, Any]:
    """What the channel is, as the journal shows it."""
    labels = [str(Message.Kind(kind).label) for kind in hook.kinds]
    return {"name": hook.name, "url": hook.url, "kinds": labels}
