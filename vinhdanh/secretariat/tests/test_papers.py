"""Drafting, editing, discarding, issuing papers and making them void."""

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from vinhdanh.common.refusal import Refused
from vinhdanh.documents.models import File
from vinhdanh.documents.queries import open_file
from vinhdanh.journal.models import Line
from vinhdanh.papers.rules import words
from vinhdanh.papers.rules.tree import Signature, Table
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions import letterhead, papers, templates
from vinhdanh.secretariat.models import Number, Paper, Signer
from vinhdanh.secretariat.queries import papers as queries
from vinhdanh.secretariat.tests.make import (
    AT,
    ON,
    a_draft,
    a_letterhead,
    a_signer,
    a_table,
    an_issued,
    an_office,
    an_officer,
)

pytestmark = pytest.mark.django_db

_ALWAYS_FROZEN = ("upper", "issuer", "place")


def typed(paper: Paper, **fields: object) -> papers.Draft:
    """The words of a draft as its form gives them back, with what was changed."""
    kept = {name: getattr(paper, name) for name in papers.Draft.__dataclass_fields__}
    return replace(papers.Draft(**kept), **fields)


def words_of(file: File) -> str:
    with open_file(file) as stream:
        document = pypdfium2.PdfDocument(stream.read())
    return " ".join(
        " ".join(document[n].get_textpage().get_text_range().split()) for n in range(len(document))
    )


def test_a_draft_takes_signer_and_recipients_of_the_office():
    office = an_office()
    by = an_officer(office)
    url = "/ke-hoach/viec-cua-toi/"

    paper = papers.draft(
        office, "plan", subject=" Kế hoạch  năm ", text="I. MỤC ĐÍCH\n", by=by, at=AT,
        about=("Việc", url),
    )  # fmt: skip

    assert paper.state == Paper.State.DRAFT
    assert (paper.subject, paper.text, paper.about_url) == ("Kế hoạch năm", "I. MỤC ĐÍCH", url)
    assert paper.recipients == "Như trên;\nLưu: VT."
    assert paper.signer == Signer.objects.get()
    assert [line.deed for line in queries.history(paper)] == ["paper drafted"]


def test_only_the_office_drafts():
    office = an_office()

    for by in (an_officer(a_unit()), a_user_with(RoleHolding.Role.DIRECTOR, office)):
        with pytest.raises(Refused, match="Chỉ Văn phòng"):
            papers.draft(office, "notice", subject="Một", text="", by=by, at=AT)

    assert not Paper.objects.exists()


def test_a_draft_needs_a_subject():
    office = an_office()

    with pytest.raises(Refused, match="trích yếu"):
        papers.draft(office, "notice", subject=" ", text="", by=an_officer(office), at=AT)


def test_the_built_in_wording_serves_an_office_without_templates():
    office = an_office()
    values = {
        "đơn vị nhận": "Phòng A\nPhòng B",
        "kế hoạch": "Kế hoạch 2026",
        "số việc": "2",
        "hạn": "27/3",
    }

    paper = papers.draft_from_template(
        office, "letter", values=values, by=an_officer(office), at=AT,
        tables={"việc quá hạn": a_table()},
    )  # fmt: skip

    assert paper.subject == "đôn đốc thực hiện Kế hoạch 2026"
    assert "qua theo dõi của Sở Văn hóa và Thể thao, đến nay còn 2 phần việc" in paper.text
    assert queries.obstacles(paper) == []
    tree = queries.tree(paper)
    assert tree.addressees == ("Phòng A", "Phòng B")
    assert [part.caption for part in tree.parts if isinstance(part, Table)] == ["Việc quá hạn"]
    assert tree.sign == "SVHTT-VP"


def test_the_active_template_of_the_office_is_used_in_its_last_version():
    office = an_office()
    by = an_officer(office)
    templates.start(office, by=by, at=AT)
    template = office.templates.get(kind="notice")
    words = templates.Words("Về việc {về việc}", "Kính báo: {nội dung}")
    version = templates.save(template, words, note="", seen=1, by=by, at=AT)

    values = {"về việc": "nghỉ lễ", "nội dung": "Nghỉ {hai} ngày."}
    paper = papers.draft_from_template(office, "notice", values=values, by=by, at=AT)

    assert paper.text == "Kính báo: Nghỉ {hai} ngày."
    assert paper.template_version == version


