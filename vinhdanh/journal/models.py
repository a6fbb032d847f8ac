from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models
from django.db.models.functions import Now

from vinhdanh.common.ids import new_id

Tracked = TypeVar("Tracked", bound=type[models.Model])


def tracked(
    *, fields: list[str] | None = None, exclude: list[str] | None = None
) -> Callable[[Tracked], Tracked]:
    """Keep what each row of the model was before every change and before its deletion.

    `fields` (all when None) without `exclude` are kept by a trigger of the database, so whoever
    changes the row is caught; a change of other fields leaves nothing. Who did it and from where
    stands in `pgh_context`, None outside of a request. The kept rows are never changed either.
    Read with `journal.queries.row_changes`. Rows entered leave nothing: bulk work costs as before.
    """

    def track(model: Tracked) -> Tracked:
        pghistory.track(
            pghistory.UpdateEvent(row=pghistory.Old),
            pghistory.DeleteEvent(),
            fields=fields,
            exclude=exclude,
            obj_field=pghistory.ObjForeignKey(related_name="+", related_query_name="+"),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,  # type: ignore[arg-type]  # as the library documents
            append_only=True,
            model_name=f"{model.__name__}Event",
            attrs={"pgh_id": models.BigAutoField(primary_key=True)},
        )(model)
        return model

    return track


class Line(models.Model):
    """One deed: who did what to which thing, when, from where. Never changed, never deleted.

    The actor and the thing are kept as they were called then, without foreign keys: the line
    outlives them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Told by the database, whose clock is one for all processes.
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor_id = models.UUIDField(null=True, db_index=True)
    actor_name = models.CharField(max_length=200)
    whence = models.CharField(max_length=100)
    deed = models.CharField(max_length=80, db_index=True)
    thing_kind = models.CharField(max_length=80)
    thing_id = models.UUIDField()
    thing_name = models.CharField(max_length=300)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["thing_kind", "thing_id", "-id"], name="line_thing")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.actor_name}: {self.deed} {self.thing_name}"


class Link(models.Model):
    """A line's place in the chain, forged by the database when its transaction commits.

    Numbers run from 1 without a gap. `digest` is the SHA-256 of the digest before it (`previous`,
    zeros for the first), the number and the line; so no line can be altered, taken out or moved
    without every later digest failing.
    """

    number = models.BigIntegerField(primary_key=True)
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="link")
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"
