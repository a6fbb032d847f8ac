"""Looking at the pages of the secretariat as somebody, for tests."""

from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.tests.make import an_officer

HTMX = {"HX-Request": "true"}


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_officer(office: Unit) -> Client:
    """Somebody who runs the office."""
    return as_user(an_officer(office))


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    """The text of a page that opens."""
    response = client.get(reverse(f"secretariat:{name}", args=args) + query)
    assert response.status_code == 200, response
    return response.content.decode()