def test_a_field_without_a_value_stays_and_keeps_the_draft_from_being_issued():
    office = an_office()
    by = an_officer(office)

    paper = papers.draft_from_template(office, "notice", values={"về việc": "A"}, by=by, at=AT)

    assert [each.text for each in queries.obstacles(paper)] == ["Trường {nội dung} chưa được điền."]
    with pytest.raises(Refused, match="nội dung"):
        papers.issue(paper, signed_on=ON, by=by, at=AT)


def test_a_kind_without_any_wording_is_refused():
    office = an_office()

    with pytest.raises(Refused, match="chưa có mẫu"):
        papers.draft_from_template(office, "decision", values={}, by=an_officer(office), at=AT)


def test_every_built_in_wording_can_be_laid_out_once_its_blanks_are_filled():
    office = an_office()
    by = an_officer(office)
    templates.start(office, by=by, at=AT)

    for template in office.templates.all():
        kind = template.kind
        values = {
            field.name: field.sample for field in queries.asked_fields(kind, _words(template))
        }
        tables = {name: a_table() for name in ("tiến độ", "việc quá hạn")}
        paper = papers.draft_from_template(office, kind, values=values, tables=tables, by=by, at=AT)
        left = [each.text for each in queries.obstacles(paper)]
        assert left == [] or (kind == "minutes" and all("chỗ trống" in each for each in left))


def _words(template):
    return template.versions.get()


def test_editing_says_what_changed():
    office = an_office()
    by = an_officer(office)
    paper = a_draft(office, by=by, subject="Cũ")
    later = AT + timedelta(minutes=5)

    papers.edit(paper, typed(paper, subject="Mới"), seen=AT, by=by, at=later)

    paper.refresh_from_db()
    assert (paper.subject, paper.edited_at) == ("Mới", later)
    line = queries.history(paper).first()
    assert line.detail == {"before": {"subject": "Cũ"}, "after": {"subject": "Mới"}}


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten():
    office = an_office()
    by = an_officer(office)
    paper = a_draft(office, by=by)
    papers.edit(
        paper, typed(paper, text="Của người thứ nhất."), seen=AT, by=by, at=AT + timedelta(1)
    )

    with pytest.raises(Refused, match="người khác lưu"):
        papers.edit(paper, typed(paper, text="Của tôi."), seen=AT, by=by, at=AT + timedelta(2))

    paper.refresh_from_db()
    assert paper.text == "Của người thứ nhất."


def test_editing_is_refused_to_strangers_and_for_the_signer_of_another_office():
    office = an_office()
    paper = a_draft(office)
    other = a_signer(a_unit())

    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        papers.edit(paper, typed(paper), seen=AT, by=an_officer(a_unit()), at=AT)
    with pytest.raises(Refused, match="Người ký không thuộc"):
        papers.edit(paper, typed(paper, signer=other), seen=AT, by=an_officer(office), at=AT)


def test_a_discarded_draft_leaves_its_line():
    office = an_office()
    paper = a_draft(office)

    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        papers.discard(paper, by=an_officer(a_unit()), at=AT)
    papers.discard(paper, by=an_officer(office), at=AT)

    assert not Paper.objects.exists()
    assert Line.objects.filter(deed="paper discarded", thing_name=paper.subject).count() == 1


def test_issuing_numbers_freezes_and_keeps_both_files():
    office = an_office()
    by = an_officer(office)

    paper = papers.issue(a_draft(office, by=by), signed_on=ON, by=by, at=AT)

    paper.refresh_from_db()
    assert paper.state == Paper.State.ISSUED
    assert (paper.number.number, paper.number.year, paper.number.text) == (1, 2026, "01/TB-SVHTT")
    assert paper.pdf.name == "01-TB-SVHTT Về việc nộp hồ sơ đề nghị khen thưởng.pdf"
    assert (paper.pdf.kind, paper.docx.kind) == ("pdf", "docx")
    printed = words_of(paper.pdf)
    assert "Số: 01/TB-SVHTT" in printed
    assert "An Bình, ngày 05 tháng 3 năm 2026" in printed
    assert "DỰ THẢO" not in printed
    assert "Trần Thị Bình" in printed
    line = queries.history(paper).first()
    assert line.detail == {"number": "01/TB-SVHTT", "signed_on": "2026-03-05"}


