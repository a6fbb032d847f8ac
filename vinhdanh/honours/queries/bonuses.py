"""What the awards of the register bring in money, and which of several bonuses are paid."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.ids import any_of
from vinhdanh.common.refusal import Refused
from vinhdanh.honours import access
from vinhdanh.honours.models import Conferral, LocalValue
from vinhdanh.honours.queries.register import standing
from vinhdanh.law import bonus as law
from vinhdanh.law.bonus import Amount, Granted, Local, Payment, Unknown
from vinhdanh.law.book import Book
from vinhdanh.law.criteria import Recipient
from vinhdanh.people.models import Unit

Verdict = Literal["paid", "not paid", "judge"]
VERDICTS: tuple[Verdict, ...] = ("paid", "not paid", "judge")


@dataclass(frozen=True, slots=True)
class Row:
    """What of a conferral is reckoned with and shown, by the names of its fields."""

    pk: UUID
    office_id: UUID
    person_id: UUID | None
    unit_id: UUID | None
    household_id: UUID | None
    name_written: str
    unit_written: str
    award: str
    kind: str
    achieved_from: date
    achieved_until: date
    decision_number: str
    decided_on: date | None
    sort_key: str

    @property
    def recipient(self) -> Recipient:
        return "person" if self.person_id else "collective" if self.unit_id else "household"

    @property
    def recipient_key(self) -> UUID | None:
        return self.person_id or self.unit_id or self.household_id

    @property
    def slot(self) -> tuple[str, Recipient, UUID, date | None]:
        """What is the same in all awards that bring the same."""
        return self.award, self.recipient, self.office_id, self.decided_on

    @property
    def period(self) -> tuple[date, date]:
        return self.achieved_from, self.achieved_until

    @property
    def of_unit(self) -> str:
        """The unit under which it is summed up, by its name then."""
        return self.unit_written or (self.name_written if self.unit_id else "")


_FIELDS = tuple(Row.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Line:
    """The bonus of one conferral.

    `reasons`: why it is paid, not paid, or for a person to judge, a sentence each. `beside`: the
    conferral because of which; None where there is none.
    """

    row: Row
    award: str
    amount: Amount | None
    verdict: Verdict
    reasons: tuple[str, ...]
    source: str
    beside: UUID | None = None

    @property
    def sum(self) -> int:
        """By what it is sorted: how much it is, or would be; -1 where the law does not say it."""
        return self.amount.amount if self.amount else -1

    @property
    def certain(self) -> int:
        """What is certainly paid, in dong."""
        return self.amount.amount if self.amount and self.verdict == "paid" else 0


@dataclass
class Total:
    """How many bonuses of one award, of one unit or of all; `certain`: their sum in dong."""

    name: str
    count: int = 0
    certain: int = 0
    paid: int = 0
    not_paid: int = 0
    judge: int = 0

    def add(self, line: Line) -> None:
        self.count += 1
        self.certain += line.certain
        self.paid += line.verdict == "paid"
        self.not_paid += line.verdict == "not paid"
        self.judge += line.verdict == "judge"


def latest_year(conferrals: QuerySet[Conferral]) -> int | None:
    """The year of the latest decision about the latest achievements; None where there is none."""
    listed = standing(conferrals)
    latest = listed.order_by("-year", "sort_key", "pk").values_list("year", flat=True).first()
    if latest is None:
        return None
    decided = listed.filter(year=latest).aggregate(latest=Max("decided_on"))["latest"]
    return decided.year if decided else latest


def rows(conferrals: QuerySet[Conferral], *, most: int | None = None) -> list[Row]:
    """The conferrals in their order, at most so many; one query."""
    found = conferrals.values_list(*_FIELDS)
    return [Row(*values) for values in (found if most is None else found[:most])]


def row_of(conferral: Conferral) -> Row:
    return Row(*(getattr(conferral, name) for name in _FIELDS))


def lines(wanted: Sequence[Row], *, seen_by: User, book: Book, on: date) -> list[Line]:
    """The bonuses of the conferrals, in their order.

    Each is held against the other standing awards of its recipient that `seen_by` may see: a sum
    never tells of one that they may not. Five queries, however many.
    """
    return lines_among(wanted, [*wanted, *_others(wanted, seen_by=seen_by, on=on)], book=book)


def lines_among(wanted: Sequence[Row], known: Sequence[Row], *, book: Book) -> list[Line]:
    """The bonuses of the conferrals, each held against those `known` of its recipient, which are
    among them all; two queries."""
    local = _set_locally({row.office_id for row in known}, book=book)
    amounts: dict[Hashable, Amount | Unknown] = {}
    # Thousands were granted the same on the same days: each such case is decided once.
    cases: dict[Hashable, _Decided] = {}
    of_recipient: dict[UUID | None, list[Row]] = defaultdict(list)
    for row in known:
        if row.slot not in amounts:
            amounts[row.slot] = _amount(row, local(row), book)
        if row.award in book.awards:
            of_recipient[row.recipient_key].append(row)

    def line(row: Row) -> Line:
        among = of_recipient[row.recipient_key] if row.award in book.awards else [row]
        near = [other for other in among if law.overlap(other.period, row.period)]
        place = next(place for place, other in enumerate(near) if other.pk == row.pk)
        case = (place, *((other.slot, other.period) for other in near))
        if case not in cases:
            granted = [Granted(amounts[other.slot], other.period) for other in near]
            cases[case] = _decided(granted, place, row.decided_on, book)
        found, amount = cases[case], amounts[row.slot]
        return Line(
            row,
            book.awards[row.award].name if row.award in book.awards else row.award,
            amount if isinstance(amount, Amount) else None,
            found.verdict,
            found.reasons,
            found.source,
            near[found.beside].pk if found.beside is not None else None,
        )

    return [line(row) for row in wanted]


def of_record(conferrals: Iterable[Conferral], *, book: Book) -> dict[UUID, Line]:
    """The bonuses of the awards of one record, each held against the others of it, by their keys;
    two queries."""
    known = [row_of(conferral) for conferral in conferrals]
    return {line.row.pk: line for line in lines_among(known, known, book=book)}


def of_conferral(conferral: Conferral, *, seen_by: User, book: Book, on: date) -> Line | None:
    """The bonus of an award; None for one that does not stand."""
    if conferral.withdrawn_at is not None:
        return None
    return lines([row_of(conferral)], seen_by=seen_by, book=book, on=on)[0]


def totals(listed: Iterable[Line]) -> tuple[Total, list[Total], list[Total]]:
    """Of all; by award and by unit, the largest sum first."""
    whole = Total("")
    by_award: dict[str, Total] = {}
    by_unit: dict[str, Total] = {}
    for line in listed:
        whole.add(line)
        by_award.setdefault(line.award, Total(line.award)).add(line)
        unit = line.row.of_unit
        by_unit.setdefault(unit, Total(unit)).add(line)
    ordered = [
        sorted(found.values(), key=lambda total: (-total.certain, -total.count, total.name))
        for found in (by_award, by_unit)
    ]
    return whole, ordered[0], ordered[1]


def _others(wanted: Sequence[Row], *, seen_by: User, on: date) -> list[Row]:
    """The other standing awards of the same recipients, as far as they may be of the same time."""
    if not wanted:
        return []
    keys = {
        name: {key for row in wanted if (key := getattr(row, f"{name}_id"))}
        for name in ("person", "unit", "household")
    }
    about = Q()
    for name, of_kind in keys.items():
        if of_kind:
            about |= any_of(name, of_kind)
    seen = standing(access.visible_facts(Conferral, seen_by, on=on)).filter(
        about,
        achieved_from__lte=max(row.achieved_until for row in wanted),
        achieved_until__gte=min(row.achieved_from for row in wanted),
    )
    listed = {row.pk for row in wanted}
    return [row for row in rows(seen.order_by("pk")) if row.pk not in listed]


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is said of one bonus among those of its time; `beside` is the place of the other."""

    verdict: Verdict
    reasons: tuple[str, ...]
    source: str
    beside: int | None = None


