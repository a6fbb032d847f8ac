"""What a user name, a one-time password and a private address look like."""

import hashlib
import re
import secrets

# Without letters and digits that are taken for one another when a password is read aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
# Where a session keeps the language chosen before logging in.
CHOSEN_LANGUAGE = "language"
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,99}")


def tidy_username(typed: str) -> str:
    """The user name as kept: small letters, nothing around it."""
    return typed.strip().lower()


def is_username(text: str) -> bool:
    """Whether the text is 2 to 100 small letters without accents, digits, and . _ - inside.

    No "@": what has one is taken for an e-mail address when somebody logs in.
    """
    return _USERNAME.fullmatch(text) is not None


def one_time_password(number: int | None = None) -> str:
    """Such as "k7mq-2xhd-9fpt-w3ca": 79 bits nobody guesses, easy to read out.

    The same for the same `number`, of at least 128 random bits; None: another each time.
    """
    left = secrets.randbits(256) if number is None else number
    letters = ""
    for _ in range(_GROUPS * _GROUP):
        left, place = divmod(left, len(_ALPHABET))
        letters += _ALPHABET[place]
    return "-".join(letters[first : first + _GROUP] for first in range(0, len(letters), _GROUP))


def feed_token() -> str:
    """What nobody guesses: 32 random bytes, in letters that stand in an address."""
    return secrets.token_urlsafe(32)


def feed_digest(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot read the calendar with it."""
    return hashlib.sha256(token.encode()).hexdigest()
