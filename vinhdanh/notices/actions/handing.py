"""The last step: to the mail server, and to another channel. Gives what became of it."""

import json
import re
import smtplib
from dataclasses import replace
from datetime import datetime
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Any, Self

import requests
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.template.loader import render_to_string

from vinhdanh.common.sealing import LostKeyError
from vinhdanh.notices.models import Delivery, Hook
from vinhdanh.notices.rules import outcome as rules
from vinhdanh.notices.rules.outcome import MOST_SAID, Outcome
from vinhdanh.notices.rules.signing import sign
from vinhdanh.notices.rules.telling import shorten

_NAMED = re.compile(r"[<(\"']*[^\s<>]+@[^\s<>]+[>)\"':;,.]*")
# Longer than a busy server takes to answer one command; seconds.
_MAIL_TIMEOUT, _POST_TIMEOUT = 20, 10


class MailServer:
    """The connection to the mail server, opened before anything is handed over."""

    def __init__(self) -> None:
        self.backend: Any = get_connection(timeout=_MAIL_TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def reach(self) -> Outcome | None:
        """Make sure that the server listens; what is wrong when it does not."""
        if not self._listens():
            self._hang_up()
        try:
            self.backend.open()
        except smtplib.SMTPAuthenticationError as error:
            said = f"{error.smtp_code} {_said(error.smtp_error)}"
            return replace(rules.NOT_LET_IN, said=said)
        except (OSError, smtplib.SMTPException):
            return rules.NO_MAIL_SERVER
        return None

    def send(self, delivery: Delivery) -> Outcome:
        """Hand one mail over."""
        if not _is_address(delivery.address):
            return rules.BAD_ADDRESS
        try:
            mail = message(delivery)
        except FileNotFoundError:
            return rules.NO_ATTACHMENT
        try:
            self.backend.send_messages([mail])
        except (OSError, smtplib.SMTPException) as error:
            outcome = _refusal(error)
            if outcome is rules.BROKE_OFF:
                self._hang_up()
            return outcome
        return rules.SENT

    def _listens(self) -> bool:
        server = getattr(self.backend, "connection", None)
        if server is None:
            return True
        try:
            code, _words = server.noop()
        except (OSError, smtplib.SMTPException):
            return False
        return bool(code < 400)

    def _hang_up(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None


def message(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail as it leaves, with the same Message-ID however often it does.

    Raises FileNotFoundError when an attachment is not in the store.
    """
    own_domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    mail = EmailMultiAlternatives(
        subject=shorten(delivery.subject, 300),
        body=delivery.text,
        to=[formataddr((shorten(delivery.name, 200), delivery.address))],
        headers={
            "Message-ID": f"<{delivery.pk}@{own_domain or 'localhost'}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    shown = {"delivery": delivery, "subject": mail.subject}
    html = delivery.html or render_to_string("notices/mail/letter.html", shown)
    mail.attach_alternative(html, "text/html")
    for attachment in delivery.attachments:
        if "text" in attachment:
            # Some programs read a calendar file only beside the words, others only as a file.
            mail.attach_alternative(attachment["text"], attachment["type"])
            mail.attach(attachment["name"], attachment["text"].encode(), "application/ics")
        else:
            with default_storage.open(attachment["place"], "rb") as stored:
                mail.attach(attachment["name"], stored.read(), attachment["type"])
    return mail


def post(delivery: Delivery, hook: Hook, *, at: datetime) -> Outcome:
    """Post one message to a channel, signed; no redirect is followed, the answer is not kept."""
    body = json.dumps(
        {"id": str(delivery.pk), **json.loads(delivery.text)}, ensure_ascii=False
    ).encode()
    timestamp = int(at.timestamp())
    try:
        signature = sign(hook.secret, timestamp=timestamp, body=body)
    except LostKeyError:
        return rules.NO_SECRET
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "VinhDanh",
        "X-Vinhdanh-Id": str(delivery.pk),
        "X-Vinhdanh-Timestamp": str(timestamp),
        "X-Vinhdanh-Signature": signature,
    }
    try:
        with requests.post(
            hook.url,
            data=body,
            headers=headers,
            timeout=_POST_TIMEOUT,
            allow_redirects=False,
            stream=True,
        ) as answer:
            return rules.answered(answer.status_code)
    except ValueError:  # what every part of the client raises for an address that is none
        return rules.BAD_CHANNEL
    except requests.RequestException:
        return rules.NO_CHANNEL


def _refusal(error: Exception) -> Outcome:
    """What the server said no to; where it said nothing, the mail may or may not have left."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return rules.refused_recipient(code, _said(said))
    if isinstance(error, smtplib.SMTPSenderRefused):
        return rules.refused_sender(error.smtp_code, _said(error.smtp_error))
    if isinstance(error, smtplib.SMTPResponseException):
        return rules.refused_content(error.smtp_code, _said(error.smtp_error))
    return rules.BROKE_OFF


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.isascii()


def _said(words: bytes | str) -> str:
    """What the server answered, on one line, without the addresses that it names: more people read
    the log than see addresses."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return shorten(_NAMED.sub("…", text[:2_000]), MOST_SAID)
