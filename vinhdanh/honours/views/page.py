"""What the pages of the register have in common."""

from django.http import HttpRequest

from vinhdanh.accounts.models import User

PER_PAGE = 25


def user_of(request: HttpRequest) -> User:
    """The user; log-in is required by middleware."""
    assert isinstance(request.user, User)
    return request.user
