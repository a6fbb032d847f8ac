"""Moves the one successor of each unit, and what the row history kept of it, to rows of their own."""

from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError
from django.db.models import Count

# Where a kept row of a unit named a successor that the next one, or the unit itself, does not.
_KEPT = """
    INSERT INTO people_successionevent
        (pgh_created_at, pgh_label, pgh_context, id, pgh_obj_id, unit_id, successor_id)
    SELECT pgh_created_at, 'delete', pgh_context, key, key, pgh_obj_id, successor_id
    FROM (
        SELECT
            kept.*,
            gen_random_uuid() AS key,
            CASE
                WHEN lead(kept.pgh_id) OVER by_unit IS NULL THEN unit.successor_id
                ELSE lead(kept.successor_id) OVER by_unit
            END AS followed_by
        FROM people_unitevent kept
        LEFT JOIN people_unit unit ON unit.id = kept.pgh_obj_id
        WINDOW by_unit AS (PARTITION BY kept.pgh_obj_id ORDER BY kept.pgh_id)
    ) steps
    WHERE successor_id IS NOT NULL AND successor_id IS DISTINCT FROM followed_by
    ORDER BY pgh_id
"""


def move(apps, schema_editor):
    units, rows = apps.get_model("people", "Unit"), apps.get_model("people", "Succession")
    ended = units.objects.filter(successor__isnull=False).order_by("pk")
    rows.objects.bulk_create(
        rows(unit_id=unit, successor_id=successor)
        for unit, successor in ended.values_list("pk", "successor_id")
    )
    schema_editor.execute(_KEPT)


def move_back(apps, schema_editor):
    """Only while one column can hold it all: units of one successor, and no history of others."""
    units, rows = apps.get_model("people", "Unit"), apps.get_model("people", "Succession")
    several = rows.objects.values("unit").annotate(count=Count("pk")).filter(count__gt=1)
    if several.exists() or apps.get_model("people", "SuccessionEvent").objects.exists():
        raise IrreversibleError("Units have several successors, or had others before.")
    for unit, successor in rows.objects.values_list("unit_id", "successor_id"):
        units.objects.filter(pk=unit).update(successor_id=successor)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_successions'),
    ]

    operations = [migrations.RunPython(move, move_back)]
