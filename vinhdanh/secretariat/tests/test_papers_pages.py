"""The pages of papers: who sees them, what they keep, what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions import papers, templates
from vinhdanh.secretariat.models import Paper
from vinhdanh.secretariat.tests.browse import (
    HTMX,
    address,
    as_officer,
    as_user,
    page,
    strangers,
)
from vinhdanh.secretariat.tests.make import (
    AT,
    a_draft,
    a_table,
    an_issued,
    an_office,
    an_officer,
)

pytestmark = pytest.mark.django_db

Role = RoleHolding.Role


def words(paper: Paper, **fields: str) -> dict[str, str]:
    """What the form of a draft sends, with what was changed."""
    names = ("subject", "addressees", "text", "recipients", "urgency")
    kept = {name: getattr(paper, name) for name in names}
    return {**kept, "signer": paper.signer_id or "", "seen": paper.edited_at.isoformat()} | fields


@pytest.mark.parametrize("name", ["papers", "templates", "registers"])
def test_lists_are_for_readers_of_an_office(name):
    office = an_office()
    unit = a_unit(office)

    for user in (
        an_officer(office),
        a_user_with(Role.DIRECTOR, office),
        a_user_with(Role.AUDITOR, office),
    ):
        assert as_user(user).get(address(name)).status_code == 200
    for user in (a_user_with(Role.CLERK, unit), a_user_with(Role.HEAD, unit)):
        assert as_user(user).get(address(name)).status_code == 404
    assert Client().get(address(name)).status_code == 302


def test_the_list_shows_the_papers_of_offices_that_one_reads():
    office = an_office()
    an_issued(office, subject="Của cơ quan mình")
    an_issued(an_office(), subject="Của cơ quan khác")

    shown = page(as_user(a_user_with(Role.DIRECTOR, office)), "papers")

    assert "Của cơ quan mình" in shown
    assert "01/TB-SVHTT" in shown
    assert "Của cơ quan khác" not in shown
    assert "Soạn văn bản" not in shown


def test_the_list_is_filtered_by_words_kind_state_and_year():
    office = an_office()
    by = an_officer(office)
    an_issued(office, by=by, subject="Nghỉ lễ Quốc khánh")
    a_draft(office, by=by, subject="Báo cáo quý", kind="report")
    client = as_user(by)

    def found(query: str) -> list[str]:
        shown = page(client, "papers", query=query)
        return [subject for subject in ("Nghỉ lễ Quốc khánh", "Báo cáo quý") if subject in shown]

    queries = ("?q=quoc khanh", "?q=01/tb", "?kind=report", "?state=issued", "?year=2026", "?q=no")
    assert [found(query) for query in queries] == [
        ["Nghỉ lễ Quốc khánh"],
        ["Nghỉ lễ Quốc khánh"],
        ["Báo cáo quý"],
        ["Nghỉ lễ Quốc khánh"],
        ["Nghỉ lễ Quốc khánh", "Báo cáo quý"],
        [],
    ]
    assert "Không có văn bản nào khớp" in page(client, "papers", query="?q=no")


def test_an_empty_list_offers_the_first_step():
    office = an_office()

    assert "Chưa có văn bản nào" in page(as_officer(office), "papers")
    assert address("paper_new") in page(as_officer(office), "papers")
    reader = page(as_user(a_user_with(Role.DIRECTOR, office)), "papers")
    assert address("paper_new") not in reader


@pytest.mark.parametrize("name", ["papers", "registers", "templates"])
def test_a_list_costs_the_same_queries_for_one_and_for_many(name):
    office = an_office()
    by = an_officer(office)
    client = as_user(by)
    templates.start(office, by=by, at=AT)
    an_issued(office, by=by)
    page(client, name)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, name)

    for kind in ("report", "minutes", "notice", "notice"):
        an_issued(office, by=by, kind=kind)
    templates.add(office, "notice", name="Khác", words=templates.Words("A", "B"), by=by, at=AT)
    with CaptureQueriesContext(connection) as many:
        page(client, name)

    assert len(many) == len(few)


def test_a_paper_costs_the_same_queries_whatever_it_holds():
    office = an_office()
    by = an_officer(office)
    client = as_user(by)
    short, long = a_draft(office, by=by), a_draft(
        office, by=by, tables={"một": a_table(50), "hai": a_table(50)},
        text="\n".join(f"{n}. Một đoạn." for n in range(60)) + "\n{bảng một}\n{bảng hai}",
    )  # fmt: skip
    counts = []
    for paper in (short, long):
        page(client, "paper", paper.pk)
        with CaptureQueriesContext(connection) as asked:
            page(client, "paper", paper.pk)
        counts.append(len(asked))

    assert counts[0] == counts[1]


PAGES = ["paper", "paper_discard", "paper_issue", "paper_void"]


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_no_paper(name):
    office = an_office()
    paper = an_issued(office) if name == "paper_void" else a_draft(office)

    for client in strangers(office):
        assert client.get(address(name, paper.pk)).status_code == 404
        assert client.post(address(name, paper.pk)).status_code == 404
    assert Client().get(address(name, paper.pk)).status_code == 302


@pytest.mark.parametrize("name", ["paper_discard", "paper_issue", "paper_void"])
def test_whoever_only_reads_takes_no_step(name):
    office = an_office()
    paper = an_issued(office) if name == "paper_void" else a_draft(office)
    reader = as_user(a_user_with(Role.DIRECTOR, office))

    assert reader.get(address(name, paper.pk)).status_code == 404
    assert reader.post(address(name, paper.pk), {"reason": "A"}).status_code == 404


def test_whoever_only_reads_sees_a_draft_without_a_form():
    office = an_office()
    paper = a_draft(office)
    reader = as_user(a_user_with(Role.DIRECTOR, office))

    shown = page(reader, "paper", paper.pk)

    assert paper.subject in shown
    assert "bản xem trước" in shown
    assert "Lưu dự thảo" not in shown
    assert address("paper_issue", paper.pk) not in shown
    assert reader.post(address("paper", paper.pk), words(paper, subject="A")).status_code == 200
    assert reader.post(address("paper_preview", paper.pk), words(paper)).status_code == 404
    paper.refresh_from_db()
    assert paper.subject == "Về việc nộp hồ sơ đề nghị khen thưởng"


def test_choosing_shows_own_templates_and_what_is_built_in():
    office = an_office()
    by = an_officer(office)
    client = as_user(by)

    before = page(client, "paper_new")
    templates.start(office, by=by, at=AT)
    template = office.templates.get(kind="notice")
    after = page(client, "paper_new")

    assert "mẫu có sẵn" in before
    assert "mẫu có sẵn" not in after
    assert f"?mau={template.pk}" in after
    for stranger in strangers(office)[:2]:
        assert stranger.get(address("paper_new")).status_code == 404
        assert stranger.get(address("paper_new_kind", "notice")).status_code == 404


def test_the_fields_of_a_template_are_asked_for_and_fill_the_draft():
    office = an_office()
    client = as_officer(office)
    where = address("paper_new_kind", "notice")

    asked = client.get(where).content.decode()
    sent = {"office": office.pk, "field-0": "nghỉ lễ", "field-1": "Nghỉ hai ngày."}
    begun = client.post(where, sent)

    assert "Về việc\n</label>" in "\n".join(line.strip() for line in asked.splitlines())
    paper = Paper.objects.get()
    assert begun["Location"] == paper.get_absolute_url()
    assert paper.subject == "Về việc nghỉ lễ"
    assert "Nghỉ hai ngày." in paper.text


def test_without_a_choice_the_template_of_the_office_is_asked_for():
    office = an_office()
    by = an_officer(office)
    own = templates.Words("Về việc {về việc}", "Không hỏi gì thêm.")
    templates.add(office, "notice", name="Gọn", words=own, by=by, at=AT)

    asked = page(as_user(by), "paper_new_kind", "notice")

    assert "Gọn" in asked
    assert "field-0" in asked
    assert "field-1" not in asked


def test_writing_freely_asks_for_a_subject_and_keeps_what_was_typed():
    office = an_office()
    client = as_officer(office)
    where = address("paper_new_kind", "decision") + "?tu-do=1"

    refused = client.post(where, {"office": office.pk, "subject": ""})
    client.post(where, {"office": office.pk, "subject": "Về việc tặng giấy khen"})

    assert refused.status_code == 422
    assert Paper.objects.get().subject == "Về việc tặng giấy khen"
    assert client.get(address("paper_new_kind", "khong")).status_code == 404


@pytest.mark.parametrize("mau", ["x", "0197f0a8-0000-7000-8000-000000000000"])
def test_a_template_that_is_not_ones_own_is_not_found(mau):
    client = as_officer(an_office())

    assert client.get(address("paper_new_kind", "notice") + f"?mau={mau}").status_code == 404


def test_a_draft_is_saved_and_shows_pictures_of_its_pages():
    office = an_office()
    paper = a_draft(office)
    client = as_officer(office)

    shown = page(client, "paper", paper.pk)
    saved = client.post(paper.get_absolute_url(), words(paper, text="Nội dung\r\nđã sửa."))

    assert "Trang 1 trong 1 của bản xem trước" in shown
    assert "Đã đủ điều kiện phát hành" in shown
    assert saved["Location"] == paper.get_absolute_url()
    paper.refresh_from_db()
    assert paper.text == "Nội dung\nđã sửa."


def test_the_pictures_are_for_whoever_looks_and_nobody_else():
    office = an_office()
    paper = a_draft(office)
    client, other = as_officer(office), as_officer(office)
    response = client.get(paper.get_absolute_url())
    where = address("preview_picture", response.context["preview"].token, 1)

    drawn = client.get(where)

    assert drawn["Content-Type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")
    assert other.get(where).status_code == 404
    assert client.get(where.replace("/1.png", "/2.png")).status_code == 404
    assert Client().get(where).status_code == 302


def test_looking_at_what_is_typed_saves_nothing():
    office = an_office()
    paper = a_draft(office)
    client = as_officer(office)
    sent = words(paper, text="Còn {trường} này.")

    looked = client.post(paper.get_absolute_url(), sent | {"look": "1"}).content.decode()
    part = client.post(address("paper_preview", paper.pk), sent, headers=HTMX).content.decode()

    assert "Còn {trường} này." in looked
    for shown in (looked, part):
        assert "Trường {trường} chưa được điền." in shown
    assert "<html" not in part
    paper.refresh_from_db()
    assert paper.text == "Các đơn vị nộp hồ sơ về Văn phòng trước ngày 20/3/2026./."


def test_a_table_that_is_not_there_is_said_in_place_of_pictures():
    office = an_office()
    paper = a_draft(office, text="{bảng lạ}")

    shown = page(as_officer(office), "paper", paper.pk)

    assert "văn bản không có bảng này" in shown
    assert "<img" not in shown[shown.index("drafting-side") :]


def test_the_second_editor_sees_both_versions_and_may_save_again():
    office = an_office()
    by = an_officer(office)
    paper = a_draft(office, by=by)
    opened = words(paper, text="Của tôi đang gõ.")
    theirs = papers.Draft("Trích yếu mới", "Của người khác.", signer=paper.signer)
    papers.edit(paper, theirs, seen=AT, by=by, at=AT + timedelta(minutes=1))
    client = as_officer(office)

    refused = client.post(paper.get_absolute_url(), opened)
    text = refused.content.decode()
    again = opened | {"seen": refused.context["form"]["seen"].value()}
    saved = client.post(paper.get_absolute_url(), again)

    assert refused.status_code == 422
    assert "người khác lưu" in text
    assert "Của tôi đang gõ.</textarea>" in text
    assert "Bản vừa lưu và nội dung anh/chị đang gõ" in text
    assert "<del>người</del>" in text or "<del>người khác.</del>" in text
    assert saved.status_code == 302
    paper.refresh_from_db()
    assert (paper.text, paper.subject) == (
        "Của tôi đang gõ.",
        "Về việc nộp hồ sơ đề nghị khen thưởng",
    )


def test_a_draft_is_downloaded_marked_as_one():
    office = an_office()
    paper = a_draft(office)
    reader = as_user(a_user_with(Role.DIRECTOR, office))

    pdf = reader.get(address("paper_draft_file", paper.pk, "pdf"))
    docx = reader.get(address("paper_draft_file", paper.pk, "docx"))

    assert pdf.content.startswith(b"%PDF")
    assert docx.content.startswith(b"PK")
    assert "attachment" in pdf["Content-Disposition"]
    assert reader.get(address("paper_draft_file", paper.pk, "exe")).status_code == 404
    assert not Line.objects.filter(deed="paper downloaded").exists()


def test_discarding_asks_first():
    office = an_office()
    paper = a_draft(office)
    client = as_officer(office)

    assert "Bỏ dự thảo “Về việc nộp" in page(client, "paper_discard", paper.pk)
    done = client.post(address("paper_discard", paper.pk), follow=True).content.decode()

    assert "Đã bỏ dự thảo" in done
    assert not Paper.objects.exists()


def test_the_page_of_a_draft_says_what_it_was_before():
    office = an_office()
    officer = an_officer(office)
    paper = a_draft(office, by=officer, subject="Về việc họp")
    typed = papers.Draft(subject="Về việc họp Hội đồng", text=paper.text)
    papers.edit(paper, typed, seen=paper.edited_at, by=officer, at=AT)

    assert "<del>Về việc họp</del> → " in page(as_user(officer), "paper", paper.pk)
