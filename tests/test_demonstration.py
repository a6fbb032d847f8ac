"""The demonstration: its plan goes out as a paper and comes back; its register on any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from config import demo
from config.demo import honours, office
from config.demo.document import plan_document
from config.demo.secretariat import exchanged_days
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.calendar import day_off_name, is_day_off
from vinhdanh.documents.rules.reading import read
from vinhdanh.honours.models import Conferral
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.people.tests.make import a_unit
from vinhdanh.plans import actions, queries
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries.paper import tree
from vinhdanh.plans.rules.reading import read_plan

AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("draft", [False, True])
def test_the_demonstration_plan_read_back_gives_the_same_tasks(draft):
    upload = SimpleUploadedFile("ke-hoach.docx", plan_document(2026, draft=draft))
    office = a_unit(name="Sở Văn hóa và Thể thao tỉnh An Bình", short_name="SVHTT")
    plan = actions.hand_in(upload, office=office, by=a_user(), at=AT).plan
    assert plan
    before = queries.as_read(plan).as_json()
    written = tree(plan)

    for name, content in (("a.docx", docx(written)), ("a.pdf", pdf(written))):
        after = read_plan(read(content, name=name)).as_json()
        assert _without_quotes(after) == _without_quotes(before)


@pytest.mark.django_db
def test_the_register_holds_the_decisions_of_last_year_also_on_a_day_in_january():
    department = office.build(at=AT)

    honours.run(department, on=AT.date(), at=AT)

    last = Conferral.objects.order_by("decided_on").last()
    assert last
    assert (last.decided_on, last.achieved_until) == (date(2025, 12, 25), date(2025, 12, 31))


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 12, 31, 16, 50, tzinfo=UTC), datetime(2026, 12, 31, 17, 10, tzinfo=UTC)],
    ids=["ten minutes before", "ten minutes after"],
)
@pytest.mark.django_db
def test_it_can_be_loaded_at_the_turn_of_the_year(at):
    demo.load(at=at)

    year = timezone.localdate(at).year
    states = dict(Plan.objects.values_list("year", "state"))
    assert states == {year: Plan.State.IN_FORCE, year + 1: Plan.State.DRAFT}


def test_on_any_day_it_exchanges_a_working_friday_for_a_free_saturday():
    for on in (date(2026, 1, 1) + timedelta(days=number) for number in range(5 * 366)):
        friday, saturday = exchanged_days(on)
        assert (friday.weekday(), is_day_off(friday)) == (4, False)
        assert day_off_name(saturday) == "thứ Bảy"
        assert 21 <= (friday - on).days <= 48


def _without_quotes(plan: dict) -> dict:
    kept = {name: value for name, value in plan.items() if name != "findings"}
    tasks = [{**task, "source": task["source"]["part"]} for task in plan["tasks"]]
    return {**kept, "tasks": tasks}
