"""The demonstration: who may log in, and what they find."""

from datetime import date

PASSWORD = "vinh-danh-2026"  # noqa: S105 (printed for everybody who starts the demonstration)
# Account, password, and who that is.
LOG_INS = [("quantri", PASSWORD, "Quản trị hệ thống")]


def load(*, on: date) -> None:
    """Fill an empty installation as it would stand on a day."""
    from vinhdanh.accounts.models import User

    for username, password, who in LOG_INS:
        User.objects.create_user(username=username, password=password, name=who)
