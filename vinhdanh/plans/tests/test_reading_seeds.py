"""The founding plan in its three forms. Skipped where the forms are not at hand."""

from datetime import date
from functools import cache

import pytest

from vinhdanh.documents.rules.reading import read, read_text
from vinhdanh.documents.tests.seeds import SEEDS, needs_seeds
from vinhdanh.plans.rules.reading import read_plan

FORMS = ["000_8f08b2b551b592c0.txt", "ke-hoach-2025.docx", "ke-hoach-2025.pdf"]

pytestmark = needs_seeds


@cache
def the_plan(form=FORMS[0]):
    return read_plan(read((SEEDS / form).read_bytes(), name=form))


def without_quotes(plan):
    shown = plan.as_json()
    for task in shown["tasks"]:
        del task["source"]
    del shown["findings"]
    return shown


@pytest.mark.parametrize("form", FORMS[1:])
def test_the_three_forms_read_the_same(form):
    assert without_quotes(the_plan(form)) == without_quotes(the_plan())


def test_the_head_is_read_and_blanks_stay_blank():
    plan = the_plan()

    assert plan.title == "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2025"
    assert plan.issuer == "Sở Văn hóa và Thể thao thành phố Hà Nội"
    assert (plan.year, plan.number, plan.issued_on) == (2025, None, None)


def test_there_are_22_tasks_and_5_sub_tasks():
    plan = the_plan()

    assert [task.number for task in plan.tasks if not task.parent] == [
        str(number) for number in range(1, 23)
    ]
    assert [(task.number, task.parent) for task in plan.tasks if task.parent] == [
        (f"22.{number}", "22") for number in range(1, 6)
    ]
    assert {task.part for task in plan.tasks} == {"annex"}


def test_the_row_that_a_page_cuts_is_whole():
    task = next(task for task in the_plan().tasks if task.number == "15")

    assert task.content.endswith("của các đơn vị thuộc Sở")
    assert task.support == ("Hội đồng TĐKT Sở", "Các phòng, đơn vị thuộc Sở")
    assert task.due.day_on == date(2025, 7, 30)


def test_the_sections_have_their_paths():
    numbers = [section.number for section in the_plan().sections]

    assert numbers[:3] == ["I", "I.1", "I.2"]
    assert "III.2.1" in numbers
    assert numbers.count("IV.3") == 2


@pytest.mark.parametrize("form", FORMS)
def test_the_same_findings_come_from_each_form(form):
    found = [(finding.kind, finding.tasks, finding.dates) for finding in the_plan(form).findings]

    assert [one for one in found if one[0] != "blank"] == [
        ("conflicting-due", ("4",), (date(2025, 2, 28), date(2025, 2, 15))),
        ("day-off", ("3",), (date(2025, 2, 1),)),
        ("day-off", ("5",), (date(2025, 3, 15),)),
        ("day-off", ("6",), (date(2025, 3, 30),)),
        ("day-off", ("7",), (date(2025, 3, 30),)),
        ("day-off", ("8",), (date(2025, 3, 30),)),
        ("day-off", ("19",), (date(2025, 11, 30),)),
        ("day-off", (), (date(2025, 2, 15),)),
        ("numbering", (), ()),
        ("name", ("19",), ()),
        ("name", ("6",), ()),
        ("name", (), ()),
        ("name", ("14",), ()),
        ("name", ("14",), ()),
        ("role", ("13", "8"), ()),
    ]
    assert found.count(("blank", (), ())) >= 2


def test_another_date_for_one_bloc_is_no_conflict_with_those_of_other_blocs():
    printed = (SEEDS / FORMS[0]).read_text()

    plan = read_plan(read_text(printed.replace("30/3/2025", "28/3/2025", 1)))

    conflicts = [found.tasks for found in plan.findings if found.kind == "conflicting-due"]
    assert conflicts == [("4",)]
