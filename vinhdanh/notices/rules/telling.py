"""What other rooms hand in to be told or sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Telling:
    """Something that one person is told in the application, and over the office's other channels.

    `kind` is one of Message.Kind. The same person is told the same `key` once. `points` are what
    a reminder consists of: a point that was not told before makes it unread again. `url` is a
    path within the application. `office_id` is the topmost unit of the office whose channels pass
    it on; None: none does.
    """

    user_id: UUID
    kind: str
    key: str
    title: str
    text: str = ""
    url: str = ""
    points: Sequence[str] = ()
    office_id: UUID | None = None


@dataclass(frozen=True)
class Mail:
    """One e-mail to one address; the same `key` is queued once.

    `html` empty: made from `text`. `office_id` is the topmost unit of the office in whose log it
    stands, `batch_id` what it is part of. An attachment is {"name", "type", "place" in the store
    of files} or, for a calendar file, {"name", "type", "text"} with the type
    "text/calendar; method=REQUEST" when it asks for an answer. `not_before` None: at once. It never
    leaves in the quiet hours of `user_id`, whatever was asked for.
    """

    key: str
    address: str
    name: str
    subject: str
    text: str
    html: str = ""
    user_id: UUID | None = None
    office_id: UUID | None = None
    batch_id: UUID | None = None
    attachments: Sequence[Mapping[str, str]] = ()
    not_before: datetime | None = None


def shorten(text: str, most: int) -> str:
    """The text on one line, at most `most` signs long; what is cut off is marked with "…"."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
