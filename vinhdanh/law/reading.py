"""Reading a file of law data into frozen dataclasses, and saying where a mistake stands."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

DATA = Path(__file__).resolve().parent / "data"
# A word of Python cannot be the name of a field.
NAMES = {"since": "from"}

T = TypeVar("T")


class MalformedError(ValueError):
    """The file is not as its dataclass says; the text begins with file and line."""


def read(path: Path, kind: type[T]) -> tuple[T, ...]:
    """The versions in the file, one `kind` each, in the order of the file.

    A key of the file is a field of the dataclass ("from" is the field `since`). Lists become
    tuples, mappings read-only mappings. Raises MalformedError for a missing, unknown or repeated
    key and for a value of another type.
    """
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if root is None:
        raise MalformedError(f"{path}:1: nothing in the file")
    found: tuple[T, ...] = _value(root, tuple[kind, ...], path)  # type: ignore[valid-type]
    return found


def _value(node: yaml.Node, kind: Any, path: Path) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record(node, kind, path)
    if origin is tuple:
        if not isinstance(node, yaml.SequenceNode):
            raise _malformed(node, path, "a list is wanted here")
        kinds = [inside[0]] * len(node.value) if inside[-1] is ... else list(inside)
        if len(kinds) != len(node.value):
            raise _malformed(node, path, f"{len(kinds)} values are wanted here")
        return tuple(_value(item, of, path) for item, of in zip(node.value, kinds, strict=True))
    if origin is Mapping:
        entries = _entries(node, path).items()
        return MappingProxyType({key: _value(item, inside[1], path) for key, item in entries})
    return _plain(node, kind, path)


def _record(node: yaml.Node, kind: Any, path: Path) -> Any:
    entries, hints = _entries(node, path), get_type_hints(kind)
    names = {NAMES.get(field.name, field.name): field.name for field in dataclasses.fields(kind)}
    for key, item in entries.items():
        if key not in names:
            raise _malformed(item, path, f"unknown key {key!r}")
    if missing := [key for key in names if key not in entries]:
        raise _malformed(node, path, f"missing key {missing[0]!r}")
    return kind(
        **{names[key]: _value(item, hints[names[key]], path) for key, item in entries.items()}
    )


def _entries(node: yaml.Node, path: Path) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _malformed(node, path, "keys and values are wanted here")
    entries: dict[str, yaml.Node] = {}
    for key, item in node.value:
        if key.value in entries:
            raise _malformed(key, path, f"key {key.value!r} stands twice")
        entries[key.value] = item
    return entries


def _plain(node: yaml.Node, kind: Any, path: Path) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        raise _malformed(node, path, f"a value is wanted here ({kind.__name__})")
    made = yaml.SafeLoader("").construct_object(node)
    if kind is float and type(made) is int:
        made = float(made)
    if type(made) is not kind or kind not in (str, int, float, bool, date):
        raise _malformed(node, path, f"{node.value!r} is not of the type {kind.__name__}")
    return made


def _malformed(node: yaml.Node, path: Path, what: str) -> MalformedError:
    return MalformedError(f"{path}:{node.start_mark.line + 1}: {what}")
