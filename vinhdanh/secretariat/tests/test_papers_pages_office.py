"""The pages of templates, registers and letterheads."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.secretariat.actions import letterhead, papers, registers, templates
from vinhdanh.secretariat.models import Letterhead, Number, Register, Signer, Template
from vinhdanh.secretariat.queries.samples import tree_of
from vinhdanh.secretariat.tests.browse import (
    HTMX,
    address,
    as_officer,
    as_user,
    page,
    strangers,
)
from vinhdanh.secretariat.tests.make import AT, a_signer, an_issued, an_office, an_officer

pytestmark = pytest.mark.django_db

Role = RoleHolding.Role


def a_notice(office, by) -> Template:
    """The built-in notice, copied for the office."""
    templates.start(office, by=by, at=AT)
    return office.templates.get(kind="notice")


def words(template: Template, **fields: object) -> dict[str, object]:
    """What the form of a template sends, with what was changed."""
    version = template.versions.all()[0]
    kept = {
        name: getattr(version, name) for name in ("subject", "addressees", "text", "recipients")
    }
    return {**kept, "note": "", "seen": version.number} | fields


def test_an_office_without_templates_takes_those_built_in():
    office = an_office()
    client = as_officer(office)

    before = page(client, "templates")
    done = client.post(address("templates_start"), follow=True).content.decode()

    assert "Cơ quan chưa có mẫu riêng" in before
    assert "Đã lấy 5 mẫu có sẵn." in done
    assert "Công văn đôn đốc" in done
    for stranger in strangers(an_office())[:2]:
        assert stranger.post(address("templates_start")).status_code == 404


def test_a_template_shows_its_fields_and_a_look_with_samples():
    office = an_office()
    by = an_officer(office)
    template = a_notice(office, by)
    client = as_user(by)

    response = client.get(address("template", template.pk))
    shown = response.content.decode()
    drawn = client.get(address("preview_picture", response.context["preview"].token, 1))

    assert "{về việc}" in shown
    assert "hệ thống tự điền tên cơ quan ban hành" in shown
    assert drawn.content.startswith(b"\x89PNG")


def test_saving_a_template_makes_a_version_and_a_refusal_keeps_what_was_typed():
    office = an_office()
    by = an_officer(office)
    template = a_notice(office, by)
    client = as_user(by)
    where = address("template", template.pk)

    refused = client.post(where, words(template, text="Gửi {trường lạ}."))
    looked = client.post(where, words(template, text="Kính báo {nội dung}.", look="1"))
    versions_before = template.versions.count()
    saved = client.post(where, words(template, text="Kính báo\r\n{nội dung}."), follow=True)

    assert refused.status_code == 422
    assert "Gửi {trường lạ}.</textarea>" in refused.content.decode()
    assert "không có trường {trường lạ}" in refused.content.decode()
    assert (looked.status_code, versions_before) == (200, 1)
    assert "Đã lưu phiên bản 2." in saved.content.decode()
    assert template.versions.get(number=2).text == "Kính báo\n{nội dung}."


def test_the_second_editor_of_a_template_may_look_and_save_again():
    office = an_office()
    by = an_officer(office)
    template = a_notice(office, by)
    opened = words(template, text="Của tôi {nội dung}.")
    other = templates.Words("A {về việc}", "Của người khác {nội dung}.")
    templates.save(template, other, note="", seen=1, by=by, at=AT)
    client, where = as_user(by), address("template", template.pk)

    refused = client.post(where, opened)
    again = opened | {"seen": refused.context["form"]["seen"].value()}
    saved = client.post(where, again)

    assert "đã lưu phiên bản 2" in refused.content.decode()
    assert "?sau=2" in refused.content.decode()
    assert saved.status_code == 302
    assert template.versions.get(number=3).text == "Của tôi {nội dung}."


def test_the_look_at_a_template_follows_what_is_typed():
    office = an_office()
    by = an_officer(office)
    template = a_notice(office, by)
    client, where = as_user(by), address("template_preview", template.pk)

    good = client.post(where, words(template, text="Kính báo."), headers=HTMX).content.decode()
    wrong = client.post(where, words(template, text="{lạ}"), headers=HTMX).content.decode()
    empty = client.post(where, words(template, text=""), headers=HTMX).content.decode()

    assert "<img" in good
    assert "không có trường {lạ}" in wrong
    assert "Hãy ghi trích yếu và nội dung" in empty
    assert template.versions.count() == 1


def test_two_versions_stand_side_by_side_with_their_differences():
    office = an_office()
    by = an_officer(office)
    template = a_notice(office, by)
    client = as_user(by)
    only_one = page(client, "template_versions", template.pk)
    newer = templates.Words("Về việc {về việc}", "{cơ quan} kính báo: {nội dung}")
    templates.save(template, newer, note="Gọn hơn", seen=1, by=by, at=AT)

    shown = page(client, "template_versions", template.pk)
    chosen = page(client, "template_versions", template.pk, query="?truoc=2&sau=1")

    assert "so-sanh" not in only_one
    assert "Phiên bản 1 và phiên bản 2" in shown
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "Gọn hơn" in shown
    assert "Phiên bản 2 và phiên bản 1" in chosen
    assert client.get(address("template_versions", template.pk) + "?sau=9").status_code == 404


def test_a_version_is_used_again_and_a_template_switched_off():
    office = an_office()
    by = an_officer(office)
    template = a_notice(office, by)
    templates.save(template, templates.Words("A", "B"), note="", seen=1, by=by, at=AT)
    client = as_user(by)

    again = client.post(address("template_restore", template.pk, 1), follow=True).content.decode()
    same = client.post(address("template_restore", template.pk, 1), follow=True).content.decode()
    off = client.post(address("template_switch", template.pk), {"active": "0"}, follow=True)

    assert "Đã dùng lại phiên bản 1." in again
    assert "giống phiên bản đang dùng" in same
    assert "thôi dùng" in off.content.decode()
    assert "mẫu có sẵn" in page(client, "paper_new")


def test_a_further_template_is_added():
    office = an_office()
    client = as_officer(office)
    sent = {"office": office.pk, "kind": "decision", "name": "Tặng giấy khen", "subject": "Về việc"}

    refused = client.post(address("template_new"), sent | {"text": "{lạ}"})
    done = client.post(address("template_new"), sent | {"text": "Điều 1. Tặng."}, follow=True)

    assert "{lạ}</textarea>" in refused.content.decode()
    assert "Đã thêm mẫu “Tặng giấy khen”." in done.content.decode()


@pytest.mark.parametrize("name", ["template", "template_versions"])
def test_readers_see_templates_and_strangers_do_not(name):
    office = an_office()
    template = a_notice(office, an_officer(office))
    reader = as_user(a_user_with(Role.DIRECTOR, office))

    shown = page(reader, name, template.pk)

    assert template.name in shown
    assert "Lưu phiên bản" not in shown
    assert "Dùng lại phiên bản" not in shown
    for stranger in strangers(office):
        assert stranger.get(address(name, template.pk)).status_code == 404
    assert Client().get(address(name, template.pk)).status_code == 302


def test_readers_and_strangers_change_no_template():
    office = an_office()
    template = a_notice(office, an_officer(office))
    sent = words(template, text="Khác")
    reader = as_user(a_user_with(Role.DIRECTOR, office))

    for client in (reader, *strangers(office)):
        assert client.post(address("template", template.pk), sent).status_code == 404
        assert client.post(address("template_preview", template.pk), sent).status_code == 404
        assert client.post(address("template_switch", template.pk)).status_code == 404
        assert client.post(address("template_restore", template.pk, 1)).status_code == 404
    assert reader.get(address("template_new")).status_code == 404
    assert template.versions.count() == 1


def test_a_register_shows_its_numbers_with_their_papers_and_reasons():
    office = an_office()
    by = an_officer(office)
    registers.open_all(office, by=by, at=AT)
    register = Register.objects.get(name="Thông báo")
    registers.explain(register, year=2026, through=2, reason="Sổ giấy", by=by, at=AT)
    paper = an_issued(office, by=by)
    void = an_issued(office, by=by, subject="Nhầm")
    papers.void(void, reason="Ban hành nhầm.", by=by, at=AT)
    reader = as_user(a_user_with(Role.AUDITOR, office))

    shown = page(reader, "register", register.pk, query="?nam=2026")

    assert "Có 4 số, liền nhau từ 1" in shown
    assert paper.get_absolute_url() in shown
    assert "03/TB-SVHTT" in shown
    assert "Sổ giấy" in shown
    assert "Ban hành nhầm." in shown
    assert address("register_edit", register.pk) not in shown
    assert "Năm này chưa cấp số nào" in page(reader, "register", register.pk, query="?nam=2024")
    for wrong in ("x", "1999", "99999", "020269999", "0" * 5_000):
        assert reader.get(address("register", register.pk) + f"?nam={wrong}").status_code == 404


def test_a_gap_is_said_on_the_register_and_on_the_list():
    office = an_office()
    by = an_officer(office)
    registers.open_all(office, by=by, at=timezone.now())
    register, year = Register.objects.get(name="Thông báo"), timezone.localdate().year
    registers.explain(register, year=year, through=5, reason="A", by=by, at=timezone.now())
    Number.objects.filter(number__in=[2, 3]).delete()
    client = as_user(by)

    assert "Sổ thiếu các số 2–3" in page(client, "register", register.pk)
    assert page(client, "registers").count("Thiếu số") == 1


def test_a_register_costs_the_same_queries_for_one_and_for_many():
    office = an_office()
    by = an_officer(office)
    client = as_user(by)
    register = an_issued(office, by=by).number.register
    where = address("register", register.pk) + "?nam=2026"
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    an_issued(office, by=by)
    registers.explain(register, year=2026, through=9, reason="A", by=by, at=AT)
    with CaptureQueriesContext(connection) as many:
        client.get(where)

    assert len(many) - len(few) <= 0


def test_numbers_given_on_paper_are_recorded_from_the_page():
    office = an_office()
    by = an_officer(office)
    registers.open_all(office, by=by, at=AT)
    register = Register.objects.get(name="Công văn")
    client, where = as_user(by), address("register_explain", register.pk) + "?nam=2026"

    asked = client.get(where).content.decode()
    refused = client.post(where, {"through": "12", "reason": ""})
    done = client.post(where, {"through": "12", "reason": "Sổ giấy"}, follow=True)

    assert "Ghi liên tiếp từ số 1" in asked
    assert refused.status_code == 422
    assert "Đã ghi 12 số vào sổ." in done.content.decode()


def test_a_register_is_renamed_from_the_page():
    office = an_office()
    by = an_officer(office)
    client = as_user(by)
    opened = client.post(address("registers_open"), follow=True).content.decode()
    register = Register.objects.get(name="Công văn")
    where = address("register_edit", register.pk)

    refused = client.post(where, {"name": "Báo cáo", "kinds": ["letter"]})
    client.post(where, {"name": "Văn bản chung", "kinds": ["letter", "notice"]})

    assert "Đã lập 8 sổ đăng ký." in opened
    assert "đã có sổ tên" in refused.content.decode()
    register.refresh_from_db()
    assert (register.name, register.kinds) == ("Văn bản chung", ["letter", "notice"])


def test_a_register_is_exported_as_it_stands():
    office = an_office()
    by = an_officer(office)
    paper = an_issued(office, by=by)
    void = an_issued(office, by=by, subject="Nhầm")
    papers.void(void, reason="Ban hành nhầm.", by=by, at=AT)
    register = paper.number.register
    registers.explain(register, year=2026, through=3, reason="Sổ giấy", by=by, at=AT)

    response = as_user(by).get(address("register_export", register.pk) + "?nam=2026")

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Sổ đăng ký văn bản đi: Thông báo, năm 2026"
    assert [(row[0], row[1], row[4], row[8]) for row in rows[4:]] == [
        (1, "01/TB-SVHTT", paper.subject, ""),
        (2, "02/TB-SVHTT", "Nhầm", "Đã hủy bỏ: Ban hành nhầm."),
        (3, "", "", "Sổ giấy"),
    ]


def test_strangers_find_no_register_and_readers_change_none():
    office = an_office()
    register = an_issued(office).number.register
    reader = as_user(a_user_with(Role.DIRECTOR, office))

    for client in strangers(office):
        for name in ("register", "register_export", "register_edit", "register_explain"):
            assert client.get(address(name, register.pk)).status_code == 404
    for name in ("register_edit", "register_explain"):
        assert reader.get(address(name, register.pk)).status_code == 404
    assert reader.post(address("registers_open")).status_code == 404
    assert Client().get(address("register", register.pk)).status_code == 302


def test_the_letterhead_is_kept_and_journalled():
    office = a_unit(name="Sở Thử")
    client, where = as_officer(office), address("letterhead", office.pk)
    sent = {"issuer_name": "Sở Thử", "place": "An Bình", "code": "ST", "recipients": "Lưu: VT."}

    led = client.get(address("letterheads"))
    offered = client.get(where).content.decode()
    refused = client.post(where, sent | {"place": ""})
    done = client.post(where, sent, follow=True).content.decode()
    client.post(where, sent | {"code": "STT"})
    client.post(where, sent | {"code": "STT"})

    assert led["Location"] == where
    assert 'value="Sở Thử"' in offered
    assert refused.status_code == 422
    assert "Đã lưu thông tin trên văn bản." in done
    assert Letterhead.objects.get().code == "STT"
    lines = Line.objects.filter(deed="letterhead changed")
    assert [line.detail["after"]["code"] for line in lines] == ["STT", "ST"]


def test_signers_are_added_and_changed_as_they_are_printed():
    office = an_office()
    client = as_officer(office)
    sent = {"name": "Lê Văn An", "title": "Phó Giám đốc", "capacity": "KT.", "position": "2"}
    on = {"is_active": "on"}

    refused = client.post(address("signer_new", office.pk), sent | on)
    added = client.post(
        address("signer_new", office.pk), sent | on | {"principal": "Giám đốc"}, follow=True
    )
    signer = Signer.objects.get(name="Lê Văn An")
    client.post(address("signer", signer.pk), sent | {"principal": "Giám đốc"})

    assert "Hãy ghi ký thay" in refused.content.decode()
    assert "KT. GIÁM ĐỐC<br>" in added.content.decode()
    signer.refresh_from_db()
    assert not signer.is_active
    assert "Không còn ký" in page(client, "letterhead", office.pk)


def test_where_the_office_is_reached_is_typed_shown_on_drafts_and_journalled():
    office = an_office()
    client, where = as_officer(office), address("letterhead", office.pk)
    kept = Letterhead.objects.get().issuer_name
    sent = {"issuer_name": kept, "place": "An Bình", "code": "SVHTT", "address": "Số 12 Trần Phú"}

    refused = client.post(where, sent | {"email": "vanphong"})
    done = client.post(where, sent | {"email": "vp@anbinh.example"}, follow=True).content.decode()

    assert refused.status_code == 422
    assert 'value="vanphong"' in refused.content.decode()
    assert 'value="Số 12 Trần Phú"' in refused.content.decode()
    assert "Địa chỉ cơ quan" in done
    head = Letterhead.objects.get()
    assert (head.address, head.phone, head.email) == ("Số 12 Trần Phú", "", "vp@anbinh.example")
    after = Line.objects.get(deed="letterhead changed").detail["after"]
    assert (after["address"], after["email"]) == ("Số 12 Trần Phú", "vp@anbinh.example")
    sample = tree_of(a_notice(office, an_officer(office)), templates.Words("A", "B"))
    assert (sample.letterhead.address, sample.is_draft) == ("Số 12 Trần Phú", True)


def test_only_the_office_sees_and_changes_its_letterhead_and_signers():
    office = an_office()
    signer = a_signer(office)
    clients = [*strangers(office), as_user(a_user_with(Role.DIRECTOR, office))]

    for client in clients:
        assert client.get(address("letterhead", office.pk)).status_code == 404
        assert client.get(address("signer_new", office.pk)).status_code == 404
        assert client.post(address("signer", signer.pk), {"name": "A"}).status_code == 404
    assert clients[-1].get(address("letterheads")).status_code == 404
    head = letterhead.Head(issuer_name="A", place="B", code="C")
    signing = letterhead.Signing(name="A", title="B")
    stranger = an_officer(a_unit())
    for deed in (
        lambda: letterhead.change(office, head, by=stranger, at=AT),
        lambda: letterhead.add_signer(office, signing, by=stranger, at=AT),
        lambda: letterhead.change_signer(signer, signing, by=stranger, at=AT),
    ):
        with pytest.raises(Refused, match="Chỉ Văn phòng"):
            deed()
