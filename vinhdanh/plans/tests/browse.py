"""Looking at the pages of plans as somebody, for tests."""

from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_user_with

HTMX = {"HX-Request": "true"}


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def an_officer(office: Unit) -> Client:
    """Somebody who runs the office's year."""
    return as_user(a_user_with(RoleHolding.Role.OFFICE, office))


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    """The text of a page that opens."""
    response = client.get(reverse(f"plans:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()
