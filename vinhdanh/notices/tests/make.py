"""Notices for tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from vinhdanh.common.ids import new_id
from vinhdanh.notices.models import Delivery, Hook, Message, Preference
from vinhdanh.notices.rules import Mail, Telling

# A working Wednesday, 09:00 in Viet Nam.
AT = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)

_numbers = count(1)


def a_user(**fields: Any) -> AbstractUser:
    """An open account with an address; the rooms below it know no more of accounts."""
    number = next(_numbers)
    ordinary = {
        "username": f"can-bo-{number}",
        "name": f"Trần Thị Thử {number}",
        "email": f"can-bo-{number}@example.vn",
    }
    return get_user_model().objects.create_user(**{**ordinary, **fields})


def a_telling(user: AbstractUser, **fields: Any) -> Telling:
    """The office's answer to the user."""
    number = next(_numbers)
    ordinary = {
        "kind": "answer",
        "key": f"answer:{number}",
        "title": f"Báo cáo {number} được trả lại",
        "text": "Thiếu biên bản họp.",
        "url": "/ke-hoach/",
    }
    return Telling(user_id=user.pk, **{**ordinary, **fields})


def a_message(user: AbstractUser, **fields: Any) -> Message:
    """An unread message."""
    number = next(_numbers)
    ordinary = {
        "kind": "answer",
        "key": f"answer:{number}",
        "title": f"Báo cáo {number} được trả lại",
        "created_at": AT,
    }
    return Message.objects.create(user=user, **{**ordinary, **fields})


def a_mail(**fields: Any) -> Mail:
    """A mail to somebody outside."""
    number = next(_numbers)
    ordinary = {
        "key": f"mailing:{number}",
        "address": f"don-vi-{number}@example.vn",
        "name": f"Đơn vị {number}",
        "subject": "Đôn đốc báo cáo",
        "text": "Đề nghị đơn vị báo cáo.\nTrân trọng.",
    }
    return Mail(**{**ordinary, **fields})


def a_delivery(**fields: Any) -> Delivery:
    """A mail that waits."""
    number = next(_numbers)
    ordinary = {
        "channel": "mail",
        "key": f"mailing:{number}",
        "name": f"Đơn vị {number}",
        "address": f"don-vi-{number}@example.vn",
        "subject": "Đôn đốc báo cáo",
        "text": "Đề nghị đơn vị báo cáo.",
        "not_before": AT,
        "created_at": AT,
    }
    return Delivery.objects.create(**{**ordinary, **fields})


def a_hook(**fields: Any) -> Hook:
    """A channel in use that takes the office's answers."""
    ordinary = {
        "office_id": new_id(),
        "name": "Nhóm trao đổi của Sở",
        "url": "http://127.0.0.1:9/nhan",
        "secret": "bi-mat-cua-kenh",
        "kinds": ["answer"],
        "created_at": AT,
    }
    return Hook.objects.create(**{**ordinary, **fields})


def a_preference(user: AbstractUser, **fields: Any) -> Preference:
    """What somebody chose."""
    return Preference.objects.create(user=user, **fields)
