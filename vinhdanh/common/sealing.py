"""Secrets that the system must be able to read again, as they lie in the database: sealed.

The key is drawn from VINHDANH_SECRET_KEY, or the machine's own, and stands neither in the database
nor in a backup. Keys named in VINHDANH_SECRET_KEY_BEFORE open what they sealed, and seal nothing.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_MARK = "sealed:"


class LostKeyError(Exception):
    """The key with which it was sealed is not among those of this installation."""


def seal(secret: str) -> str:
    """The secret as it may lie in the database; another text each time."""
    return _MARK + _lock().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret. Raises LostKeyError, also for what was never sealed."""
    if not sealed.startswith(_MARK):
        raise LostKeyError
    try:
        return _lock().decrypt(sealed.removeprefix(_MARK)).decode()
    except InvalidToken:
        raise LostKeyError from None


def mark_of(key: str) -> str:
    """By what one knows a key again without knowing it: 16 hexadecimal digits."""
    return _drawn(key, b"vinhdanh mark of a key")[:8].hex()


def _lock() -> MultiFernet:
    return _lock_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _lock_of(keys: tuple[str, ...]) -> MultiFernet:
    drawn = (_drawn(key, b"vinhdanh sealed secrets") for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in drawn])


def _drawn(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
