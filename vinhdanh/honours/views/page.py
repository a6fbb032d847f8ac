"""What the pages of the register have in common."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from vinhdanh.accounts.models import User
from vinhdanh.documents.models import Export
from vinhdanh.people import access as people

PER_PAGE = 25


def user_of(request: HttpRequest) -> User:
    """The user; log-in is required by middleware."""
    assert isinstance(request.user, User)
    return request.user


def entitlement(user: User, *, on: date) -> list[str]:
    """The roles by which the user sees what they see, each with its unit; as an `Export` holds."""
    held = people.holdings(user, on=on).order_by().values_list("role", "unit")
    return sorted(f"{role} {unit}" for role, unit in held)


def still_entitled(export: Export) -> bool:
    """Whether who asked has an open account and every role that they had when they asked."""
    user = export.asked_by
    return user.is_active and set(export.held) <= set(entitlement(user, on=timezone.localdate()))
