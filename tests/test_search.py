"""Search everywhere: each finds what they may see, and nothing tells of the rest."""

import pytest
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours.tests.make import a_conferral
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_person, a_position, a_unit, a_user_with
from vinhdanh.plans.models import Plan
from vinhdanh.plans.tests.make import a_plan, a_task
from vinhdanh.plans.tests.make_work import a_line, a_year, an_occurrence
from vinhdanh.secretariat.tests.make import a_draft

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role

TASK = "Tổ chức Hội nghị điển hình tiên tiến"
DRAFTED = "Tổ chức Hội nghị còn đang dự thảo"
UNIT = "Phòng Hội nghị, Triển lãm"
PERSON = "Hồ Thị Hội Nghị"
PLAN = "KẾ HOẠCH hội nghị năm 2026"
DRAFT = "KẾ HOẠCH hội nghị còn dự thảo"
PAPER = "Giấy mời dự hội nghị sơ kết"
# As the decision wrote it then; the person has another name now.
HONOURED = "Hội Thị Nghị Xưa"


@pytest.fixture
def office() -> Unit:
    """A department with something of every kind that "hội nghị" finds, a draft among them."""
    office = a_unit()
    unit = a_unit(office, name=UNIT)
    a_position(a_person(full_name=PERSON), unit)
    a_line(an_occurrence(task=a_task(a_year(office=office, title=PLAN), content=TASK)), unit)
    a_task(a_plan(office=office, title=DRAFT, year=2027), content=DRAFTED)
    a_draft(office, subject=PAPER)
    honoured = a_person(full_name="Lê Thị Khác")
    a_position(honoured, unit)
    a_conferral(honoured, office, name_written=HONOURED)
    return office


def _search(user: User | None, words: str):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse("search"), {"q": words})


def _found(user: User, words: str = "hội nghị") -> set[str]:
    page = _search(user, words).content.decode()
    things = (TASK, DRAFTED, UNIT, PERSON, PLAN, DRAFT, PAPER, HONOURED)
    return {each for each in things if each in page}


def test_the_office_finds_all_kinds_and_drafts_only_as_plans(office):
    officer = a_user_with(Role.OFFICE, office)

    assert _found(officer) == {TASK, UNIT, PERSON, PLAN, DRAFT, PAPER, HONOURED}


def test_the_units_own_clerk_finds_its_people_but_no_draft(office):
    unit = Unit.objects.get(name=UNIT)

    assert _found(a_user_with(Role.CLERK, unit)) == {TASK, UNIT, PERSON, PLAN, HONOURED}


def test_a_colleague_of_another_unit_finds_no_people_of_it(office):
    colleague = a_user_with(Role.HEAD, a_unit(office))

    assert _found(colleague) == {TASK, UNIT, PLAN}


def test_an_officer_of_another_office_finds_nothing_of_this_one(office):
    assert _found(a_user_with(Role.OFFICE, a_unit())) == set()


def test_somebody_without_a_role_finds_nothing(office):
    page = _search(a_user(), "hội nghị").content.decode()

    assert "Không tìm thấy gì" in page
    assert _found(a_user()) == set()


def test_whoever_has_not_logged_in_is_sent_to_log_in(office):
    assert _search(None, "hội nghị")["Location"].startswith(reverse("account_login"))


def test_outside_units_are_found_by_everybody():
    a_unit(name="Thành phố Hội Nghị", outside=True)

    assert "Thành phố Hội Nghị</a>" in _search(a_user(), "hoi nghi").content.decode()


@pytest.mark.parametrize("words", ["hoi nghi", "HỘI  NGHỊ", "nghi hoi", "Hội nghị "])
def test_neither_accents_nor_case_nor_order_matter(office, words):
    officer = a_user_with(Role.OFFICE, office)

    assert _found(officer, words) == {TASK, UNIT, PERSON, PLAN, DRAFT, PAPER, HONOURED}


def test_every_word_must_be_there(office):
    officer = a_user_with(Role.OFFICE, office)

    assert _found(officer, "hoi nghi trien lam") == {UNIT}


@pytest.mark.parametrize("words", ["h", "ộ", " a "])
def test_a_single_letter_is_too_short(office, words):
    page = _search(a_user_with(Role.OFFICE, office), words).content.decode()

    assert "Gõ ít nhất hai chữ cái" in page
    assert TASK not in page


@pytest.mark.parametrize("words", ["", "  ", "%", "%%", "__", "'; --", "x" * 5000])
def test_anything_may_be_typed(office, words):
    page = _search(a_user_with(Role.OFFICE, office), words)

    assert page.status_code == 200
    assert TASK not in page.content.decode()


def test_two_letters_suffice(office):
    assert UNIT in _found(a_user_with(Role.OFFICE, office), "ho")


def test_a_search_costs_the_same_queries_for_one_and_for_three_of_each(
    office, django_assert_max_num_queries
):
    officer = a_user_with(Role.OFFICE, office)
    with django_assert_max_num_queries(40) as one:
        _search(officer, "hoi nghi")
    for year in (2024, 2025):
        unit = a_unit(office, name=f"{UNIT} {year}")
        person = a_person(full_name=PERSON)
        a_position(person, unit)
        a_conferral(person, office, name_written=HONOURED)
        plan = a_year(office=office, title=f"{PLAN} {year}", year=year, state=Plan.State.CLOSED)
        a_line(an_occurrence(task=a_task(plan, content=TASK)), unit)
        a_draft(office, subject=PAPER)

    with django_assert_max_num_queries(len(one.captured_queries)):
        page = _search(officer, "hoi nghi")

    found = {kind: len(things) for kind, things in page.context["found"].items()}
    assert found == {
        "pages": 0, "tasks": 3, "plans": 4, "papers": 3, "conferrals": 3, "units": 3, "persons": 3
    }  # fmt: skip


def _pages(user: User, words: str) -> list[tuple[str, str]]:
    return _search(user, words).context["found"]["pages"]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.DIRECTOR, Role.AUDITOR, Role.CLERK, Role.HEAD])
def test_the_page_on_bonuses_is_found_by_who_has_a_register(role):
    user = a_user_with(role, a_unit())

    assert _pages(user, "tien THUONG") == [("Tiền thưởng", reverse("honours:bonuses"))]
    assert _pages(user, "thưởng") == [
        ("Sổ khen thưởng", reverse("honours:register")),
        ("Luật khen thưởng", reverse("honours:law")),
        ("Tiền thưởng", reverse("honours:bonuses")),
    ]


def test_others_find_the_pages_they_are_offered_alone():
    for user in (a_user(), a_user_with(Role.ADMINISTRATOR, a_unit())):
        assert _pages(user, "tiền thưởng") == []
        assert _pages(user, "khen thuong") == [("Luật khen thưởng", reverse("honours:law"))]
    assert _pages(a_user(), "vai trò") == []
    assert "Luật khen thưởng</a>" in _search(a_user(), "luat khen").content.decode()
