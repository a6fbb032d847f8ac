"""Primary keys."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A UUIDv7: keys made later sort later, so that indexes stay compact."""
    return uuid7()


def is_key(text: str) -> bool:
    """Whether a text from outside is a primary key as addresses and forms write it."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
