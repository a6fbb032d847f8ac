"""Looking at the pages of the secretariat as somebody, for tests."""

from django.test import Client
from django.urls import reverse

from vinhdanh.accounts.models import User
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.tests.make import a_unit, a_user_with
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
    response = client.get(address(name, *args) + query)
    assert response.status_code == 200, response
    return response.content.decode()


def address(name: str, *args: object) -> str:
    """The address of a page of the secretariat."""
    return reverse(f"secretariat:{name}", args=args)


def strangers(office: Unit) -> list[Client]:
    """A clerk and a head of a unit of the office, the office of another one, and nobody much."""
    unit = a_unit(office)
    return [
        as_user(a_user_with(RoleHolding.Role.CLERK, unit)),
        as_user(a_user_with(RoleHolding.Role.HEAD, unit)),
        as_officer(a_unit()),
        as_user(a_user_with(RoleHolding.Role.JUDGE, office)),
    ]
