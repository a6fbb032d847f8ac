"""The outbox: what waits in it, who gets what, and that it is sent once."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.people.models import Unit
from vinhdanh.people.tests.make import a_holding, a_unit, a_user_with
from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.models import Mailing, Recipient
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.queries.mailings import Headcount
from vinhdanh.secretariat.rules import mailings as rules
from vinhdanh.secretariat.rules.mailings import Addressee
from vinhdanh.secretariat.tests.make_mailings import (
    AT,
    House,
    Role,
    a_file,
    a_mailing,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def house() -> House:
    return House()


def deeds(mailing: Mailing) -> list[str]:
    return list(journal.lines_about(mailing).order_by("id").values_list("deed", flat=True))


def test_a_copy_has_each_recipients_own_words():
    text = "Kính gửi {Người nhận} ({don vi}):\n{việc}\nTập {này} giữ nguyên."

    copy = rules.copy(text, name="Đỗ Thị Ánh", unit="Phòng A", concern="- Việc 1\n- Việc 2")

    assert copy == "Kính gửi Đỗ Thị Ánh (Phòng A):\n- Việc 1\n- Việc 2\nTập {này} giữ nguyên."
    assert rules.unknown_fields(text) == ["này"]
    assert rules.has_field(text, rules.CONCERN)
    assert rules.copy("{đơn vị}", name="Báo Văn hóa", unit="", concern="") == "Báo Văn hóa"


def test_what_a_copy_is_filled_with_is_not_filled_again():
    copy = rules.copy("{người nhận}: {việc}", name="{việc}", unit="", concern="{đơn vị}")

    assert copy == "{việc}: {đơn vị}"


def test_one_account_is_addressed_once_with_all_that_concerns_it():
    one, unit = a_user().pk, UUID(int=1)
    twice = [
        Addressee("Ánh", "a@so.vn", one, unit, concern="- Việc 1"),
        Addressee("Ánh", "a@so.vn", one, UUID(int=2), concern="- Việc 2"),
        Addressee("Báo", "bao@bao.vn"),
        Addressee("Báo", "BAO@bao.vn"),
    ]

    assert rules.merged(twice) == [
        Addressee("Ánh", "a@so.vn", one, unit, concern="- Việc 1\n- Việc 2"),
        Addressee("Báo", "bao@bao.vn"),
    ]


def test_addresses_outside_are_read_as_they_are_typed():
    read, unread = rules.outside_addressees(
        "Báo Văn hóa <toasoan@bao.vn>\n\n  sotc@tinh.gov.vn ;\nkhông có địa chỉ"
    )

    assert read == [
        Addressee("Báo Văn hóa", "toasoan@bao.vn"),
        Addressee("sotc@tinh.gov.vn", "sotc@tinh.gov.vn"),
    ]
    assert unread == ["không có địa chỉ"]


def test_the_people_of_units_are_their_clerks_and_heads_with_open_accounts(house):
    a_user_with(Role.CLERK, house.unit, is_active=False)
    a_user_with(Role.JUDGE, house.unit)
    a_holding(house.head, Role.CLERK, house.other, until_on=date(2026, 3, 1))
    empty = a_unit(house.office)

    found = queries.people_of([house.unit, house.other, empty], on=AT.date())

    assert found == {
        house.unit.pk: [
            Addressee("Đỗ Thị Ánh", "anh@so.vn", house.clerk.pk, house.unit.pk),
            Addressee("Vũ Bình", "", house.head.pk, house.unit.pk),
        ],
        house.other.pk: [Addressee("Ngô Cường", "cuong@so.vn", house.colleague.pk, house.other.pk)],
        empty.pk: [],
    }


def test_the_people_of_a_bloc_are_its_heads_and_of_a_council_its_chair_and_secretary(house):
    bloc = a_unit(house.office, kind=Unit.Kind.BLOC)
    council = a_unit(house.office, kind=Unit.Kind.COUNCIL)
    head = a_user_with(Role.BLOC_HEAD, bloc)
    chair = a_user_with(Role.COUNCIL_CHAIR, council)
    a_user_with(Role.COUNCIL_MEMBER, council)
    a_user_with(Role.COUNCIL_CHAIR, house.unit)

    found = queries.people_of([bloc, council, house.unit], on=AT.date())

    assert [each.user_id for each in found[bloc.pk]] == [head.pk]
    assert [each.user_id for each in found[council.pk]] == [chair.pk]
    assert len(found[house.unit.pk]) == 2


def test_the_people_of_any_number_of_units_cost_one_query(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.people_of([house.unit, house.other], on=AT.date())


def test_a_mailing_waits_and_nobody_gets_anything(house):
    mailing = house.mailing(about=("Kế hoạch 2026", "/ke-hoach/1/"), files=[a_file(house.officer)])

    assert (mailing.state, mailing.created_by, mailing.about_label) == (
        "waiting",
        house.officer,
        "Kế hoạch 2026",
    )
    assert [str(each) for each in queries.recipients(mailing)] == [
        "Đỗ Thị Ánh",
        "Vũ Bình",
        "Ngô Cường",
    ]
    assert queries.reaches([mailing]) == {
        mailing.pk: Headcount(people=3, letters=2, inside=1, unconcerned=3)
    }
    assert mailing.files.count() == 1
    assert (Message.objects.count(), Delivery.objects.count()) == (0, 0)
    assert deeds(mailing) == ["mailing put in the outbox"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"subject": "  "}, "tiêu đề"),
        ({"text": ""}, "nội dung"),
        ({"text": "Kính gửi {ông bà}"}, "{ông bà}"),
        ({"kind": "invitation"}, "thời gian bắt đầu"),
        ({"starts_at": AT}, "Chỉ giấy mời"),
        ({"place": "Phòng 1"}, "Chỉ giấy mời"),
        ({"kind": "invitation", "starts_at": AT, "ends_at": AT - timedelta(hours=1)}, "kết thúc"),
        ({"addressees": [Addressee("Không ai")]}, "Không ai không có tài khoản"),
    ],
)
def test_a_mailing_that_says_nothing_clear_is_refused(house, fields, reason):
    with pytest.raises(Refused, match=reason):
        house.mailing(**fields)

    assert Mailing.objects.count() == 0


def test_only_who_runs_the_office_puts_into_its_outbox(house):
    for user in (house.director, house.clerk, house.stranger, house.admin):
        with pytest.raises(Refused, match="Chỉ thường trực"):
            a_mailing(house.office, by=user)


def test_files_that_are_too_heavy_together_are_refused(house, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ATTACHED", 100)
    mailing = house.mailing(files=[a_file(house.officer)])
    upload = SimpleUploadedFile("khac.pdf", b"%PDF-1.4\n" + b"x" * 90)

    with pytest.raises(Refused, match="nặng quá"):
        actions.attach(mailing, [upload], by=house.officer, at=LATER)

    assert mailing.files.count() == 1


def test_a_file_is_attached_and_taken_off_while_the_mailing_waits(house):
    mailing = house.mailing()

    upload = SimpleUploadedFile("mau.pdf", b"%PDF-1.4\n%%EOF")
    [file] = actions.attach(mailing, [upload], by=house.officer, at=LATER)
    actions.detach(mailing, file, by=house.officer, at=LATER)

    assert mailing.files.count() == 0
    assert deeds(mailing)[1:] == ["mailing files attached", "mailing file detached"]


def test_recipients_are_left_out_and_taken_back(house):
    mailing = house.mailing()
    chosen = [mailing.recipients.get(user=house.clerk).pk]

    assert actions.leave_out(mailing, chosen, by=house.officer, at=LATER) == 1
    assert queries.reaches([mailing])[mailing.pk].people == 2
    with pytest.raises(Refused, match="Chưa chọn"):
        actions.leave_out(mailing, chosen, by=house.officer, at=LATER)
    assert actions.take_back(mailing, chosen, by=house.officer, at=LATER) == 1

    assert queries.reaches([mailing])[mailing.pk].people == 3
    assert deeds(mailing)[1:] == ["mailing recipients left out", "mailing recipients taken back"]


def test_a_recipient_of_another_mailing_is_not_touched(house):
    mailing, other = house.mailing(), house.mailing()
    chosen = [recipient.pk for recipient in other.recipients.all()]

    with pytest.raises(Refused, match="Chưa chọn"):
        actions.leave_out(mailing, chosen, by=house.officer, at=LATER)

    assert not Recipient.objects.filter(left_out=True).exists()


def test_recipients_are_added_once(house):
    mailing = house.mailing()
    wanted = [
        Addressee("Đỗ Thị Ánh", "anh@so.vn", house.clerk.pk, house.unit.pk),
        Addressee("Báo Văn hóa", "toasoan@bao.vn"),
        Addressee("Ánh (riêng)", "ANH@so.vn"),
    ]

    assert actions.add(mailing, wanted, by=house.officer, at=LATER) == 1
    with pytest.raises(Refused, match="đã có trong danh sách"):
        actions.add(mailing, wanted, by=house.officer, at=LATER)
    with pytest.raises(Refused, match="Chưa chọn người nhận"):
        actions.add(mailing, [], by=house.officer, at=LATER)

    assert mailing.recipients.count() == 4
    assert journal.lines_about(mailing)[0].detail == {"people": ["Báo Văn hóa"]}


def test_what_a_mailing_says_is_changed_while_it_waits(house):
    mailing = house.mailing()

    actions.edit(mailing, subject="Đôn đốc", text="{việc}", by=house.officer, at=LATER)

    mailing.refresh_from_db()
    assert (mailing.subject, mailing.text, mailing.edited_at) == ("Đôn đốc", "{việc}", LATER)
    line = journal.lines_about(mailing)[0]
    assert line.detail["before"]["subject"] == "Hướng dẫn đăng ký thi đua"
    assert line.detail["after"]["subject"] == "Đôn đốc"


def test_two_editors_do_not_overwrite_each_other_unawares(house):
    mailing = house.mailing()
    actions.edit(mailing, subject="Của người kia", text="x", by=house.officer, at=LATER)

    with pytest.raises(Refused, match="Người khác vừa sửa"):
        actions.edit(
            mailing, subject="Của tôi", text="y", by=house.officer, at=LATER, seen=mailing.edited_at
        )

    mailing.refresh_from_db()
    assert mailing.subject == "Của người kia"
