"""Entering announced days off and working days: what is kept, and what is refused."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import connection

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.calendar import SpecialDays, is_day_off
from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions.calendar import announce, change, remove
from vinhdanh.secretariat.models import SpecialDay
from vinhdanh.secretariat.queries import calendar as queries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
OFF, WORKING = SpecialDay.Kind.OFF, SpecialDay.Kind.WORKING
FRIDAY, SATURDAY, MONDAY = date(2026, 7, 3), date(2026, 7, 11), date(2026, 7, 6)
SOURCE = "Thông báo 12/TB-UBND ngày 02/01/2026"


def the_office():
    return a_user_with(RoleHolding.Role.OFFICE, a_unit())


def enter(by, kind=OFF, first=FRIDAY, last=None, *, name="Ngày hội", source=SOURCE):
    return announce(
        kind, first_on=first, last_on=last or first, name=name, source=source, by=by, at=AT
    )


def test_days_entered_are_heeded_and_named():
    office = the_office()

    enter(office)
    enter(office, WORKING, SATURDAY, name="Làm bù")

    special = queries.special_days()
    assert special == SpecialDays(
        frozenset({FRIDAY}), frozenset({SATURDAY}), {FRIDAY: "Ngày hội", SATURDAY: "Làm bù"}
    )
    assert is_day_off(FRIDAY, off=special.off, working=special.working)
    assert not is_day_off(SATURDAY, off=special.off, working=special.working)


def test_a_run_keeps_only_the_days_that_would_be_worked():
    entered = enter(the_office(), OFF, FRIDAY, MONDAY)

    assert [day.day for day in entered] == [FRIDAY, MONDAY]
    run = queries.run_of(entered[1])
    assert (run.first, run.last, len(run.days)) == (FRIDAY, MONDAY, 2)


def test_the_journal_tells_what_was_entered_changed_and_removed():
    office = the_office()
    entered = enter(office, OFF, FRIDAY, MONDAY)
    changed = change(
        entered,
        OFF,
        first_on=FRIDAY,
        last_on=FRIDAY,
        name="Ngày hội",
        source=SOURCE,
        by=office,
        at=AT,
    )
    remove(changed, by=office, at=AT)

    told = list(queries.lines())
    span = {"kind": "Được nghỉ", "first_on": "2026-07-03", "name": "Ngày hội", "source": SOURCE}
    long, short = {**span, "last_on": "2026-07-06"}, {**span, "last_on": "2026-07-03"}
    assert [(line.deed, line.detail) for line in told] == [
        ("announced days removed", short),
        ("announced days changed", {"before": long, "after": short}),
        ("days announced", long),
    ]
    assert not SpecialDay.objects.exists()


@pytest.mark.parametrize(
    ("kind", "first", "last", "said"),
    [
        (WORKING, FRIDAY, FRIDAY, "Ngày 03/07/2026 vốn là ngày làm việc"),
        (WORKING, date(2026, 7, 5), MONDAY, "Ngày 06/07/2026 vốn là ngày làm việc"),
        (OFF, SATURDAY, date(2026, 7, 12), "vốn là ngày nghỉ"),
        (OFF, date(2026, 2, 17), date(2026, 2, 17), "vốn là ngày nghỉ"),
        (OFF, MONDAY, FRIDAY, "từ ngày đầu trở đi"),
        (OFF, FRIDAY, date(2026, 8, 3), "nhiều nhất 31 ngày"),
        (OFF, date(2199, 7, 3), date(2199, 7, 3), "từ 1995 đến 2099"),
    ],
)
def test_what_makes_no_sense_is_refused(kind, first, last, said):
    office = the_office()

    with pytest.raises(Refused, match=said):
        enter(office, kind, first, last)

    assert not SpecialDay.objects.exists()
    assert not Line.objects.filter(deed="days announced").exists()


@pytest.mark.parametrize("missing", [{"name": "  "}, {"source": ""}])
def test_a_day_without_reason_or_source_is_refused(missing):
    with pytest.raises(Refused, match="lý do và căn cứ"):
        enter(the_office(), **missing)


def test_a_day_entered_twice_is_refused():
    office = the_office()
    enter(office)

    with pytest.raises(Refused, match=r"Ngày 03/07/2026 đã được nhập \(Ngày hội\)"):
        enter(office, OFF, date(2026, 7, 1), FRIDAY, name="Bão")


def test_changing_to_days_of_another_run_is_refused_and_keeps_what_was():
    office = the_office()
    first = enter(office)
    enter(office, OFF, MONDAY, name="Bão")

    with pytest.raises(Refused, match="đã được nhập"):
        change(first, OFF, first_on=MONDAY, last_on=MONDAY, name="A", source="B", by=office, at=AT)

    assert [day.day for day in SpecialDay.objects.all()] == [FRIDAY, MONDAY]


def test_days_that_somebody_else_has_removed_meanwhile_are_refused():
    office = the_office()
    entered = enter(office)
    remove(entered, by=office, at=AT)

    with pytest.raises(Refused, match="vừa sửa hoặc xóa"):
        remove(entered, by=office, at=AT)


def test_a_saturday_known_to_be_worked_can_be_given_back():
    office = the_office()

    enter(office, OFF, date(2026, 8, 22), name="Không làm bù nữa")

    special = queries.special_days()
    assert is_day_off(date(2026, 8, 22), off=special.off, working=special.working)


@pytest.mark.parametrize("role", ["clerk", "head", "director", "auditor", ""])
def test_only_the_office_and_administrators_enter_days(role):
    user = a_user_with(role, a_unit()) if role else a_user()

    with pytest.raises(Refused, match="Chỉ thường trực hoặc quản trị"):
        enter(user)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_one_day_at_once_one_is_refused():
    office, said = the_office(), []

    def one():
        try:
            enter(office)
            said.append("")
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said.count("") == 1
    assert len(said) == 4
    assert SpecialDay.objects.count() == 1


def test_the_year_holds_every_day_off_with_its_reason():
    office = the_office()
    entered = enter(office, OFF, FRIDAY, MONDAY)

    shown = queries.year(2026)

    told = [(run.first, run.last, run.is_off, run.name, run.source) for run in shown.runs]
    code = "Bộ luật Lao động 2019, Điều 112 khoản 1"
    exchanged = "Văn bản 12729/VPCP-KGVX ngày 25/12/2025"
    assert told[:4] == [
        (date(2026, 1, 1), date(2026, 1, 1), True, "Tết Dương lịch", code),
        (date(2026, 1, 2), date(2026, 1, 2), True, "ngày nghỉ hoán đổi", exchanged),
        (date(2026, 1, 10), date(2026, 1, 10), False, "Hoán đổi ngày làm việc", exchanged),
        (date(2026, 2, 16), date(2026, 2, 20), True, "Tết Nguyên đán", code),
    ]
    assert told[8:11] == [
        (FRIDAY, MONDAY, True, "Ngày hội", SOURCE),
        (
            date(2026, 8, 22),
            date(2026, 8, 22),
            False,
            "Hoán đổi ngày làm việc",
            "Thông báo hoán đổi ngày làm việc của năm",
        ),
        (
            date(2026, 8, 31),
            date(2026, 8, 31),
            True,
            "ngày nghỉ hoán đổi",
            "Thông báo hoán đổi ngày làm việc của năm",
        ),
    ]
    assert [run.days for run in shown.runs if run.days] == [tuple(entered)]
    july = {day.day.day: day for week in shown.months[6].weeks for day in week if day}
    assert [(july[n].state, july[n].is_entered) for n in (2, 3, 4, 5, 6, 7)] == [
        ("", False),
        ("off", True),
        ("weekend", False),
        ("weekend", False),
        ("off", True),
        ("", False),
    ]
    assert shown.months[6].working_count == 21
    assert shown.working_count == 261 - 14 + 2 - 2
