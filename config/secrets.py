"""The key with which sessions and links are signed."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def local_key(var: Path, *, public: bool) -> str:
    """The key of this machine, made once and kept under `var`.

    A public installation must be given one instead, so that its nodes share it.
    """
    if public:
        raise ImproperlyConfigured("VINHDANH_SECRET_KEY must be set on a public installation.")
    kept = var / "secret-key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()
