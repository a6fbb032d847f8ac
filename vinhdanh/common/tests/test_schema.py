import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from vinhdanh.common.schema import AtOnce

TABLES = ["common_garden", "common_tree"]


@pytest.mark.django_db
def test_tables_made_at_once_can_be_taken_back():
    operation = AtOnce(
        operations=[
            migrations.CreateModel("Garden", [("id", models.AutoField(primary_key=True))]),
            migrations.CreateModel(
                "Tree",
                [
                    ("id", models.AutoField(primary_key=True)),
                    ("garden", models.ForeignKey("common.Garden", models.CASCADE)),
                ],
            ),
        ]
    )
    before = ProjectState()
    after = before.clone()
    operation.state_forwards("common", after)

    with connection.schema_editor() as editor:
        operation.database_forwards("common", editor, before, after)
    assert _tables() == TABLES
    assert operation.describe() == "Create model Garden; Create model Tree"

    with connection.schema_editor() as editor:
        operation.database_backwards("common", editor, after, before)
    assert _tables() == []


def _tables() -> list[str]:
    return sorted(set(TABLES) & set(connection.introspection.table_names()))
