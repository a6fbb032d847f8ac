"""The signature on what is posted to another channel.

A post carries X-Vinhdanh-Id (the same for every attempt: by it a receiver knows what it already
has), X-Vinhdanh-Timestamp (seconds since 1970) and X-Vinhdanh-Signature: "sha256=" and the
HMAC-SHA256, in hexadecimal, of the timestamp, a full stop and the body as sent, with the channel's
secret. A receiver computes it again, compares in constant time, and refuses an old timestamp.
"""

import hashlib
import hmac
import secrets

MOST_SECONDS_OLD = 300
_PREFIX = "sha256="


def new_secret() -> str:
    """A secret for a channel: 43 signs that nobody guesses."""
    return secrets.token_urlsafe(32)


def sign(secret: str, *, timestamp: int, body: bytes) -> str:
    """The value of X-Vinhdanh-Signature."""
    signed = str(timestamp).encode() + b"." + body
    return _PREFIX + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def verify(secret: str, signature: str, *, timestamp: int, body: bytes, now: int) -> bool:
    """Whether the body was signed with the secret at `timestamp`, not long before or after `now`.

    All times in seconds since 1970.
    """
    if abs(now - timestamp) > MOST_SECONDS_OLD:
        return False
    expected = sign(secret, timestamp=timestamp, body=body)
    return hmac.compare_digest(expected.encode(), signature.encode())
