"""The registers of numbers, and whether their numbers run without a gap."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from vinhdanh.people.models import Unit
from vinhdanh.secretariat.models import Number, Paper, Register, RegisterYear
from vinhdanh.secretariat.rules import papers as rules


def register_of(office: Unit, kind: str) -> Register | None:
    """The register in which papers of the kind get their number; None before the first one."""
    return Register.objects.filter(office=office, kinds__contains=[kind]).first()


def next_number(office: Unit, kind: str, *, year: int) -> int:
    """The number that the next paper of the kind gets, if nobody takes it before."""
    register = register_of(office, kind)
    return next_of(register, year=year) if register else 1


def next_of(register: Register, *, year: int) -> int:
    """The number that is next in the register that year."""
    found = RegisterYear.objects.filter(register=register, year=year).first()
    return found.last_number + 1 if found else 1


def last_signed_on(office: Unit, kind: str, *, year: int) -> date | None:
    """The day on which the last paper with a number of the kind's register was signed that year."""
    register = register_of(office, kind)
    if register is None:
        return None
    signed = Paper.objects.filter(number__register=register, number__year=year)
    found: date | None = signed.aggregate(last=Max("signed_on"))["last"]
    return found


def with_counts(registers: QuerySet[Register], *, year: int) -> QuerySet[Register]:
    """The registers with `taken`, `void` and `explained`: how many numbers of the year there are,
    how many stand on papers that were made void, how many have a reason in place of a paper."""
    of_year = Q(numbers__year=year)
    return registers.select_related("office").annotate(
        taken=Count("numbers", filter=of_year),
        void=Count("numbers", filter=of_year & Q(numbers__paper__state=Paper.State.VOID)),
        explained=Count("numbers", filter=of_year & ~Q(numbers__reason="")),
    )


def years(register: Register, *, current: int) -> list[int]:
    """The years that have numbers, and the current one; the latest first."""
    kept = RegisterYear.objects.filter(register=register).values_list("year", flat=True)
    return sorted({current, *kept}, reverse=True)


def numbers(register: Register, *, year: int) -> QuerySet[Number]:
    """The numbers of the year in order, each with its paper and who took it at hand."""
    found = Number.objects.filter(register=register, year=year)
    return found.select_related("paper", "taken_by").order_by("number")


def unexplained(register: Register, *, year: int) -> list[int]:
    """The numbers of the year that nobody has taken although later ones are; empty when whole."""
    last = RegisterYear.objects.filter(register=register, year=year).first()
    taken = Number.objects.filter(register=register, year=year).values_list("number", flat=True)
    return rules.missing(taken, last=last.last_number if last else 0)


def broken(registers: QuerySet[Register], *, year: int) -> set[UUID]:
    """Those of the registers (by pk) in which some number up to the year's last is not there."""
    lasts = RegisterYear.objects.filter(register__in=registers, year=year).annotate(
        taken=Count("register__numbers", filter=Q(register__numbers__year=year))
    )
    return {one.register_id for one in lasts if one.taken != one.last_number}