def test_an_issued_paper_keeps_its_head_when_the_letterhead_changes():
    office = an_office()
    by = an_officer(office)
    annex = {"label": "PHỤ LỤC", "name": "Danh sách", "note": "", "parts": [], "landscape": False}
    paper = an_issued(office, by=by, annexes=[annex])
    before = queries.tree(paper)

    head = letterhead.Head(issuer_name="Sở khác", place="Nơi khác", code="SK")
    letterhead.change(office, head, by=by, at=AT)
    Signer.objects.update(name="Người khác")
    Unit.objects.filter(pk=office.pk).update(name="Sở khác")

    paper = Paper.objects.get()
    assert queries.tree(paper) == before
    assert before.annexes[0].note == (
        "(Kèm theo Thông báo số 01/TB-SVHTT ngày 05 tháng 3 năm 2026 của Sở Văn hóa và Thể thao)"
    )
    assert (before.letterhead.issuer, before.number) == ("Sở Văn hóa và Thể thao", 1)
    assert before.signature.name == "Trần Thị Bình"


def test_an_issued_paper_keeps_where_the_office_was_reached():
    office = an_office()
    by = an_officer(office)
    old = an_issued(office, by=by)
    # As papers issued before the address was kept.
    Paper.objects.update(
        frozen=old.frozen
        | {"letterhead": {name: old.frozen["letterhead"][name] for name in _ALWAYS_FROZEN}}
    )
    head = letterhead.Head(
        issuer_name="Sở Văn hóa và Thể thao",
        place="An Bình",
        code="SVHTT",
        address="  Số 12  đường Trần Phú ",
        phone="0200 3822 111",
        website="anbinh.example",
    )

    letterhead.change(office, head, by=by, at=AT)
    newer = an_issued(office, by=by)
    letterhead.change(office, replace(head, address="Số 1 đường Lê Lợi"), by=by, at=AT)

    kept = [queries.tree(Paper.objects.get(pk=paper.pk)).letterhead for paper in (old, newer)]
    assert [words.contact(each) for each in kept] == [
        (),
        ("Số 12 đường Trần Phú", "ĐT: 0200 3822 111", "Website: anbinh.example"),
    ]
    assert words.contact(queries.tree(a_draft(office, by=by)).letterhead)[0] == "Số 1 đường Lê Lợi"


def test_an_issued_paper_is_no_longer_edited_discarded_or_issued():
    office = an_office()
    by = an_officer(office)
    paper = an_issued(office, by=by)

    for deed in (
        lambda: papers.edit(paper, typed(paper), seen=AT, by=by, at=AT),
        lambda: papers.discard(paper, by=by, at=AT),
        lambda: papers.issue(paper, signed_on=ON, by=by, at=AT),
    ):
        with pytest.raises(Refused, match="không còn là dự thảo"):
            deed()
    assert Number.objects.count() == 1


def test_the_day_of_signing_decides_the_year_of_the_number():
    office = an_office()
    by = an_officer(office)

    old = an_issued(office, by=by, signed_on=date(2025, 12, 31))
    first = an_issued(office, by=by, signed_on=ON)
    second = an_issued(office, by=by, signed_on=date(2025, 12, 30))

    assert [(each.number.year, each.number.number) for each in (old, first, second)] == [
        (2025, 1),
        (2026, 1),
        (2025, 2),
    ]


