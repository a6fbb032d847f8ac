"""What a user name and a one-time password look like."""

import re
import secrets

# Without letters and digits that are taken for one another when a password is read aloud.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,99}")


def tidy_username(typed: str) -> str:
    """The user name as kept: small letters, nothing around it."""
    return typed.strip().lower()


def is_username(text: str) -> bool:
    """Whether the text is 2 to 100 small letters without accents, digits, and . _ - inside.

    No "@": what has one is taken for an e-mail address when somebody logs in.
    """
    return _USERNAME.fullmatch(text) is not None


def one_time_password() -> str:
    """Such as "k7mq-2xhd-9fpt-w3ca": 79 bits nobody guesses, easy to read out."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
