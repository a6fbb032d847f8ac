"""A mail server and a channel to talk to, each in a thread of its own."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Sink:
    """Takes mail, unless `answer` says otherwise: to an address, its answer ("550 no such user").

    The answer "drop" hangs up instead, after the mail was given.
    """

    def __init__(self, answer: Callable[[str], str], *, seconds_each: float = 0) -> None:
        self.answer = answer
        self.seconds_each = seconds_each
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        answer = self.answer(address)
        if answer and answer != "drop":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        await asyncio.sleep(self.seconds_each / 2)
        self.mails.append(mail)
        await asyncio.sleep(self.seconds_each / 2)
        if self.answer(envelope.rcpt_tos[0]) == "drop":
            server.transport.abort()
        return "250 taken"

    @property
    def addresses(self) -> list[str]:
        """To whom mail came, in order."""
        return [mail["To"].addresses[0].addr_spec for mail in self.mails]


@contextlib.contextmanager
def mail_server(
    settings: Any, answer: Callable[[str], str] = lambda _address: "", *, seconds_each: float = 0
) -> Iterator[Sink]:
    """A mail server that the settings lead to while the block lasts."""
    sink = Sink(answer, seconds_each=seconds_each)
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Channel:
    """What was posted to a channel, as (headers, body), and its address."""

    def __init__(self) -> None:
        self.status = 200
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.url = ""


@contextlib.contextmanager
def channel() -> Iterator[Channel]:
    """A channel that answers with its status."""
    found = Channel()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.posts.append((dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", "/khac")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/nhan"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
