"""Quiet hours, waiting after a failure, signatures, and what a server's answer means."""

from datetime import datetime, time, timedelta

import pytest

from vinhdanh.notices.rules import backoff, outcome, quiet, signing
from vinhdanh.notices.rules.telling import shorten

EVENING, MORNING = time(20), time(6, 30)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (time(19, 59), False),
        (time(20), True),
        (time(23, 59), True),
        (time(0), True),
        (time(6, 29), True),
        (time(6, 30), False),
    ],
)
def test_quiet_hours_span_midnight(now, expected):
    assert quiet.is_quiet(now, quiet_from=EVENING, quiet_until=MORNING) is expected


def test_quiet_hours_within_a_day_and_none_at_all():
    noon = {"quiet_from": time(11, 30), "quiet_until": time(13, 30)}

    assert [quiet.is_quiet(time(hour), **noon) for hour in (11, 12, 14)] == [False, True, False]
    assert not quiet.is_quiet(time(0), quiet_from=time(0), quiet_until=time(0))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 11, 9, 0, 5), datetime(2026, 3, 11, 9, 0, 5)),
        (datetime(2026, 3, 11, 21, 15, 5), datetime(2026, 3, 12, 6, 30)),
        (datetime(2026, 3, 11, 5, 15, 5), datetime(2026, 3, 11, 6, 30)),
        (datetime(2026, 12, 31, 23, 0), datetime(2027, 1, 1, 6, 30)),
    ],
)
def test_what_falls_in_quiet_hours_waits_for_their_end(at, expected):
    assert quiet.after_quiet(at, quiet_from=EVENING, quiet_until=MORNING) == expected


def test_the_waits_grow_and_the_sixth_failure_is_the_last():
    waits = [backoff.delay(attempts) for attempts in range(1, 8)]

    assert waits == [*(timedelta(minutes=m) for m in (1, 5, 15, 60, 240)), None, None]


def test_a_signature_holds_for_its_secret_its_body_and_its_time():
    body = '{"title": "Nhắc việc"}'.encode()
    signature = signing.sign("bí mật", timestamp=1_700_000_000, body=body)

    def holds(secret="bí mật", body=body, timestamp=1_700_000_000, now=1_700_000_010):
        return signing.verify(secret, signature, timestamp=timestamp, body=body, now=now)

    assert holds()
    assert not holds(secret="khác")
    assert not holds(body=body + b" ")
    assert not holds(timestamp=1_700_000_001)
    assert not holds(now=1_700_000_301)


def test_the_signature_is_the_one_that_is_described():
    # Computed with: printf '12.{}' | openssl dgst -sha256 -hmac k
    expected = "sha256=ec1ceb64e9d1e0dbe6a67a72bc67456b853bc92a80adb39414059e96aea60b97"

    assert signing.sign("k", timestamp=12, body=b"{}") == expected


def test_secrets_differ_and_are_long():
    secrets = {signing.new_secret() for _number in range(50)}

    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {43}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "sent"),
        (204, "sent"),
        (301, "waiting"),
        (400, "failed"),
        (404, "failed"),
        (408, "waiting"),
        (410, "failed"),
        (429, "waiting"),
        (500, "waiting"),
        (503, "waiting"),
    ],
)
def test_what_the_answer_of_a_channel_means(status, state):
    assert outcome.answered(status).state == state


def test_a_mail_servers_no_is_for_good_or_for_now():
    assert outcome.refused_recipient(550, "no such user").state == "failed"
    assert outcome.refused_recipient(450, "greylisted") == outcome.Outcome(
        "waiting", "Máy chủ thư đang bận.", "450 greylisted"
    )


def test_a_long_title_is_cut_on_one_line():
    assert shorten("Đôn đốc\r\nBcc: ke-gian@example.vn", 300) == ("Đôn đốc Bcc: ke-gian@example.vn")
    assert shorten("một hai ba", 8) == "một hai…"
