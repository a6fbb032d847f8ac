"""Accounts for tests."""

from itertools import count
from typing import Any

from vinhdanh.accounts.models import User

PASSWORD = "mat-khau-du-dai-2026"

_numbers = count(1)


def a_user(**fields: Any) -> User:
    """An ordinary open account that logs in with PASSWORD; `password` gives it another."""
    number = next(_numbers)
    ordinary = {
        "username": f"nguoi-dung-{number}",
        "name": f"Nguyễn Văn Thử {number}",
        "email": f"nguoi-dung-{number}@example.vn",
        "password": PASSWORD,
    }
    return User.objects.create_user(**{**ordinary, **fields})
