"""Bringing an installation up to date: tables, static files, translations, demonstration."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

# Any number, the same on all nodes: one of them migrates, the others wait.
_MIGRATION_LOCK = 7_202_601


def prepare(*, with_demo: bool) -> None:
    """Create or upgrade the tables, collect the static files, load the demonstration if asked.

    Costs little when there is nothing to do. Several nodes may do it at once.
    """
    upgrade_tables()
    collect_static()
    if with_demo:
        _demonstrate()


def upgrade_tables() -> None:
    """Create or upgrade the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            if pending_migrations():
                call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])


def collect_static() -> None:
    """Collect the static files when they are not those collected last; needs no database."""
    folder = Path(settings.STATIC_ROOT)
    stamp, sources = folder / "collected", _static_sources()
    if stamp.exists() and stamp.read_text() == sources:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(sources)


def pending_migrations() -> list[str]:
    """The migrations that this database has not had, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _static_sources() -> str:
    """A sum over names and contents of everything to be collected."""
    known = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                known.update(f"{path}\0".encode() + file.read())
    return known.hexdigest()


def _demonstrate() -> None:
    from config import demo
    from vinhdanh.accounts.models import User

    if not User.objects.exists():
        demo.load(at=timezone.now())
