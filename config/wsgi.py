"""What the web server runs."""

import contextlib
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from vinhdanh.law import store
from vinhdanh.law.files import MalformedError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
# Before the first page is asked for: on a busy machine either takes seconds.
get_resolver().url_patterns  # noqa: B018 (reading it loads every room's pages)
# Pages that need the law tell what is wrong with it; the others do without.
with contextlib.suppress(MalformedError):
    store.in_force()
