"""Primary keys."""

import uuid

from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A UUIDv7: keys made later sort later, so that indexes stay compact."""
    return uuid7()