def _decided(granted: Sequence[Granted], place: int, on: date | None, book: Book) -> _Decided:
    amount = granted[place].amount
    if isinstance(amount, Unknown) or on is None:
        return _Decided("judge", (amount.because,) if isinstance(amount, Unknown) else (), "")
    try:
        payment = law.payable(granted, on=on, book=book)[place]
    except Refused as refusal:
        return _Decided("judge", (str(refusal),), amount.source)
    beside = next((n for n, each in enumerate(granted) if each is payment.beside), None)
    source = "; ".join(part for part in (amount.source, payment.source) if part)
    return _Decided(*_verdict(payment, amount), source, beside)


def _verdict(payment: Payment, amount: Amount) -> tuple[Verdict, tuple[str, ...]]:
    """What is paid for certain is to be judged all the same where nobody knows how much it is."""
    if payment.verdict == "not paid" or not amount.doubt:
        return payment.verdict, (payment.because,)
    if payment.verdict == "paid":
        return "judge", (amount.doubt,)
    return "judge", (amount.doubt, payment.because)


def _amount(row: Row, local: Local, book: Book) -> Amount | Unknown:
    if row.decided_on is None:
        said = _("Sổ chưa ghi ngày quyết định nên chưa biết mức lương cơ sở; hãy bổ sung ngày.")
        return Unknown(row.award, said)
    try:
        return law.bonus(row.award, row.recipient, on=row.decided_on, book=book, local=local)
    except Refused as refusal:
        return Unknown(row.award, str(refusal))


def _set_locally(offices: Iterable[UUID], *, book: Book) -> Callable[[Row], Local]:
    """What holds for the bonus of a conferral on the day of its decision by what its office set, or
    else the nearest unit above; two queries."""
    codes = (*law.FACTORS, law.ROUNDING)
    found = Unit.objects.filter(any_of("pk", offices)).order_by().values_list("pk", "path")
    places = {pk: [UUID(step) for step in path.split("/") if step] for pk, path in found}
    above = {place for steps in places.values() for place in steps}
    kept: dict[tuple[str, str], list[LocalValue]] = defaultdict(list)
    for value in LocalValue.objects.filter(any_of("office", above), code__in=codes):
        kept[value.code, value.award].append(value)

    def holding(code: str, award: str, office: UUID, day: date) -> LocalValue | None:
        delegated = book.delegated.get(code)
        if delegated is None or not delegated.holds(day):
            return None
        steps = places[office]
        holds = [
            value
            for value in kept[code, award]
            if value.office_id in steps
            and value.from_on <= day
            and (value.until_on is None or day <= value.until_on)
        ]
        depth = {value.pk: (steps.index(value.office_id), value.from_on) for value in holds}
        return max(holds, key=lambda value: depth[value.pk], default=None)

    def local(row: Row) -> Local:
        if not kept or row.decided_on is None:
            return law.UNSET
        asked = (row.office_id, row.decided_on)
        factors = (holding(code, row.award, *asked) for code in law.FACTORS)
        factor = next((value for value in factors if value is not None), None)
        rounding = holding(law.ROUNDING, "", *asked)
        return Local(
            Decimal(factor.value) if factor else None,
            factor.source if factor else "",
            rounding.value if rounding else "",
            rounding.source if rounding else "",
        )

    return local
