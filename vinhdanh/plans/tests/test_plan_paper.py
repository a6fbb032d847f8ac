"""A plan as an official paper: read back in, it is the same plan."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx as python_docx
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.documents.rules.reading import read
from vinhdanh.documents.tests.seeds import SEEDS, needs_seeds
from vinhdanh.journal.queries import lines_about
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.words import of as words_of
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans import actions, queries
from vinhdanh.plans.actions import paper as paper_actions
from vinhdanh.plans.commands import paper as paper_command
from vinhdanh.plans.models import Plan, Task
from vinhdanh.plans.queries.paper import plan_named, tree
from vinhdanh.plans.rules.due import Due, read_due
from vinhdanh.plans.rules.plan import Plan as ReadPlan
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.tests.make import PLAN_TEXT, a_plan, a_section, a_task, an_owner
from vinhdanh.plans.tests.make_plans import a_layout, as_text, some_rows
from vinhdanh.plans.tests.make_work import AT, Role, a_clerk, a_year, an_officer
from vinhdanh.secretariat.models import Letterhead, Paper, Signer
from vinhdanh.secretariat.queries.papers import tree as tree_of_paper

pytestmark = pytest.mark.django_db

WRITERS = {"docx": docx, "pdf": pdf}


def _handed_in(content: bytes, name: str = "ke-hoach.txt") -> Plan:
    office = a_unit(name="Sở Thí điểm", short_name="STĐ")
    upload = SimpleUploadedFile(name, content)
    reading = actions.hand_in(upload, office=office, by=a_user(), at=AT)
    if reading.plan is None:
        actions.read_document(reading, at=AT)
    assert reading.plan
    return reading.plan


def _tasks(plan: ReadPlan) -> list[tuple]:
    return [
        (
            task.number,
            task.parent,
            task.group,
            task.content,
            task.lead,
            task.support,
            task.product,
            task.due.as_json() if task.due else None,
        )
        for task in plan.tasks
    ]


def _read_again(plan: Plan, ending: str) -> ReadPlan:
    return read_plan(read(WRITERS[ending](tree(plan)), name=f"ke-hoach.{ending}"))


@pytest.mark.parametrize("ending", WRITERS)
def test_a_plan_read_back_from_its_paper_is_the_same(ending):
    plan = _handed_in(PLAN_TEXT.encode())
    before = queries.as_read(plan)

    after = _read_again(plan, ending)

    assert _tasks(after) == _tasks(before)
    assert (after.title, after.number, after.issued_on, after.year) == (
        "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026",
        "12/KH-STĐ",
        date(2026, 1, 2),
        2026,
    )
    assert after.sections == before.sections


@pytest.mark.parametrize("ending", WRITERS)
def test_where_the_office_is_reached_is_no_part_of_the_plan(ending):
    long = "".join(
        f"{number}. Tổ chức phong trào thi đua thứ {number} thiết thực, hiệu quả, gắn với nhiệm vụ "
        "chuyên môn của từng phòng, đơn vị; lấy kết quả công việc làm thước đo.\n\n"
        for number in range(3, 31)
    )
    plan = _handed_in(PLAN_TEXT.replace("II. TỔ", f"{long}II. TỔ").encode())
    before = queries.as_read(plan)
    Letterhead.objects.create(
        office=plan.office,
        issuer_name=plan.office.name,
        place="Hà Nội",
        code="STĐ",
        address="Số 12 đường Trần Phú",
        phone="0200 3822 111",
        email="vanphong@std.example",
    )

    after = _read_again(plan, ending)

    assert "Số 12 đường Trần Phú" in words_of(tree(plan)).contact
    assert _tasks(after) == _tasks(before)
    assert after.sections == before.sections
    assert after.number == "12/KH-STĐ"


@pytest.mark.parametrize("seed", range(12))
def test_random_plans_come_back_as_they_were(seed):
    rows = some_rows(seed)
    plan = _handed_in(as_text(rows, a_layout(seed, rows)))

    assert _tasks(_read_again(plan, "docx")) == _tasks(queries.as_read(plan))


@needs_seeds
@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
@pytest.mark.parametrize("ending", WRITERS)
def test_the_founding_plan_comes_back_as_it_was(form, ending):
    (path,) = SEEDS.glob(f"*.{form}")
    plan = _handed_in(path.read_bytes(), path.name)

    assert _tasks(_read_again(plan, ending)) == _tasks(queries.as_read(plan))


def test_a_corrected_time_is_printed_as_corrected():
    plan = a_plan()
    kept = {"due_text": "Trước ngày 15/03/2026", "due_kind": Task.Due.BEFORE}
    a_task(plan, number="1", due_on=date(2026, 3, 15), **kept)
    a_task(plan, number="2", due_on=date(2026, 3, 20), **kept)
    a_task(plan, number="3", due_kind=Task.Due.BY, due_text="", due_on=date(2026, 4, 1))
    a_task(
        plan,
        number="4",
        due_kind=Task.Due.PERIOD,
        due_from=date(2026, 5, 1),
        due_on=date(2026, 6, 2),
    )
    a_task(plan, number="5", due_kind=Task.Due.RECURRING, every="quarter")
    a_task(plan, number="6", due_kind=Task.Due.RECURRING, every="month", day=15)
    half = {"every": "half-year", "day": 5, "excludes_day": True, "next_period": True}
    a_task(plan, number="7", due_kind=Task.Due.RECURRING, **half)
    a_task(plan, number="8", due_kind=Task.Due.CONTINUOUS)
    a_task(plan, number="9", due_kind=Task.Due.EXTERNAL)

    (annex,) = tree(plan).annexes
    read = [read_due(row.cells[-1], year=2026) for row in annex.parts[0].rows]

    meant = [task.due for task in queries.as_read(plan).tasks]
    assert [_without_words(due) for due in read] == [_without_words(due) for due in meant]
    assert [row.cells[-1] for row in annex.parts[0].rows] == [
        "Trước ngày 15/03/2026",
        "Trước ngày 20/03/2026",
        "Chậm nhất ngày 01/04/2026",
        "Từ ngày 01/05/2026 đến ngày 02/06/2026",
        "Hằng quý",
        "Hằng tháng, ngày 15",
        "6 tháng một lần, trước ngày 05 của kỳ sau",
        "Thường xuyên",
        "Theo lịch của nơi khác",
    ]


def _without_words(due: Due | None) -> Due | None:
    return due and replace(due, text="", is_day_printed=False)


def test_the_paper_bears_the_head_of_the_office_and_its_own_number():
    office = a_unit(name="Sở Thí điểm")
    Letterhead.objects.create(
        office=office,
        upper_name="UBND TỈNH AN BÌNH",
        issuer_name="SỞ THÍ ĐIỂM",
        place="An Bình",
        code="STĐ",
        recipients="Như trên\nLưu: VT",
    )
    Signer.objects.create(
        office=office, name="Trần Thị B", capacity="KT.", principal="GIÁM ĐỐC", title="Phó Giám đốc"
    )
    plan = a_plan(office=office, number="05/KH-STĐ", issued_on=date(2026, 1, 2))
    a_section(plan, number="I", text="MỤC ĐÍCH")
    an_owner(a_task(plan, number="1", group="Khen thưởng", product="Tờ trình"))

    made = tree(plan)

    assert (made.number, made.sign, made.signed_on) == (5, "KH-STĐ", date(2026, 1, 2))
    assert (made.letterhead.upper, made.letterhead.issuer, made.letterhead.place) == (
        "UBND TỈNH AN BÌNH",
        "SỞ THÍ ĐIỂM",
        "An Bình",
    )
    assert made.signature
    assert (made.signature.authority, made.signature.title) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert made.recipients == ("Như trên", "Lưu: VT")
    (annex,) = made.annexes
    assert annex.note == (
        "(Kèm theo Kế hoạch số 05/KH-STĐ ngày 02 tháng 01 năm 2026 của Sở Thí điểm)"
    )
    group, row = annex.parts[0].rows
    assert (group.cells, group.is_group) == (("Khen thưởng",), True)
    assert row.cells[:1] + row.cells[2:5] == ("1", "Phòng Không Có", "", "Tờ trình")


def test_blanks_stay_blank():
    made = tree(a_plan(office=a_unit(short_name="STĐ")))

    assert (made.number, made.sign, made.signed_on, made.is_draft) == (None, "KH-STĐ", None, True)
    assert made.annexes == ()


def test_a_plan_is_found_by_id_year_or_year_and_office():
    first = a_year(office=a_unit(short_name="SVH"))
    draft = a_plan(office=first.office)
    closed = a_plan(office=a_unit(short_name="SNV"), state=Plan.State.CLOSED)
    other_year = a_plan(office=first.office, year=2027)

    assert plan_named(str(draft.pk)) == draft
    assert plan_named("2026 svh") == first
    assert plan_named("2026 SNV") == closed
    Letterhead.objects.create(
        office=closed.office, issuer_name="SỞ NỘI VỤ", place="An Bình", code="SoNV"
    )
    assert plan_named("2026 SoNV") == closed
    assert plan_named("2027") == other_year
    with pytest.raises(Refused, match="nhiều cơ quan; hãy ghi rõ một trong: 2026 SVH; 2026 SNV"):
        plan_named("2026")
    for unknown in ("2031", "năm nay", "2026 Không có"):
        with pytest.raises(Refused, match="Không có kế hoạch nào"):
            plan_named(unknown)


def test_the_command_writes_the_file_and_says_when_it_replaced_one(tmp_path: Path):
    plan = _handed_in(PLAN_TEXT.encode())
    file = tmp_path / "ke-hoach.docx"

    first = _command("2026", file)
    again = _command(str(plan.pk), file)

    assert first == f"Đã ghi {file}: {plan.title}.\n"
    assert again == f"Đã ghi đè {file}: {plan.title}.\n"
    assert _tasks(read_plan(read(file.read_bytes(), name=file.name))) == _tasks(
        queries.as_read(plan)
    )
    with pytest.raises(Refused, match=r"\.docx hoặc \.pdf"):
        _command("2026", tmp_path / "ke-hoach.odt")
    with pytest.raises(Refused, match="Không có thư mục"):
        _command("2026", tmp_path / "khong-co" / "ke-hoach.pdf")


def _command(plan: str, file: Path) -> str:
    arguments = ["plan", plan, "--to", str(file)]
    return CliRunner().invoke(paper_command, arguments, catch_exceptions=False).output


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _in_force() -> tuple[Plan, Unit]:
    plan = a_year(office=a_unit(name="Sở Thí điểm", short_name="STĐ"))
    unit = a_unit(plan.office)
    an_owner(a_task(plan, number="1", content="Ký giao ước"), unit)
    return plan, unit


def test_whoever_sees_the_plan_downloads_it_and_the_journal_knows():
    plan, unit = _in_force()
    clerk = a_clerk(unit)

    page = _client(clerk).get(reverse("plans:paper", args=[plan.pk])).content.decode()
    word = _client(clerk).get(reverse("plans:paper_file", args=[plan.pk, "docx"]))
    portable = _client(clerk).get(reverse("plans:paper_file", args=[plan.pk, "pdf"]))

    assert "1 nhiệm vụ" in page
    assert "Lập dự thảo văn bản" not in page
    table = python_docx.Document(io.BytesIO(word.content)).tables[-1]
    assert table.rows[-1].cells[1].text == "Ký giao ước"
    assert word["Content-Disposition"] == 'attachment; filename="ke-hoach-2026.docx"'
    assert portable.content.startswith(b"%PDF")
    told = [(line.deed, line.actor_id, line.detail) for line in lines_about(plan)]
    assert told == [
        ("plan paper downloaded", clerk.pk, {"file": "ke-hoach-2026.pdf"}),
        ("plan paper downloaded", clerk.pk, {"file": "ke-hoach-2026.docx"}),
    ]


def test_strangers_and_unknowns_get_no_paper():
    plan, _unit = _in_force()
    draft = a_plan(office=plan.office)
    stranger, colleague = a_clerk(a_unit()), a_clerk(a_unit(plan.office))

    for name, args in (("paper", []), ("paper_file", ["pdf"])):
        address = reverse(f"plans:{name}", args=[plan.pk, *args])
        assert _client(stranger).get(address).status_code == 404
        assert _client(a_user()).get(address).status_code == 404
        assert Client().get(address).status_code == 302
        of_draft = reverse(f"plans:{name}", args=[draft.pk, *args])
        assert _client(colleague).get(of_draft).status_code == 404
        assert _client(an_officer(plan)).get(of_draft).status_code == 200
    odd = reverse("plans:paper_file", args=[plan.pk, "odt"])
    assert _client(an_officer(plan)).get(odd).status_code == 404


def test_the_office_drafts_a_paper_from_the_plan():
    plan = _handed_in(PLAN_TEXT.encode())
    officer = an_officer(plan)

    answer = _client(officer).post(reverse("plans:draft_paper", args=[plan.pk]))

    made = Paper.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.kind, made.subject, made.state) == (
        "plan",
        "Công tác thi đua, khen thưởng năm 2026",
        "draft",
    )
    assert made.text.splitlines()[0] == "I. MỤC ĐÍCH, YÊU CẦU"
    assert [annex["label"] for annex in made.annexes] == ["PHỤ LỤC"]
    (annex,) = tree_of_paper(made).annexes
    blank = "\u00a0" * 5
    assert annex.note == (
        f"(Kèm theo Kế hoạch số {blank}/KH-STĐ ngày{blank}tháng{blank}năm{blank} của Sở Thí điểm)"
    )
    assert (made.about_label, made.about_url) == (plan.title, plan.get_absolute_url())
    assert lines_about(plan)[0].deed == "plan paper drafted"


def test_whoever_does_not_run_the_plan_drafts_no_paper():
    plan, unit = _in_force()

    for user in (a_clerk(unit), a_user_with(Role.AUDITOR, plan.office), a_clerk(a_unit())):
        address = reverse("plans:draft_paper", args=[plan.pk])
        assert _client(user).post(address).status_code == 404
        with pytest.raises(Refused, match="Thường trực"):
            paper_actions.draft_paper(plan, by=user, at=AT)

    assert not Paper.objects.exists()
