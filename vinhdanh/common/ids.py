"""Primary keys."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, UUIDField, Value
from django.db.models.expressions import BaseExpression
from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A UUIDv7: keys made later sort later, so that indexes stay compact."""
    return uuid7()


def is_key(text: str) -> bool:
    """Whether a text from outside is a primary key as addresses and forms write it."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def any_of(name: str, keys: Iterable[uuid.UUID] | BaseExpression) -> Q:
    """What `Q(<name>__in=keys)` says, with all the keys as one value: a thousand of them are put
    into words many times quicker, and those of a query are gathered before anything else.

    An expression gives them as an array.
    """
    if isinstance(keys, BaseExpression):
        listed: Any = keys
    else:
        listed = Value(list(keys), output_field=ArrayField(UUIDField()))
    return Q(
        Func(
            F(name),
            listed,
            template="(%(expressions)s))",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
    )
