"""The pages that issue a paper, and of what has become of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from vinhdanh.journal.models import Line
from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_user_with
from vinhdanh.secretariat.actions import papers
from vinhdanh.secretariat.actions.papers import Draft
from vinhdanh.secretariat.models import Number
from vinhdanh.secretariat.rules.papers import MOST_LINES_AT_ONCE
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


def test_issuing_shows_the_number_that_comes_and_gives_it():
    office = an_office()
    by = an_officer(office)
    an_issued(office, by=by)
    paper = a_draft(office, by=by)
    client = as_user(by)
    today = timezone.localdate()

    asked = page(client, "paper_issue", paper.pk)
    done = client.post(
        address("paper_issue", paper.pk), {"signed_on": today.isoformat()}, follow=True
    ).content.decode()

    assert "Số sẽ cấp" in asked
    paper.refresh_from_db()
    assert paper.signed_on == today
    assert str(paper.number) in asked
    assert f"Đã phát hành văn bản số {paper.number}." in done
    assert f"{address('mailing_new')}?van-ban={paper.pk}" in done
    assert client.get(address("paper_issue", paper.pk))["Location"] == paper.get_absolute_url()


def test_what_somebody_else_edits_meanwhile_is_not_issued_unseen():
    office = an_office()
    paper, client = a_draft(office), as_officer(office)
    where, today = address("paper_issue", paper.pk), timezone.localdate().isoformat()
    seen = client.get(where).context["form"]["seen"].value()
    theirs = Draft(subject="Trích yếu khác", text="Nội dung khác.", signer=paper.signer)
    papers.edit(
        paper, theirs, seen=paper.edited_at, by=an_officer(office), at=AT + timedelta(hours=1)
    )

    refused = client.post(where, {"signed_on": today, "seen": seen})
    again = client.post(
        where, {"signed_on": today, "seen": refused.context["form"]["seen"].value()}
    )

    assert refused.status_code == 422
    assert "Dự thảo vừa được người khác sửa" in refused.content.decode()
    assert "Trích yếu khác" in refused.content.decode()
    assert again["Location"] == paper.get_absolute_url()
    assert Number.objects.count() == 1


def test_what_is_in_the_way_of_issuing_is_listed():
    office = an_office()
    paper = a_draft(office, text="Còn {trường}.")
    client = as_officer(office)

    asked = page(client, "paper_issue", paper.pk)
    sent = {"signed_on": timezone.localdate().isoformat()}
    refused = client.post(address("paper_issue", paper.pk), sent)

    assert "Chưa phát hành được" in asked
    assert "Trường {trường} chưa được điền." in asked
    assert refused.status_code == 422
    assert not Number.objects.exists()


def test_a_day_of_signing_before_the_last_one_is_warned_of_only():
    office = an_office()
    by = an_officer(office)
    now = timezone.localtime()
    # Each year counts anew: both days lie in one.
    last_on = now.date() - timedelta(days=1 if (now.month, now.day) == (1, 1) else 0)
    before = (last_on - timedelta(days=1)).isoformat()
    papers.issue(a_draft(office, by=by), signed_on=last_on, by=by, at=now)
    paper = a_draft(office, by=by)
    client = as_user(by)
    late = {"signed_on": (now.date() + timedelta(days=2)).isoformat()}

    refused = client.post(address("paper_issue", paper.pk), late).content.decode()
    early = {"signed_on": before}
    warned = client.post(address("paper_issue", paper.pk), early)
    confirmed = {"confirmed": warned.context["form"]["confirmed"].value().isoformat()}
    done = client.post(address("paper_issue", paper.pk), early | confirmed, follow=True)

    assert "Ngày ký không được sau hôm nay." in refused
    assert "Ngày ký này trước ngày ký của văn bản mới nhất" in warned.content.decode()
    assert f'name="confirmed" value="{before}"' in warned.content.decode()
    assert "Đã phát hành văn bản số 02/TB-SVHTT." in done.content.decode()


def test_an_issued_paper_shows_its_pages_and_its_words():
    office = an_office()
    paper = an_issued(office)
    client = as_user(a_user_with(Role.DIRECTOR, office))

    shown = page(client, "paper", paper.pk)
    drawn = client.get(address("paper_picture", paper.pk, 1))

    assert "01/TB-SVHTT" in shown
    assert "Các đơn vị nộp hồ sơ về Văn phòng" in shown
    assert "Gửi đi</a>" not in shown
    assert drawn.content.startswith(b"\x89PNG")
    assert client.get(address("paper_picture", paper.pk, 2)).status_code == 404
    assert client.get(address("paper_picture", a_draft(office).pk, 1)).status_code == 404
    for stranger in strangers(office):
        assert stranger.get(address("paper_picture", paper.pk, 1)).status_code == 404


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_downloads_of_an_issued_paper_are_journalled(ending):
    office = an_office()
    paper = an_issued(office)
    reader = a_user_with(Role.DIRECTOR, office)

    response = as_user(reader).get(address("paper_file", paper.pk, ending))

    assert b"".join(response.streaming_content)[:2] in (b"%P", b"PK")
    line = Line.objects.get(deed="paper downloaded")
    assert (line.actor_id, line.thing_id) == (reader.pk, paper.pk)
    for stranger in strangers(office):
        assert stranger.get(address("paper_file", paper.pk, ending)).status_code == 404
    assert Line.objects.filter(deed="paper downloaded").count() == 1
    assert as_user(reader).get(address("paper_file", paper.pk, "exe")).status_code == 404


def test_making_void_asks_for_the_reason_and_says_so_everywhere():
    office = an_office()
    paper = an_issued(office)
    client = as_officer(office)

    empty = client.post(address("paper_void", paper.pk), {"reason": ""})
    done = client.post(
        address("paper_void", paper.pk), {"reason": "Ban hành nhầm."}, follow=True
    ).content.decode()

    assert empty.status_code == 422
    assert "Đã hủy bỏ văn bản; số đã cấp vẫn giữ trong sổ." in done
    assert "Ban hành nhầm." in done
    assert address("paper_void", paper.pk) not in done
    assert "Đã hủy bỏ" in page(client, "papers")
    assert "Ban hành nhầm." in page(client, "register", paper.number.register_id, query="?nam=2026")


def test_a_long_paper_on_its_way_shows_progress():
    office = an_office()
    by = an_officer(office)
    table = {"dài": a_table(MOST_LINES_AT_ONCE + 1)}
    paper = a_draft(office, by=by, tables=table, text="{bảng dài}")
    client = as_user(by)

    asked = page(client, "paper_issue", paper.pk)
    today = timezone.localdate().isoformat()
    client.post(address("paper_issue", paper.pk), {"signed_on": today})
    whole = page(client, "paper", paper.pk)
    part = client.get(paper.get_absolute_url(), headers=HTMX).content.decode()
    stopped = client.post(address("paper_stop", paper.pk), follow=True).content.decode()

    assert "chế độ nền" in asked
    assert "Đang dựng văn bản" in whole
    assert "<html" in whole
    assert part.lstrip().startswith("<div")
    assert "Đã dừng phát hành" in stopped
    assert strangers(office)[0].post(address("paper_stop", paper.pk)).status_code == 404


def test_when_a_long_paper_is_done_its_page_is_opened():
    office = an_office()
    paper = an_issued(office)

    part = as_officer(office).get(paper.get_absolute_url(), headers=HTMX)

    assert part["HX-Redirect"] == paper.get_absolute_url()
