"""Entering facts into the register, correcting and withdrawing them; nothing is overwritten."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import given_name_key, sort_key, squeeze, words
from vinhdanh.documents import actions as documents
from vinhdanh.honours import access
from vinhdanh.honours.actions.checks import check
from vinhdanh.honours.models import Conferral, Fact, Household, Origin
from vinhdanh.honours.queries import effects, register
from vinhdanh.honours.queries.effects import Affected
from vinhdanh.journal import actions as journal
from vinhdanh.law import store
from vinhdanh.people.models import Person, Unit

AnyFact = TypeVar("AnyFact", bound=Fact)
# Who hears which findings change.
Told = Callable[[Sequence[Affected]], object]

# What a correction may change besides the fields of the kind of fact itself.
WHO = ("person", "unit", "household", "name_written", "unit_written", "origin")
_KEPT = {
    "id",
    "office",
    "recorded_at",
    "recorded_by",
    "replaces",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawn_because",
    "year",
    "folded",
    "unit_folded",
    "sort_key",
}
_BATCH = 1_000


@transaction.atomic
def record(facts: Sequence[AnyFact], *, by: User, at: datetime) -> list[AnyFact]:
    """Enter facts that are not yet saved, all of them or none; their origins are saved with them.

    Of each fact are needed: office, one recipient, name_written, origin, and what the fact says;
    the rest is set here. One line of the journal: about the fact where it is one, else about the
    office, with how many of each kind. Raises Refused to whoever does not keep the register of
    their office, for a fact that contradicts itself or is of the future, and for one that the
    register has already (`queries.register.doubles`), or that stands twice among these.
    """
    if not facts:
        return []
    for office in {fact.office_id: fact.office for fact in facts}.values():
        _must_keep(office, by=by, at=at)
    for fact in facts:
        check(fact, on=day_of(at))
    _hold_recipients(facts)
    known = register.doubles(facts)
    if known:
        place = min(known)
        raise Refused(_already(facts[place], known[place], by=by, on=day_of(at)))
    return _enter(facts, by=by, at=at)


@transaction.atomic
def enter(
    fact: AnyFact, *, note: str, by: User, at: datetime, upload: UploadedFile | None = None
) -> AnyFact:
    """Enter one fact by hand, with where it is known from and, where there is one, the paper.

    Raises Refused as `record` does, without a note, and for a file that is not accepted.
    """
    _must_keep(fact.office, by=by, at=at)
    check(fact, on=day_of(at))
    note = given(squeeze(note), _("Hãy ghi rõ nguồn."))[:300]
    file = documents.keep(upload, by=by, at=at) if upload else None
    fact.origin = Origin(how=Origin.How.ENTRY, note=note, file=file)
    (entered,) = record([fact], by=by, at=at)
    return entered


@transaction.atomic
def correct(
    fact: AnyFact,
    changes: Mapping[str, Any],
    *,
    because: str,
    by: User,
    at: datetime,
    told: Told = lambda _found: None,
) -> AnyFact:
    """Correct a fact (đính chính): it is withdrawn, and the one returned stands in its place.

    `changes` are values by name of field, of WHO and of the fields of the kind of fact. Another
    recipient is told by the one key it has: the other two are emptied. `told` hears which findings
    on eligibility change by it; the journal keeps them as well. Raises Refused to whoever
    does not keep the register of its office, without a reason, when nothing would change, when the
    fact has been corrected or withdrawn meanwhile, and as `record` does.
    """
    reason = given(squeeze(because), _("Hãy ghi lý do đính chính."))
    _must_keep(fact.office, by=by, at=at)
    held = _held(fact)
    wanted = _with_one_recipient(changes)
    allowed = {*WHO, *_own_fields(held)}
    assert wanted.keys() <= allowed, wanted.keys() - allowed
    changed = {name: value for name, value in wanted.items() if getattr(held, name) != value}
    if not changed:
        raise Refused(_("Không có gì khác với điều sổ đang ghi; hãy sửa ô cần đính chính."))
    kept = {name: getattr(held, name) for name in (*WHO, *_own_fields(held))}
    corrected = type(held)(office=held.office, replaces=held, **(kept | changed))
    check(corrected, on=day_of(at))
    _hold_recipients([held, corrected])
    known = register.doubles([corrected])
    if known:
        raise Refused(_already(corrected, known[0], by=by, on=day_of(at)))
    before = effects.known_about([held, corrected], by=by, on=day_of(at))
    _withdraw(held, reason, by=by, at=at)
    (entered,) = _saved([corrected], by=by, at=at)
    detail = {
        "reason": reason,
        "before": {name: _plain(held, name) for name in changed},
        "after": {name: _plain(entered, name) for name in changed},
    }
    journal.record("fact corrected", entered, by=by, detail=detail | _effects(before, at, told))
    return entered


@transaction.atomic
def withdraw(
    fact: Fact, *, because: str, by: User, at: datetime, told: Told = lambda _found: None
) -> None:
    """Take a fact that should not stand out of the register (gỡ khỏi sổ); it stays to be read.

    `told` and the journal as with `correct`. Raises Refused to whoever does not keep the register
    of its office, without a reason, and when it has been corrected or withdrawn meanwhile.
    """
    reason = given(squeeze(because), _("Hãy ghi lý do gỡ khỏi sổ."))
    _must_keep(fact.office, by=by, at=at)
    held = _held(fact)
    before = effects.known_about([held], by=by, on=day_of(at))
    _withdraw(held, reason, by=by, at=at)
    detail = {"reason": reason} | _effects(before, at, told)
    journal.record("fact withdrawn", held, by=by, detail=detail)


def foreseen(deed: Callable[[Told], object]) -> list[Affected]:
    """Which findings would change by a correction or withdrawal, without doing it.

    `deed` is given what is to be `told`. Raises Refused as the deed would.
    """
    found: list[Affected] = []
    with transaction.atomic():
        deed(found.extend)
        transaction.set_rollback(True)
    return found


@transaction.atomic
def enter_household(
    office: Unit, *, head_name: str, address: str, by: User, at: datetime
) -> Household:
    """Enter a household (hộ gia đình) that the office may honour.

    Raises Refused to whoever does not keep the register, without the name of its head, and for one
    of the same name and address.
    """
    _must_keep(office, by=by, at=at)
    Unit.objects.select_for_update(no_key=True).get(pk=office.pk)  # sent twice, entered once
    household = Household(
        office=office,
        head_name=given(squeeze(head_name), _("Hãy ghi họ tên chủ hộ."))[:150],
        address=squeeze(address)[:300],
    )
    same = Household.objects.filter(
        office=office,
        head_name__iexact=household.head_name,
        address__iexact=household.address,
    )
    if same.exists():
        raise Refused(_("Sổ đã có hộ gia đình cùng chủ hộ và địa chỉ này."))
    household.save(force_insert=True)
    journal.record("household entered", household, by=by)
    return household


def _must_keep(office: Unit, *, by: User, at: datetime) -> None:
    if not access.keeps_register(by, office, on=day_of(at)):
        raise Refused(
            _("Chỉ Văn phòng (Thường trực thi đua, khen thưởng) của cơ quan được ghi vào sổ.")
        )


def _hold_recipients(facts: Sequence[Fact]) -> None:
    """Let nobody else enter facts about the same recipients until this is done: two persons could
    enter the same at the same time. Always in the order of keys, so that none waits in a circle."""
    for model, name in ((Person, "person_id"), (Unit, "unit_id"), (Household, "household_id")):
        keys = {key for fact in facts if (key := getattr(fact, name)) is not None}
        if keys:
            rows = model._default_manager.filter(pk__in=keys).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))


def _enter(facts: Sequence[AnyFact], *, by: User, at: datetime) -> list[AnyFact]:
    entered = _saved(facts, by=by, at=at)
    if len(entered) == 1:
        (fact,) = entered
        journal.record("fact recorded", fact, by=by, detail={"source": str(fact.origin)})
        return entered
    by_office: dict[Unit, list[AnyFact]] = {}
    for fact in entered:
        by_office.setdefault(fact.office, []).append(fact)
    for office, own in by_office.items():
        counts = Counter(type(fact).__name__.lower() for fact in own)
        journal.record("facts recorded", office, by=by, detail=dict(counts))
    return entered


def _saved(facts: Sequence[AnyFact], *, by: User, at: datetime) -> list[AnyFact]:
    origins = {fact.origin.pk: fact.origin for fact in facts if fact.origin._state.adding}
    Origin.objects.bulk_create(origins.values(), batch_size=_BATCH)
    by_model: dict[type[AnyFact], list[AnyFact]] = {}
    for fact in facts:
        fact.recorded_at, fact.recorded_by = at, by
        fact.name_written = squeeze(fact.name_written)
        fact.unit_written = squeeze(fact.unit_written)
        if isinstance(fact, Conferral):
            _make_findable(fact)
        by_model.setdefault(type(fact), []).append(fact)
    for model, own in by_model.items():
        model._default_manager.bulk_create(own, batch_size=_BATCH)
    return list(facts)


def _make_findable(fact: Conferral) -> None:
    """Set by what the award is found, sorted and counted."""
    fact.year = fact.achieved_until.year
    name, unit, number = (
        " ".join(words(text))
        for text in (fact.name_written, fact.unit_written, fact.decision_number)
    )
    fact.folded, fact.unit_folded = " ".join(filter(None, (name, unit, number))), unit
    by_name = sort_key if fact.unit_id else given_name_key
    fact.sort_key = by_name(fact.name_written)


def _held(fact: AnyFact) -> AnyFact:
    """The fact, held until the transaction ends; Refused when it no longer stands."""
    rows = type(fact)._default_manager.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("office", "origin").get(pk=fact.pk)
    if held.withdrawn_at is not None:
        raise Refused(
            _("Điều này đã được đính chính hoặc gỡ khỏi sổ; hãy mở lại trang để xem bản đang đứng.")
        )
    return held


def _withdraw(fact: Fact, reason: str, *, by: User, at: datetime) -> None:
    fact.withdrawn_at, fact.withdrawn_by, fact.withdrawn_because = at, by, reason[:300]
    fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def _with_one_recipient(changes: Mapping[str, Any]) -> dict[str, Any]:
    chosen = {name: changes[name] for name in WHO[:3] if changes.get(name) is not None}
    others = {name: value for name, value in changes.items() if name not in WHO[:3]}
    return {**dict.fromkeys(WHO[:3]), **chosen, **others} if chosen else others


def _own_fields(fact: Fact) -> list[str]:
    """The names of what this kind of fact says: the award, the year, the decision …"""
    named = [field.name for field in fact._meta.concrete_fields]
    kept = _KEPT - ({"year"} if not isinstance(fact, Conferral) else set())
    return [name for name in named if name not in kept and name not in WHO]


def _effects(before: effects.Known, at: datetime, told: Told) -> dict[str, list[str]]:
    """Tell which findings are others than `before`; for the journal, as sentences where any are."""
    book, day = store.book(), day_of(at)
    found = effects.affected(before, effects.known_again(before, on=day), book=book, on=day)
    told(found)
    lines = effects.sentences([each for each in found if each.changed], book=book)
    return {"findings": lines} if lines else {}


def _plain(fact: Fact, name: str) -> Any:
    value = getattr(fact, name)
    field = fact._meta.get_field(name)
    if isinstance(field, models.DateField):
        return value.isoformat() if value else None
    if isinstance(field, models.CharField) and field.choices:
        return str(getattr(fact, f"get_{name}_display")())
    return str(value) if isinstance(value, models.Model) else value


def _already(fact: Fact, known: Fact, *, by: User, on: date) -> str:
    """The sentence about a fact that the register has already, or that was given twice; of one
    that another office recorded and `by` may not see, not what it says."""
    if known._state.adding:
        return _("Danh sách ghi hai lần cùng một điều về %(name)s: %(fact)s.") % {
            "name": fact.name_written,
            "fact": known,
        }
    if not access.visible_facts(type(known), by, on=on).filter(pk=known.pk).exists():
        return _(
            "Sổ của %(office)s đã ghi điều này về %(name)s; nếu ghi sai, hãy đề nghị cơ quan ấy "
            "đính chính."
        ) % {"name": fact.name_written, "office": known.office}
    return _(
        "Sổ đã ghi điều này về %(name)s: %(fact)s; nếu sổ ghi sai, hãy mở mục đó và đính chính."
    ) % {"name": fact.name_written, "fact": known}
