"""What the City or the office set where the law leaves it to them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from vinhdanh.accounts.models import User
from vinhdanh.honours.models import LocalValue
from vinhdanh.honours.rules import local
from vinhdanh.honours.rules.offices import Local, LocalRule
from vinhdanh.journal import queries as journal
from vinhdanh.journal.models import Line
from vinhdanh.law import store
from vinhdanh.law.book import Book, Delegated
from vinhdanh.people import access as people
from vinhdanh.people.models import Position, Unit


def offices_of(user: User, *, on: date) -> list[Unit]:
    """The offices whose local values the user sees: where they hold a role or serve, those above
    these, and those whose year they run; the nearest first. None for a stranger."""
    serving = Position.objects.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=on),
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        person__user_id=user.pk,
    )
    paths = [
        *people.holdings(user, on=on).values_list("unit__path", flat=True),
        *serving.values_list("unit__path", flat=True),
    ]
    above = {step for path in paths for step in path.split("/") if step}
    whole = Q(kind__in=people.WHOLE) | Q(parent__isnull=True)
    run = people.offices_run(user, on=on).values("pk")
    found = Unit.objects.filter(Q(whole, pk__in=above) | Q(pk__in=run), outside=False)
    return sorted(found, key=lambda unit: (-unit.path.count("/"), unit.sort_key))


def visible_values(user: User, *, on: date) -> QuerySet[LocalValue]:
    """The values of the offices of the user."""
    return LocalValue.objects.filter(office__in=offices_of(user, on=on))


def local_value(office: Unit, code: str, award: str = "", *, on: date) -> LocalValue | None:
    """The value of a `delegated` content that holds for the office on a day, for an award ("": one
    value for all): the office's own, or else that of the nearest unit above it. None: not set, or
    not left to them on that day by the law in force."""
    delegated = store.book().delegated.get(code)
    if delegated is not None and not delegated.holds(on):
        return None
    places = [UUID(step) for step in office.path.split("/") if step]
    found = LocalValue.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        office__in=places,
        code=code,
        award=award,
        from_on__lte=on,
    )
    nearest = {step: place for place, step in enumerate(places)}
    return max(
        found.select_related("office"),
        key=lambda value: (nearest[value.office_id], value.from_on),
        default=None,
    )


@dataclass(frozen=True)
class Kept:
    """A value as the pages show it. `holds` on the day asked; `inherited`: of a unit above."""

    value: LocalValue
    award: str
    text: str
    holds: bool
    to_come: bool
    inherited: bool


@dataclass(frozen=True)
class Content:
    """A content that the law leaves to the City or the office, with what was set for it.

    `values`: in force, to come, past; `missing`: names of the awards for which nothing holds;
    `is_left`: whether the law leaves it to them on the day asked, else nothing holds.
    """

    delegated: Delegated
    values: tuple[Kept, ...]
    missing: tuple[str, ...]
    is_left: bool

    @property
    def holding(self) -> tuple[Kept, ...]:
        return tuple(value for value in self.values if value.holds)


def contents(
    office: Unit, *, book: Book, on: date, codes: Iterable[str] | None = None
) -> list[Content]:
    """Everything delegated (or only `codes`), in the order of the law data; one query."""
    places = [UUID(step) for step in office.path.split("/") if step]
    rows: dict[str, list[LocalValue]] = {}
    wanted = [code for code in book.delegated if codes is None or code in set(codes)]
    stored = LocalValue.objects.filter(office__in=places, code__in=wanted)
    for row in stored.select_related("office", "entered_by"):
        rows.setdefault(row.code, []).append(row)
    return [
        _content(book.delegated[code], rows.get(code, []), office, book=book, on=on)
        for code in wanted
    ]


def contents_of_award(award: str, office: Unit, *, book: Book, on: date) -> list[Content]:
    """What is delegated for the award on the day, with only the values that touch it."""
    codes = [
        each.code for each in book.delegated.values() if local.bears_on(award, each, on, book=book)
    ]
    return [
        Content(
            each.delegated,
            tuple(kept for kept in each.values if kept.value.award in ("", award)),
            tuple(name for name in each.missing if name == book.awards[award].name),
            each.is_left,
        )
        for each in contents(office, book=book, on=on, codes=codes)
    ]


def rules_at(paths: Collection[str], *, book: Book, on: date) -> dict[str, Local]:
    """What holds on the day at each place, by the path of the unit: of every content and award the
    value of the nearest unit that set one. Places ruled alike share one mapping. One query."""
    steps = {path: [UUID(step) for step in path.split("/") if step] for path in paths}
    rows: dict[UUID, list[LocalValue]] = {}
    stored = LocalValue.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        office__in={step for several in steps.values() for step in several},
        from_on__lte=on,
    )
    for row in stored.order_by("from_on"):
        if row.code in book.delegated and book.delegated[row.code].holds(on):
            rows.setdefault(row.office_id, []).append(row)
    made: dict[tuple[UUID, ...], Local] = {}
    found = {}
    for path, above in steps.items():
        setting = tuple(step for step in above if step in rows)
        if setting not in made:
            made[setting] = {
                (row.code, row.award): LocalRule(
                    row.code, row.award, row.value, row.source, row.from_on
                )
                for step in setting
                for row in rows[step]
            }
        found[path] = made[setting]
    return found


@dataclass(frozen=True)
class Next:
    """A content that comes after the conditions of an award; `rule` None: not set."""

    delegated: Delegated
    rule: LocalRule | None


def next_of_award(award: str, rules: Local, *, book: Book, on: date) -> tuple[Next, ...]:
    """The papers, the vote and the days that are left to the City or the office for the award."""
    left = (book.delegated[code] for code in local.NEXT if code in book.delegated)
    return tuple(
        Next(each, rules.get((each.code, award if each.awards else "")))
        for each in left
        if local.bears_on(award, each, on, book=book)
    )


def deeds(office: Unit) -> QuerySet[Line]:
    """What the journal tells of the office's local values, newest first."""
    return journal.lines_about(office).filter(deed__in=["local value set", "local value withdrawn"])


def _content(
    delegated: Delegated, rows: Sequence[LocalValue], office: Unit, *, book: Book, on: date
) -> Content:
    is_left = delegated.holds(on)
    holds_on = rows if is_left else ()
    first = {award: _holding(award, holds_on, on) for award in delegated.awards or ("",)}
    holding = {row.pk for row in first.values() if row is not None}
    kept = [
        Kept(
            value=row,
            award=book.awards[row.award].name if row.award in book.awards else row.award,
            text=local.shown(row.value, delegated.kind),
            holds=row.pk in holding,
            to_come=row.from_on > on,
            inherited=row.office_id != office.pk,
        )
        for row in rows
    ]
    kept.sort(key=lambda each: (not each.holds, not each.to_come, -each.value.from_on.toordinal()))
    names = [
        book.awards[award].name if award else ""
        for award, row in first.items()
        if row is None and (not award or award in book.awards)
    ]
    return Content(delegated, tuple(kept), tuple(names), is_left)


def _holding(award: str, rows: Sequence[LocalValue], on: date) -> LocalValue | None:
    holding = [
        row
        for row in rows
        if row.award == award and row.from_on <= on and not (row.until_on and row.until_on < on)
    ]
    return max(holding, key=lambda row: (row.office.path.count("/"), row.from_on), default=None)
