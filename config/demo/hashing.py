"""Passwords of the demonstration: printed for everybody, so not worth a second each to make."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Same kind of hash, fewer rounds; Django makes it strong when its owner first logs in."""

    iterations = 1_000