def test_issuing_is_refused_for_a_day_that_cannot_be_and_to_strangers():
    office = an_office()
    paper = a_draft(office)

    with pytest.raises(Refused, match="hơn một năm"):
        papers.issue(paper, signed_on=date(1926, 3, 5), by=an_officer(office), at=AT)
    with pytest.raises(Refused, match="sau hôm nay"):
        papers.issue(paper, signed_on=ON + timedelta(1), by=an_officer(office), at=AT)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        papers.issue(paper, signed_on=ON, by=an_officer(a_unit()), at=AT)

    assert not Number.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "Ngày … tháng … năm 2026"}, "Còn 1 dòng có chỗ trống"),
        ({"text": "Một.\nHọ tên: ......"}, "Còn 1 dòng có chỗ trống"),
        ({"text": "Gửi {đơn vị}."}, "Trường {đơn vị} chưa được điền."),
        ({"text": ""}, "chưa có nội dung"),
        ({"text": "{bảng tiến độ}"}, "không có bảng này"),
        ({"kind": "letter"}, "nơi kính gửi"),
    ],
)
def test_a_draft_with_blanks_cannot_be_issued(fields, sentence):
    office = an_office()
    by = an_officer(office)
    paper = a_draft(office, by=by, **fields)

    with pytest.raises(Refused) as refusal:
        papers.issue(paper, signed_on=ON, by=by, at=AT)

    assert sentence in str(refusal.value)
    paper.refresh_from_db()
    assert (paper.state, Number.objects.count()) == (Paper.State.DRAFT, 0)


def test_an_ellipsis_that_ends_an_enumeration_is_no_blank():
    assert queries.obstacles(a_draft(text="Cờ, hoa, băng rôn, v.v… và nước uống...")) == []


def test_an_office_without_letterhead_or_signer_is_told_both():
    office = a_unit()
    paper = a_draft(office)

    said = [each.text for each in queries.obstacles(paper)]
    Signer.objects.create(office=office, name="A", title="B", is_active=False)
    paper.signer = Signer.objects.get()

    assert len(said) == 2
    assert "Chưa nhập thông tin trên văn bản" in said[0]
    assert said[1] == "Chưa chọn người ký."
    assert "không còn ký văn bản" in queries.obstacles(paper)[1].text


def test_a_failure_while_issuing_leaves_no_number_and_no_file():
    office = an_office()
    by = an_officer(office)
    paper = a_draft(office, by=by)

    with override_settings(CLAMD="127.0.0.1:1"), pytest.raises(Refused):
        papers.issue(paper, signed_on=ON, by=by, at=AT)

    paper.refresh_from_db()
    assert (paper.state, Number.objects.count(), File.objects.count()) == ("draft", 0, 0)
    papers.issue(paper, signed_on=ON, by=by, at=AT)
    assert [number.number for number in Number.objects.all()] == [1]


def test_a_void_paper_keeps_its_number_and_files():
    office = an_office()
    by = an_officer(office)
    paper = an_issued(office, by=by)

    with pytest.raises(Refused, match="lý do"):
        papers.void(paper, reason=" ", by=by, at=AT)
    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        papers.void(paper, reason="Sai", by=an_officer(a_unit()), at=AT)
    papers.void(paper, reason="Ban hành nhầm.", by=by, at=AT)
    with pytest.raises(Refused, match="không ở trạng thái"):
        papers.void(paper, reason="Lần nữa", by=by, at=AT)

    paper.refresh_from_db()
    assert (paper.state, paper.void_reason) == (Paper.State.VOID, "Ban hành nhầm.")
    assert (paper.number.number, bool(paper.pdf)) == (1, True)
    assert an_issued(office, by=by).number.number == 2


def test_the_database_holds_that_a_draft_has_no_number():
    office = an_office()
    paper = an_issued(office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(state=Paper.State.DRAFT)


def test_minutes_are_signed_by_who_took_them_too():
    office = an_office()
    by = an_officer(office)
    values = {"thư ký": "Lê Văn Ghi", "nội dung họp": "xét khen thưởng"}

    minutes = papers.draft_from_template(office, "minutes", values=values, by=by, at=AT)
    notice = a_draft(office, by=by)

    assert queries.tree(minutes).secretary == Signature(title="THƯ KÝ", name="Lê Văn Ghi")
    assert queries.tree(notice).secretary is None


def test_a_signer_signs_in_a_capacity():
    office = a_unit()
    a_letterhead(office)
    deputy = a_signer(office, title="Phó Giám đốc", capacity="KT.", principal="Giám đốc")
    acting = a_signer(office, title="Giám đốc", capacity="Q.")
    council = a_signer(office, title="Chủ tịch", capacity="TM.", principal="Hội đồng")

    printed = [queries.signature_of(signer) for signer in (deputy, acting, council)]

    assert [(each.authority, each.title) for each in printed] == [
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("", "Q. GIÁM ĐỐC"),
        ("TM. HỘI ĐỒNG", "CHỦ TỊCH"),
    ]
