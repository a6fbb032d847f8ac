"""Numbers: taken one after the other, never twice, and each explained."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.papers.rules.kinds import KINDS
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.actions.running import day_of, must_run
from vinhdanh.secretariat.models import Number, Register, RegisterYear
from vinhdanh.secretariat.queries import registers as queries
from vinhdanh.secretariat.rules import papers as rules


def take(
    office: Unit,
    kind: str,
    *,
    signed_on: date,
    text_of: Callable[[int], str],
    by: User,
    at: datetime,
) -> Number:
    """The next number for a paper of the kind, in the year in which it is signed.

    Whoever asks next waits until this transaction ends; when it fails the number was never taken.
    `text_of` says what stands on the paper for a number. Called within the transaction that issues
    the paper, which journals it.
    """
    register = queries.register_of(office, kind) or _open(office, kind)
    year = _held(register, signed_on.year)
    if not Register.objects.filter(pk=register.pk, kinds__contains=[kind]).exists():
        raise Refused(_("Sổ đăng ký của loại văn bản này vừa được đổi; hãy phát hành lại."))
    number = _next(year)
    return Number.objects.create(
        register=register,
        year=year.year,
        number=number,
        text=text_of(number),
        taken_at=at,
        taken_by=by,
    )


@transaction.atomic
def explain(
    register: Register, *, year: int, through: int, reason: str, by: User, at: datetime
) -> list[Number]:
    """Record the numbers up to `through` as given outside of the system, with the reason.

    They begin with the next number of the year, so that none is left out: an office that begins in
    the middle of a year records what its paper register holds. Raises Refused to whoever does not
    run the office, without a reason, for a number that is taken, for a year to come, and for more
    than rules.MOST_EXPLAINED at once.
    """
    must_run(register.office, by=by, at=at)
    reason = given(reason, _("Hãy ghi vì sao số này không có văn bản trong hệ thống."))
    if not 2000 <= year <= day_of(at).year:
        raise Refused(_("Năm của sổ phải từ 2000 đến năm nay."))
    held = _held(register, year)
    first = held.last_number + 1
    if through < first:
        raise Refused(
            _("Số %(number)d đã cấp; số tiếp theo là %(next)d.")
            % {"number": through, "next": first}
        )
    if through - first >= rules.MOST_EXPLAINED:
        raise Refused(_("Mỗi lần ghi nhiều nhất %(most)d số.") % {"most": rules.MOST_EXPLAINED})
    held.last_number = through
    held.save(update_fields=["last_number"])
    made = Number.objects.bulk_create(
        Number(register=register, year=year, number=number, reason=reason, taken_at=at, taken_by=by)
        for number in range(first, through + 1)
    )
    told = f"{first}" if first == through else f"{first}–{through}"
    detail = {"year": year, "number": told, "reason": reason}
    journal.record("number explained", register, by=by, detail=detail)
    return made


@transaction.atomic
def change(register: Register, *, name: str, kinds: Iterable[str], by: User, at: datetime) -> None:
    """Name the register and choose the kinds that get their numbers in it.

    A kind that is chosen leaves the register it was in; one that is given up goes into a register
    of its own when it is next needed. Raises Refused to whoever does not run the office, without a
    name or a kind, for a name that another register has, and for a kind that already has numbers
    this year: its series would break.
    """
    office = register.office
    must_run(office, by=by, at=at)
    _arranging(office)
    name = given(squeeze(name), _("Hãy ghi tên sổ."))
    chosen = [kind for kind in KINDS if kind in set(kinds)]
    if not chosen:
        raise Refused(_("Hãy chọn ít nhất một loại văn bản cho sổ."))
    registers = {one.pk: one for one in Register.objects.filter(office=office)}
    register = registers.pop(register.pk)
    if any(one.name == name for one in registers.values()):
        raise Refused(_("Cơ quan đã có sổ tên “%(name)s”.") % {"name": name})
    moved = set(chosen) ^ set(register.kinds)
    losing = [one for one in (register, *registers.values()) if moved & set(one.kinds)]
    for one in losing:
        _must_be_unused(one, moved, year=day_of(at).year)
    before = {"name": register.name, "kinds": _names(register.kinds)}
    for one in registers.values():
        if moved & set(one.kinds):
            one.kinds = [kind for kind in one.kinds if kind not in chosen]
            one.save(update_fields=["kinds"])
    register.name, register.kinds = name, chosen
    register.save(update_fields=["name", "kinds"])
    after = {"name": name, "kinds": _names(chosen)}
    if before != after:
        journal.record(
            "register changed", register, by=by, detail={"before": before, "after": after}
        )


@transaction.atomic
def open_all(office: Unit, *, by: User, at: datetime) -> int:
    """Open a register for each kind of paper that has none; how many were opened."""
    must_run(office, by=by, at=at)
    _arranging(office)
    having = {kind for one in Register.objects.filter(office=office) for kind in one.kinds}
    wanted = [kind for kind in KINDS if kind not in having]
    for kind in wanted:
        _open(office, kind)
    return len(wanted)


def _open(office: Unit, kind: str) -> Register:
    """The register of a kind that has none yet: of its own, named after it."""
    _arranging(office)
    found = queries.register_of(office, kind)
    if found is not None:
        return found
    name = KINDS[kind].name
    register, _created = Register.objects.get_or_create(office=office, name=name)
    register.kinds = [*register.kinds, kind]
    register.save(update_fields=["kinds"])
    return register


def _arranging(office: Unit) -> None:
    """Hold the office, so that its registers are arranged by one person at a time."""
    Unit.objects.select_for_update(no_key=True).get(pk=office.pk)


def _held(register: Register, year: int) -> RegisterYear:
    """The register's year, locked until the transaction ends."""
    RegisterYear.objects.get_or_create(register=register, year=year)
    return RegisterYear.objects.select_for_update().get(register=register, year=year)


def _next(year: RegisterYear) -> int:
    year.last_number += 1
    year.save(update_fields=["last_number"])
    return year.last_number


def _must_be_unused(register: Register, moved: set[str], *, year: int) -> None:
    held = RegisterYear.objects.select_for_update().filter(register=register, year=year).first()
    if held is None or not held.last_number:
        return
    papers = Number.objects.filter(register=register, year=year, paper__kind__in=moved)
    if papers.exists() or set(register.kinds) <= moved:
        raise Refused(
            _(
                "Sổ “%(register)s” đã cấp số năm nay cho loại văn bản muốn chuyển; chỉ đổi được từ "
                "đầu năm sau."
            )
            % {"register": register.name}
        )


def _names(kinds: Iterable[str]) -> list[str]:
    return [KINDS[kind].name for kind in kinds]
