"""Looking at the pages of the outbox as somebody, for tests."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.secretariat.actions import mailings as actions
from vinhdanh.secretariat.tests.make_mailings import (
    AT,
    House,
    a_file,
    a_hook,
    an_invitation,
)


class Shown(House):
    """The house with one mailing waiting, one released, a delivery and a channel."""

    def __init__(self) -> None:
        super().__init__()
        self.file = a_file(self.officer)
        self.waiting = self.mailing(files=[self.file], subject="Đôn đốc báo cáo quý I")
        self.released = an_invitation(self.office, by=self.officer, files=[self.file])
        actions.release(self.released, by=self.officer, at=AT)
        self.hook = a_hook(self.office)


def as_user(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page(user, name, /, *args, **query):
    return as_user(user).get(reverse(f"secretariat:{name}", args=args), query)


def send(user, name, /, *args, query="", **fields):
    address = reverse(f"secretariat:{name}", args=args) + query
    return as_user(user).post(address, fields)


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def said(answer) -> list[str]:
    """The messages that the page shows on which one lands."""
    page = answer.client.get(answer["Location"]) if answer.status_code == 302 else answer
    alerts = re.findall(r'class="alert[^>]*>.*?<div>(.*?)</div>', page.content.decode(), re.DOTALL)
    return [" ".join(alert.split()) for alert in alerts]


def cost(user, address) -> int:
    client = as_user(user)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
