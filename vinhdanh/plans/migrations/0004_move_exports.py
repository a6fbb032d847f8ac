from django.db import migrations

_KIND = "plan lines"
_SAME = ("id", "query", "on", "language", "line_count", "written_count", "asked_at")


def move(apps, schema_editor):
    """Those that are ready go where all rooms keep them; what was still being written is asked
    for again."""
    exports = apps.get_model("documents", "Export").objects
    for old in apps.get_model("plans", "Export").objects.filter(file__isnull=False):
        same = {name: getattr(old, name) for name in _SAME}
        exports.create(
            kind=_KIND, about=old.plan_id, file_id=old.file_id, asked_by_id=old.asked_by_id, **same
        )


def move_back(apps, schema_editor):
    own = apps.get_model("plans", "Export").objects
    moved = apps.get_model("documents", "Export").objects.filter(kind=_KIND)
    for export in moved.filter(file__isnull=False):
        same = {name: getattr(export, name) for name in _SAME}
        own.create(
            plan_id=export.about, file_id=export.file_id, asked_by_id=export.asked_by_id, **same
        )
    moved.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_keep_exports"),
        ("plans", "0003_row_history"),
    ]

    operations = [migrations.RunPython(move, move_back)]
