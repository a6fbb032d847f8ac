"""What was in a column before lies in rows of its own afterwards, and comes back where it fits."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from vinhdanh.common.ids import new_id

BEFORE, AFTER = ("people", "0004_take_in_by_a_job"), ("people", "0007_drop_successor")


def migrate(*targets: tuple[str, str]) -> Apps:
    """Bring the database to the targets; the models of then."""
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets)).apps


def a_unit(apps: Apps, **fields: Any) -> Any:
    pk = new_id()
    return apps.get_model("people", "Unit").objects.create(
        id=pk, path=f"{pk}/", name="Phòng Cũ", kind="office", **fields
    )


@pytest.fixture
def then(transactional_db: None) -> Iterator[Apps]:
    """The models of when a unit had one successor; everything is migrated anew afterwards."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        yield migrate(BEFORE)
    finally:
        migrate(*leaves)


def test_successors_and_what_was_kept_of_them_move_to_rows(then):
    heir, other = a_unit(then), a_unit(then)
    merged = a_unit(then, successor=other, ending="merged")
    a_unit(then)
    merged.successor = heir
    merged.save()
    merged.name = "Phòng Văn hóa"
    merged.save()

    now = migrate(AFTER)

    rows = now.get_model("people", "Succession").objects.values_list("unit", "successor")
    assert list(rows) == [(merged.pk, heir.pk)]
    kept = now.get_model("people", "SuccessionEvent").objects
    assert list(kept.values_list("pgh_label", "unit", "successor")) == [
        ("delete", merged.pk, other.pk)
    ]
    with pytest.raises(IrreversibleError):
        migrate(BEFORE)


def test_one_successor_goes_back_into_the_column_and_several_do_not(then):
    heir, other = a_unit(then), a_unit(then)
    merged = a_unit(then, successor=heir, ending="merged")
    migrate(AFTER)

    back = migrate(BEFORE)
    assert back.get_model("people", "Unit").objects.get(pk=merged.pk).successor_id == heir.pk

    rows = migrate(AFTER).get_model("people", "Succession").objects
    rows.create(unit_id=merged.pk, successor_id=other.pk)
    with pytest.raises(IrreversibleError):
        migrate(BEFORE)
