"""Numbers: one after the other, never twice, each explained."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.people.tests.make import a_unit
from vinhdanh.secretariat.actions import papers, registers
from vinhdanh.secretariat.models import Number, Paper, Register, RegisterYear
from vinhdanh.secretariat.queries import registers as queries
from vinhdanh.secretariat.rules import papers as rules
from vinhdanh.secretariat.tests.make import AT, ON, a_draft, an_issued, an_office, an_officer

pytestmark = pytest.mark.django_db

YEAR = AT.year


def a_register(office, *kinds):
    """A register of the office for the kinds, with no number yet."""
    return Register.objects.create(office=office, name=f"Sổ {kinds[0]}", kinds=list(kinds))


def numbers_of(register):
    return [each.number for each in queries.numbers(register, year=YEAR)]


class BrokenOffError(Exception):
    """What makes the transaction of an issuing fail."""


@pytest.mark.django_db(transaction=True)
def test_fifty_people_who_issue_at_once_get_fifty_numbers_without_a_gap():
    office = an_office()
    by = an_officer(office)
    drafts = [a_draft(office, by=by, subject=f"Văn bản {n}") for n in range(50)]
    failing = drafts[::7]
    gate = threading.Barrier(len(drafts))
    met: list[str] = []

    def issue(paper: Paper) -> None:
        try:
            gate.wait(30)
            with transaction.atomic():
                papers.issue(paper, signed_on=ON, by=by, at=AT)
                if paper in failing:
                    raise BrokenOffError
        except BrokenOffError:
            met.append("broken off")
        except Exception as other:
            met.append(repr(other))
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=[paper]) for paper in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    register = Register.objects.get()
    issued = Paper.objects.filter(state=Paper.State.ISSUED)
    assert met == ["broken off"] * len(failing)
    assert issued.count() == 50 - len(failing)
    assert numbers_of(register) == list(range(1, issued.count() + 1))
    assert {paper.number.text for paper in issued.select_related("number")} == {
        f"{n:02}/TB-SVHTT" for n in range(1, issued.count() + 1)
    }
    assert RegisterYear.objects.get().last_number == issued.count()
    assert queries.unexplained(register, year=YEAR) == []
    assert Line.objects.filter(deed="paper issued").count() == issued.count()


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_the_same_draft_give_it_one_number():
    office = an_office()
    by = an_officer(office)
    paper = a_draft(office, by=by)
    gate = threading.Barrier(2)
    said: list[str] = []

    def issue() -> None:
        gate.wait(30)
        try:
            papers.issue(Paper.objects.get(), signed_on=ON, by=by, at=AT)
        except Refused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    paper.refresh_from_db()
    assert (paper.state, Number.objects.count(), len(said)) == (Paper.State.ISSUED, 1, 1)
    assert "không còn là dự thảo" in said[0]


def test_each_kind_gets_a_register_of_its_own_when_it_is_first_needed():
    office = an_office()
    by = an_officer(office)

    an_issued(office, by=by)
    an_issued(office, by=by, kind="report")
    an_issued(office, by=by)

    kept = {one.name: (one.kinds, numbers_of(one)) for one in Register.objects.all()}
    assert kept == {"Thông báo": (["notice"], [1, 2]), "Báo cáo": (["report"], [1])}


def test_kinds_of_one_register_share_their_numbers():
    office = an_office()
    by = an_officer(office)
    register = a_register(office, "notice", "report")

    texts = [
        an_issued(office, by=by, kind=kind).number.text for kind in ("notice", "report", "notice")
    ]

    assert texts == ["01/TB-SVHTT", "02/BC-SVHTT", "03/TB-SVHTT"]
    assert numbers_of(register) == [1, 2, 3]


def test_offices_count_for_themselves():
    assert [an_issued().number.number for _each in range(2)] == [1, 1]


def test_numbers_given_on_paper_are_recorded_up_to_one_with_the_reason():
    office = an_office()
    by = an_officer(office)
    register = a_register(office, "notice")

    registers.explain(register, year=YEAR, through=36, reason="Sổ giấy", by=by, at=AT)
    after = an_issued(office, by=by)

    assert after.number.text == "37/TB-SVHTT"
    assert numbers_of(register) == list(range(1, 38))
    assert {each.reason for each in Number.objects.filter(number__lt=37)} == {"Sổ giấy"}
    assert queries.unexplained(register, year=YEAR) == []
    line = Line.objects.get(deed="number explained")
    assert line.detail == {"year": YEAR, "number": "1–36", "reason": "Sổ giấy"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "vì sao số này"),
        ({"through": 1}, "Số 1 đã cấp; số tiếp theo là 2"),
        ({"year": YEAR + 1}, "đến năm nay"),
        ({"through": rules.MOST_EXPLAINED + 2}, "nhiều nhất"),
    ],
)
def test_a_number_that_cannot_be_explained_is_refused(fields, sentence):
    office = an_office()
    by = an_officer(office)
    an_issued(office, by=by)
    given = {"year": YEAR, "through": 2, "reason": "Sổ giấy"} | fields

    with pytest.raises(Refused, match=sentence):
        registers.explain(Register.objects.get(), **given, by=by, at=AT)

    assert Number.objects.count() == 1


def test_only_the_office_touches_its_registers():
    office = an_office()
    register, stranger = a_register(office, "notice"), an_officer(a_unit())

    for deed in (
        lambda: registers.explain(register, year=YEAR, through=1, reason="A", by=stranger, at=AT),
        lambda: registers.change(register, name="B", kinds=["notice"], by=stranger, at=AT),
        lambda: registers.open_all(office, by=stranger, at=AT),
    ):
        with pytest.raises(Refused, match="Chỉ Văn phòng"):
            deed()


def test_a_gap_made_from_outside_is_found():
    office = an_office()
    by = an_officer(office)
    register = a_register(office, "notice")
    registers.explain(register, year=YEAR, through=9, reason="Sổ giấy", by=by, at=AT)
    whole = queries.broken(Register.objects.all(), year=YEAR)

    Number.objects.filter(number__in=[3, 6, 7]).delete()

    assert whole == set()
    assert rules.spans(queries.unexplained(register, year=YEAR)) == "3, 6–7"
    assert queries.broken(Register.objects.all(), year=YEAR) == {register.pk}


def test_the_database_takes_a_number_once_and_only_with_a_paper_or_a_reason():
    office = an_office()
    paper = an_issued(office)
    same = {"register": paper.number.register, "year": YEAR, "taken_at": AT}

    for fields in ({"number": 1, "text": "01"}, {"number": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Number.objects.create(**same, **fields, taken_by=paper.issued_by)


def test_opening_all_opens_what_is_missing():
    office = an_office()
    by = an_officer(office)
    a_register(office, "notice", "report")

    assert registers.open_all(office, by=by, at=AT) == 6
    assert registers.open_all(office, by=by, at=AT) == 0


def test_a_kind_moves_between_registers_while_it_has_no_number_this_year():
    office = an_office()
    by = an_officer(office)
    notices, reports = a_register(office, "notice"), a_register(office, "report", "plan")

    kinds = ["notice", "report"]
    registers.change(notices, name="Chung", kinds=kinds, by=by, at=AT)
    registers.change(notices, name="Chung", kinds=kinds, by=by, at=AT)

    notices.refresh_from_db()
    reports.refresh_from_db()
    assert (notices.name, notices.kinds, reports.kinds) == ("Chung", ["report", "notice"], ["plan"])
    line = Line.objects.get(deed="register changed")
    assert line.detail["after"] == {"name": "Chung", "kinds": ["Báo cáo", "Thông báo"]}


def test_a_kind_with_numbers_this_year_stays_until_next_year():
    office = an_office()
    by = an_officer(office)
    notices, general = a_register(office, "notice"), a_register(office, "report")
    an_issued(office, by=by)
    kinds = ["notice", "report"]

    with pytest.raises(Refused, match="đầu năm sau"):
        registers.change(general, name="Chung", kinds=kinds, by=by, at=AT)
    registers.change(general, name="Chung", kinds=kinds, by=by, at=AT + timedelta(365))

    notices.refresh_from_db()
    assert notices.kinds == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "tên sổ"),
        ({"kinds": []}, "ít nhất một loại"),
        ({"name": "Sổ report"}, "đã có sổ tên"),
    ],
)
def test_a_register_that_cannot_be_so_is_refused(fields, sentence):
    office = an_office()
    register = a_register(office, "notice")
    a_register(office, "report")

    with pytest.raises(Refused, match=sentence):
        registers.change(
            register,
            **{"name": "Chung", "kinds": ["notice"]} | fields,
            by=an_officer(office),
            at=AT,
        )


def test_missing_numbers_and_their_spans():
    assert rules.missing([1, 2, 5], last=6) == [3, 4, 6]
    assert rules.missing([], last=0) == []
    assert rules.spans([7, 8, 9, 4, 12]) == "4, 7–9, 12"
    assert rules.spans([]) == ""
