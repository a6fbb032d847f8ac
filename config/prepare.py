"""Bringing an installation up to date: tables, static files, translations, demonstration."""

from pathlib import Path

from django.conf import settings
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            if pending_migrations():
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    if with_demo:
        _demonstrate()


def pending_migrations() -> list[str]:
    """The migrations that this database has not had, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _demonstrate() -> None:
    from config import demo
    from vinhdanh.accounts.models import User

    if not User.objects.exists():
        demo.load(at=timezone.now())
