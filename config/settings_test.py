"""Settings of the tests: a database of their own, cheap passwords, plain static files."""

import os
from pathlib import Path

os.environ.setdefault("VINHDANH_VAR", str(Path(__file__).resolve().parent.parent / "var/test"))

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STORAGES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# One connection per thread, so that the test database can be dropped at the end.
DATABASES["default"]["OPTIONS"] = {}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR / "media"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
# WhiteNoise warns of a folder that is not there, and warnings are errors.
(VAR / "static").mkdir(parents=True, exist_ok=True)
