"""What the pages of the outbox show and do for whoever runs the office."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.notices.models import Delivery, Hook, Message
from vinhdanh.people.tests.make import a_group, a_holding, a_unit, a_user_with
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.models import Mailing
from vinhdanh.secretariat.rules.mailings import Addressee
from vinhdanh.secretariat.tests.browse_outbox import (
    Shown,
    as_user,
    cost,
    page,
    said,
    send,
    text,
)
from vinhdanh.secretariat.tests.make import a_draft, a_letterhead, a_signer, an_issued
from vinhdanh.secretariat.tests.make_mailings import (
    AT,
    House,
    Role,
    a_delivery,
    a_hook,
    a_mailing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Shown:
    return Shown()


def test_the_outbox_shows_what_waits_first_and_finds_without_accents(house):
    shown = text(page(house.officer, "outbox"))
    found = text(page(house.officer, "outbox", q="DON doc"))
    sent = text(page(house.officer, "outbox", state="released", kind="invitation"))

    assert shown.index("Đôn đốc báo cáo") < shown.index("Mời họp Hội đồng")
    assert "Đã gửi 0/2" in shown
    assert ("Đôn đốc báo cáo" in found, "Mời họp" in found) == (True, False)
    assert ("Đôn đốc báo cáo" in sent, "Mời họp" in sent) == (False, True)
    assert "Không có thư nào khớp" in text(page(house.officer, "outbox", q="khong co"))


def test_an_empty_outbox_offers_the_first_step():
    house = House()

    assert "Soạn thư" in text(page(house.officer, "outbox"))
    assert reverse("secretariat:mailing_new") not in text(page(house.director, "outbox"))
    assert "Chưa gửi gì" in text(page(house.officer, "deliveries"))
    assert "Chưa có kênh nào" in text(page(house.admin, "hooks"))


def test_the_page_of_a_mailing_says_who_gets_what(house):
    shown = text(page(house.officer, "mailing", house.waiting.pk))

    for words in ("Đỗ Thị Ánh", "Vũ Bình", "Ngô Cường", "anh@so.vn", "huong-dan.pdf"):
        assert words in shown
    assert "Kính gửi Đỗ Thị Ánh, Phòng Nghệ thuật:" in shown
    assert "Chỉ trong hệ thống" in shown
    found = text(page(house.officer, "mailing", house.waiting.pk, q="cuong"))
    assert ("Chọn Ngô Cường" in found, "Chọn Vũ Bình" in found) == (True, False)


def test_a_letter_shows_no_markup_that_was_typed(house):
    a_mailing(house.office, by=house.officer, text="<b>đậm</b> {người nhận}", subject="<i>x</i>")
    mailing = Mailing.objects.get(subject="<i>x</i>")

    shown = text(page(house.officer, "mailing", mailing.pk))

    assert "&lt;b&gt;đậm&lt;/b&gt; Đỗ Thị Ánh" in shown
    assert "<i>x</i>" not in shown


def test_a_copy_is_shown_as_its_recipient_gets_it(house):
    recipient = house.waiting.recipients.get(user=house.head)

    shown = text(page(house.officer, "mailing_copy", house.waiting.pk, recipient.pk))

    assert "Kính gửi Vũ Bình, Phòng Nghệ thuật:" in shown
    assert "2 trong 3" in shown
    other = house.released.recipients.first()
    assert page(house.officer, "mailing_copy", house.waiting.pk, other.pk).status_code == 404


def test_a_mailing_is_written_to_groups_units_and_addresses_outside(house):
    group = a_group(house.office, house.unit, name="Các phòng")
    empty = a_unit(house.office, name="Phòng Vắng người")

    answer = send(
        house.officer,
        "mailing_new",
        kind="guidance",
        subject="Hướng dẫn mới",
        text="Kính gửi {người nhận}",
        groups=str(group.pk),
        units=[str(house.other.pk), str(empty.pk)],
        outside="Báo Văn hóa <toasoan@bao.vn>",
        uploads=SimpleUploadedFile("mau.pdf", b"%PDF-1.4\n%%EOF"),
    )

    mailing = Mailing.objects.get(subject="Hướng dẫn mới")
    assert answer["Location"] == mailing.get_absolute_url()
    assert {recipient.name for recipient in mailing.recipients.all()} == {
        "Đỗ Thị Ánh",
        "Vũ Bình",
        "Ngô Cường",
        "Báo Văn hóa",
    }
    assert [file.name for file in mailing.files.all()] == ["mau.pdf"]
    assert any("Phòng Vắng người" in message for message in said(answer))


def test_an_issued_paper_is_sent_with_its_number_and_its_file(house):
    a_letterhead(house.office)
    a_signer(house.office)
    paper = an_issued(house.office, by=house.officer)
    draft = a_draft(house.office, by=house.officer)

    shown = text(page(house.officer, "mailing_new", **{"van-ban": paper.pk}))
    send(
        house.officer,
        "mailing_new",
        query=f"?van-ban={paper.pk}",
        kind="guidance",
        subject="Gửi thông báo",
        text="Kính gửi {người nhận}",
        units=str(house.unit.pk),
    )

    mailing = Mailing.objects.get(subject="Gửi thông báo")
    assert f'value="{paper.number}: {paper.subject}"' in shown
    assert list(mailing.files.all()) == [paper.pdf]
    assert mailing.about_url == paper.get_absolute_url()
    assert page(house.officer, "mailing_new", **{"van-ban": draft.pk}).status_code == 404
    assert page(house.stranger, "mailing_new", **{"van-ban": paper.pk}).status_code == 404


def test_what_was_typed_survives_a_refusal(house):
    answer = send(
        house.officer,
        "mailing_new",
        kind="invitation",
        subject="Mời họp giao ban",
        text="Kính mời {quý vị}",
        starts_at="2026-03-16T08:00",
        units=str(house.unit.pk),
        outside="Báo Văn hóa",
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Dòng này chưa có địa chỉ thư điện tử: Báo Văn hóa" in shown
    assert 'value="Mời họp giao ban"' in shown
    assert "Kính mời {quý vị}" in shown
    assert f'value="{house.unit.pk}" checked' in shown
    assert 'value="2026-03-16T08:00"' in shown


def test_units_of_another_office_cannot_be_chosen(house):
    answer = send(
        house.stranger,
        "mailing_new",
        kind="guidance",
        subject="Thư lạ",
        text="x",
        units=str(house.unit.pk),
    )

    assert answer.status_code == 422
    assert not Mailing.objects.filter(subject="Thư lạ").exists()


def test_recipients_are_found_and_added(house):
    mailing = a_mailing(house.office, by=house.officer, addressees=[Addressee("Báo", "b@b.vn")])

    found = text(page(house.officer, "mailing_add", mailing.pk, q="anh"))
    person = house.clerk.person
    answer = send(house.officer, "mailing_add", mailing.pk, query="?q=anh", persons=str(person.pk))
    again = send(house.officer, "mailing_add", mailing.pk, persons=str(person.pk))

    assert f'value="{person.pk}"' in found
    assert str(house.head.person.pk) not in found
    assert said(answer)[0] == "Đã thêm 1 người nhận."
    added = mailing.recipients.get(user=house.clerk)
    assert (added.unit, added.email) == (house.unit, "anh@so.vn")
    assert again.status_code == 422
    assert "Những người này đã có trong danh sách nhận." in again.content.decode()
    assert f'value="{person.pk}" checked' in again.content.decode()


def test_recipients_are_left_out_and_taken_back(house):
    chosen = house.waiting.recipients.get(user=house.head)

    out = send(house.officer, "recipients_set", house.waiting.pk, nguoi=chosen.pk, viec="bo-ra")
    chosen.refresh_from_db()
    assert (chosen.left_out, said(out)[0]) == (True, "Đã đổi 1 người nhận.")
    send(house.officer, "recipients_set", house.waiting.pk, nguoi=chosen.pk, viec="lay-lai")
    chosen.refresh_from_db()
    assert not chosen.left_out
    none = send(house.officer, "recipients_set", house.waiting.pk, nguoi="x", viec="bo-ra")
    assert said(none)[0] == "Chưa chọn người nhận nào."


def test_two_editors_of_a_mailing_are_told_of_each_other(house):
    seen = house.waiting.edited_at.isoformat()
    actions.edit(
        house.waiting, subject="Của người kia", text="a", by=house.officer, at=AT.replace(minute=9)
    )
    mine = {"subject": "Của tôi", "text": "b", "seen": seen}

    told = send(house.officer, "mailing_edit", house.waiting.pk, **mine)
    assert told.status_code == 422
    assert "Người khác vừa sửa thư này" in told.content.decode()
    assert 'value="Của tôi"' in told.content.decode()
    again = re.search(r'name="seen" value="([^"]+)"', told.content.decode())[1]
    send(house.officer, "mailing_edit", house.waiting.pk, **{**mine, "seen": again})

    house.waiting.refresh_from_db()
    assert house.waiting.subject == "Của tôi"


def test_a_settled_mailing_is_not_offered_for_change(house):
    for name in ("mailing_edit", "mailing_add"):
        answer = page(house.officer, name, house.released.pk)
        assert said(answer)[0] == "Thư không còn chờ gửi nên không sửa được nữa."
    assert "Sửa" not in text(page(house.officer, "mailing", house.released.pk)).split("<main")[1]


def test_copies_with_nothing_to_say_are_pointed_out(house):
    mailing = house.mailing(text="Các việc:\n{việc}")
    warning = "3 người nhận không có việc riêng"

    assert warning in text(page(house.officer, "mailing", mailing.pk))
    assert warning in text(page(house.officer, "mailings_release", chon=mailing.pk))
    assert warning not in text(page(house.officer, "mailing", house.waiting.pk))


def test_releasing_asks_with_counts_and_sends_once(house):
    ask = text(page(house.officer, "mailings_release", chon=house.waiting.pk))
    answer = send(house.officer, "mailings_release", chon=house.waiting.pk)
    again = send(house.officer, "mailings_release", chon=house.waiting.pk)

    assert "3 người nhận: 2 thư điện tử được gửi đi, 1 người chỉ xem trong hệ thống." in ask
    assert said(answer)[0] == "Đã cho gửi 1 thư."
    assert "không còn chờ gửi" in said(again)[0]
    assert Delivery.objects.filter(batch_id=house.waiting.pk).count() == 2
    assert Message.objects.filter(key=f"mailing:{house.waiting.pk}").count() == 3
    none = page(house.officer, "mailings_release")
    assert said(none)[0] == "Chưa chọn thư nào đang chờ gửi."


def test_several_are_discarded_with_a_reason(house):
    other = house.mailing(subject="Thư thứ hai")
    chosen = [str(house.waiting.pk), str(other.pk)]

    answer = send(house.officer, "mailings_discard", chon=chosen, reason="Lập nhầm")

    assert said(answer)[0] == "Đã bỏ 2 thư; không ai nhận được."
    assert set(Mailing.objects.filter(pk__in=chosen).values_list("state", flat=True)) == {
        "discarded"
    }
    assert "Lập nhầm" in text(page(house.director, "mailing", other.pk))


def test_the_log_counts_filters_and_offers_decisions(house):
    failed = a_delivery(
        house.office, state="failed", attempts=6, last_error="Máy chủ thư đang bận.", name="Báo"
    )

    shown = text(page(house.officer, "deliveries"))
    only = text(page(house.officer, "deliveries", state="failed"))
    part = text(page(house.officer, "deliveries", thu=house.released.pk))
    answer = send(
        house.officer, "deliveries_decide", query="?state=failed", viec="gui-lai", luot=failed.pk
    )

    assert "Chờ gửi: 2" in shown
    assert "Không gửi được: 1" in shown
    assert "Máy chủ thư đang bận." in only
    assert "Mời họp" not in only
    assert "Các lượt gửi của thư" in part
    assert "Máy chủ thư đang bận." not in part
    assert answer["Location"].endswith("?state=failed")
    assert said(answer)[0] == "Đã xếp 1 lượt gửi để gửi lại."
    again = send(house.officer, "deliveries_decide", viec="da-gui", luot=failed.pk)
    assert "1 lượt gửi không ở tình trạng làm được việc này" in said(again)[0]
    assert (
        said(send(house.officer, "deliveries_decide", viec="huy"))[0] == "Chưa chọn lượt gửi nào."
    )
    assert send(house.officer, "deliveries_decide", viec="xoa").status_code == 404


def test_a_channel_is_added_and_its_secret_shown_only_when_asked_for(house):
    refused = send(
        house.admin,
        "hook_new",
        office=house.office.pk,
        name="Cổng",
        url="http://x.vn/",
        kinds="system",
    )
    made = send(
        house.admin,
        "hook_new",
        office=house.office.pk,
        name="Cổng",
        url="https://x.vn/",
        kinds="system",
    )

    hook = Hook.objects.get(name="Cổng")
    assert refused.status_code == 422
    assert 'value="http://x.vn/"' in refused.content.decode()
    assert hook.secret in text(made)
    for name in ("hook", "hook_edit", "hook_delete", "hook_renew"):
        assert hook.secret not in text(page(house.admin, name, hook.pk))
    shown = send(house.admin, "hook_secret", hook.pk)
    assert hook.secret in text(shown)
    assert "no-store" in shown["Cache-Control"]
    renewed = text(send(house.admin, "hook_renew", hook.pk))
    assert hook.secret not in renewed


def test_a_channel_is_tried_switched_off_and_deleted(house):
    tried = send(house.admin, "hook_test", house.hook.pk)
    assert said(tried)[0].startswith("Đã xếp thông báo thử")
    assert "Chờ gửi" in text(page(house.admin, "hook", house.hook.pk))
    assert "Thông báo thử" not in text(page(house.admin, "hook", house.hook.pk))
    assert "Thông báo thử" in text(page(house.officer, "deliveries", kenh=house.hook.pk))

    send(house.admin, "hook_switch", house.hook.pk)
    house.hook.refresh_from_db()
    assert not house.hook.is_active
    send(house.admin, "hook_switch", house.hook.pk, bat="1")
    gone = send(house.admin, "hook_delete", house.hook.pk)
    assert said(gone)[0] == "Đã xóa kênh “Nhóm nhắn tin”."


def test_lists_cost_the_same_for_one_row_and_for_many(house):
    a_group(house.office, house.unit)
    outbox, log = reverse("secretariat:outbox"), reverse("secretariat:deliveries")
    hooks, one = (
        reverse("secretariat:hooks"),
        reverse("secretariat:mailing", args=[house.waiting.pk]),
    )
    new = reverse("secretariat:mailing_new")
    add = reverse("secretariat:mailing_add", args=[house.waiting.pk]) + "?q=phong"
    before = [cost(house.officer, address) for address in (outbox, log, hooks, one, new, add)]

    for number in range(12):
        mailing = house.mailing(subject=f"Thư {number}")
        a_delivery(house.office, batch_id=mailing.pk)
        a_hook(house.office, name=f"Kênh {number}")
        unit = a_unit(house.office, name=f"Phòng số {number}")
        a_group(house.office, unit)
        user = a_user_with(Role.CLERK, unit)
        a_holding(user, Role.HEAD, unit)
        addressee = Addressee(str(user), user.email, user.pk, unit.pk)
        actions.add(house.waiting, [addressee], by=house.officer, at=AT)

    after = [cost(house.officer, address) for address in (outbox, log, hooks, one, new, add)]
    assert after == before


def test_writing_to_hundreds_of_units_costs_as_many_queries_as_to_a_few(house):
    def write(units) -> int:
        client = as_user(house.officer)
        fields = {
            "kind": "guidance",
            "subject": f"Gửi {len(units)} đơn vị",
            "text": "Kính gửi {người nhận}",
            "units": [str(unit.pk) for unit in units],
        }
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(reverse("secretariat:mailing_new"), fields)
        assert answer.status_code == 302
        return len(asked)

    few = write([house.unit, house.other])
    many = [a_unit(house.office) for _ in range(60)]
    for unit in many:
        a_user_with(Role.CLERK, unit)
    assert write(many) == few
