from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.models import File
from vinhdanh.documents.rules.reading import read_text
from vinhdanh.documents.tests.seeds import SEEDS, needs_seeds
from vinhdanh.journal import queries as journal
from vinhdanh.people.tests.make import a_group, a_unit
from vinhdanh.plans import actions, queries
from vinhdanh.plans.models import Plan, Reading, Task, TaskOwner
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.tests.make import AT, PLAN_TEXT

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "cases"


def owners(task: Task) -> list[tuple[str, str, str, str]]:
    return [
        (owner.part, owner.name, owner.match, str(owner.unit or owner.unit_group or ""))
        for owner in task.owners.order_by("part", "position")
    ]


def test_pasted_text_becomes_a_draft_with_its_rows_matched_to_units():
    office = a_unit(name="Sở Thí điểm")
    a_unit(office, name="Văn phòng Sở")
    group = a_group(office)
    by = a_user()

    reading = actions.hand_in(PLAN_TEXT, office=office, by=by, at=AT)

    plan = reading.plan
    assert plan is not None
    assert (plan.office, plan.year, plan.state) == (office, 2026, Plan.State.DRAFT)
    assert plan.file.kind == "txt"
    first, second, third = plan.tasks.all()
    assert (first.number, first.due_kind, first.due_text) == ("1", "before", "Trước ngày 15/3/2026")
    assert first.due_on.isoformat() == "2026-03-15"
    assert owners(first) == [
        ("lead", "Văn phòng Sở", "exact", "Văn phòng Sở"),
        ("support", "Các phòng, đơn vị thuộc Sở", "exact", group.name),
    ]
    assert (second.due_kind, second.every, second.day, second.excludes_day) == (
        "recurring", "month", 15, True,
    )  # fmt: skip
    assert third.due_kind == "external"
    assert owners(third)[0][2:] == ("none", "")


def test_handing_in_is_in_the_journal():
    by = a_user()

    reading = actions.hand_in(PLAN_TEXT, office=a_unit(), by=by, at=AT)

    line = journal.lines_about(reading.plan).get(deed="plan handed in")
    assert (line.actor_id, line.detail) == (by.pk, {"file": "Văn bản dán vào.txt"})


def stored_files() -> int:
    folders, _files = default_storage.listdir("") if default_storage.exists("") else ([], [])
    return sum(len(default_storage.listdir(folder)[1]) for folder in folders if len(folder) == 2)


def test_what_is_no_plan_leaves_nothing_but_the_sentence():
    with pytest.raises(Refused):
        actions.hand_in(
            "Kính gửi anh Ba, tôi khỏe. Hẹn gặp lại.", office=a_unit(), by=a_user(), at=AT
        )

    assert (Plan.objects.count(), Reading.objects.count(), File.objects.count()) == (0, 0, 0)


def a_pdf(contents: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("kế hoạch.pdf", contents, content_type="application/pdf")


def test_a_pdf_is_read_in_the_background():
    reading = actions.hand_in(a_pdf(b"%PDF-1.4\nbroken"), office=a_unit(), by=a_user(), at=AT)

    job = ProcrastinateJob.objects.get()
    assert reading.plan is None
    assert (job.task_name, job.args) == (
        "vinhdanh.plans.tasks.read_document",
        {"reading_id": str(reading.pk)},
    )


def test_a_refused_pdf_leaves_only_the_sentence(django_capture_on_commit_callbacks):
    reading = actions.hand_in(a_pdf(b"%PDF-1.4\nbroken"), office=a_unit(), by=a_user(), at=AT)
    place = reading.file.place

    with django_capture_on_commit_callbacks(execute=True):
        actions.read_document(reading, at=AT)

    reading.refresh_from_db()
    assert (reading.plan, reading.file) == (None, None)
    assert reading.refusal
    assert File.objects.count() == 0
    assert not default_storage.exists(place)


def test_reading_twice_makes_one_plan():
    reading = actions.hand_in(PLAN_TEXT, office=a_unit(), by=a_user(), at=AT)

    actions.read_document(reading, at=AT)

    assert Plan.objects.count() == 1


def test_the_same_file_again_is_known_as_a_twin():
    office, by = a_unit(), a_user()
    first = actions.hand_in(PLAN_TEXT, office=office, by=by, at=AT).plan

    second = actions.hand_in(PLAN_TEXT, office=office, by=by, at=AT).plan

    assert list(queries.twins(second)) == [first]


def test_a_stored_draft_exports_what_was_read():
    plan = actions.hand_in(PLAN_TEXT, office=a_unit(), by=a_user(), at=AT).plan

    assert queries.export(plan) == read_plan(read_text(PLAN_TEXT)).as_json()


@needs_seeds
@pytest.mark.parametrize("name", ["000_8f08b2b551b592c0.txt", "ke-hoach-2025.docx"])
def test_the_founding_plan_is_stored_as_it_was_read(name: str):
    upload = SimpleUploadedFile(name, (SEEDS / name).read_bytes())

    plan = actions.hand_in(upload, office=a_unit(), by=a_user(), at=AT).plan

    exported = queries.export(plan)
    assert len(exported["tasks"]) == 27
    assert [task["parent"] for task in exported["tasks"]][-5:] == ["22"] * 5
    assert plan.tasks.get(number="22.5").excludes_day
    assert plan.tasks.filter(owners=None, parts=None).count() == 0
    assert not TaskOwner.objects.filter(match="exact").exists()


@needs_seeds
def test_checking_the_founding_plan_again_untouched_finds_the_same():
    name = "000_8f08b2b551b592c0.txt"
    upload = SimpleUploadedFile(name, (SEEDS / name).read_bytes())
    by = a_user()
    plan = actions.hand_in(upload, office=a_unit(), by=by, at=AT).plan
    before = list(plan.findings.values_list("pk", "state"))

    counted = actions.check_again(plan, by=by, at=AT)

    assert counted.total() == 0
    assert list(plan.findings.values_list("pk", "state")) == before
    assert len(before) > 10


@pytest.mark.parametrize("text", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_checking_any_plan_again_untouched_finds_the_same(text: Path):
    try:
        reading = actions.hand_in(text.read_text(), office=a_unit(), by=a_user(), at=AT)
    except Refused:
        pytest.skip("is no plan")

    counted = actions.check_again(reading.plan, by=reading.started_by, at=AT)

    assert queries.as_read(reading.plan).tasks == read_plan(read_text(text.read_text())).tasks
    assert counted.total() == 0
