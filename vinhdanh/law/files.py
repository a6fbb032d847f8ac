"""Reading a file of data as a pydantic model, and telling every mistake with file and line."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100
_LARGEST = 2**20
_SHOWN = 60
_plain = yaml.SafeLoader("")

_KINDS = {
    "str": "chữ",
    "int": "số nguyên",
    "float": "số",
    "finite": "số",
    "decimal": "số",
    "fraction": "phân số, như 2/3",
    "bool": "true hoặc false",
    "date": "ngày, như 2025-07-01",
    "list": "danh sách",
    "tuple": "danh sách",
    "dict": "các khóa và giá trị",
    "mapping": "các khóa và giá trị",
    "model": "các khóa và giá trị",
}

T = TypeVar("T")


class MalformedError(ValueError):
    """The file is not as its model says; the text is a line "path:line: sentence" a fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Lines:
    """Where in a file things stand, by their place in it: keys and numbers of items."""

    def __init__(self, root: yaml.Node) -> None:
        self._root = root

    def of(self, *place: str | int) -> int:
        """The line of the thing at the place, from 1; of what holds it where it is not written."""
        return _line(_at(self._root, place))


def read(path: Path, kind: type[T]) -> T:
    """What the YAML file says, as a `kind`: a model or a tuple of models.

    Raises MalformedError, with every fault found, for a file that cannot be read, a missing,
    unknown or repeated key, and a value of another type: nothing is converted.
    """
    return read_with_lines(path, kind)[0]


def read_with_lines(path: Path, kind: type[T]) -> tuple[T, Lines]:
    """As `read`, and where in the file things stand."""
    root = _composed(path)
    tree = _Tree()
    written = tree.plain(root)
    if tree.faults:
        raise _malformed(path, tree.faults)
    try:
        made = TypeAdapter(kind).validate_json(json.dumps(written), strict=True)
    except ValidationError as wrong:
        raise _malformed(path, _faults(root, wrong.errors(include_url=False))) from None
    return made, Lines(root)


def _malformed(path: Path, faults: Iterable[tuple[int, str]]) -> MalformedError:
    """Of faults by line, each told once."""
    return MalformedError(tuple(f"{path}:{line}: {what}" for line, what in sorted(set(faults))))


def _composed(path: Path) -> yaml.Node:
    try:
        if path.stat().st_size > _LARGEST:
            raise MalformedError((f"{path}:1: tệp quá lớn, tối đa 1 MB",))
        text = path.read_text(encoding="utf-8")
        # The composer goes down with the nesting, and with it the process.
        if _depth(text) > _DEEPEST:
            raise MalformedError((f"{path}:1: tệp lồng quá nhiều lớp",))
        root = yaml.compose(text, Loader=_Loader)
    except OSError:
        raise MalformedError((f"{path}:1: không đọc được tệp",)) from None
    except UnicodeDecodeError:
        raise MalformedError((f"{path}:1: tệp không phải là văn bản UTF-8",)) from None
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = mark.line + 1 if mark else 1
        raise MalformedError((f"{path}:{line}: không đúng cú pháp YAML",)) from None
    except yaml.YAMLError:
        raise MalformedError((f"{path}:1: không đúng cú pháp YAML",)) from None
    if root is None:
        raise MalformedError((f"{path}:1: tệp không có nội dung",))
    return root


def _depth(text: str) -> int:
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _DEEPEST:
                break
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return deepest


class _Tree:
    """The nodes of a file made plain for JSON; what JSON cannot hold is a fault."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, str]] = []
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node) -> Any:
        # A node met twice is a YAML alias, which may hold itself.
        if id(node) in self._seen:
            return self._fault(node, "không dùng tham chiếu (& và *) trong tệp này")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item) for item in node.value]
        try:
            value = _plain.construct_object(node)
        except (ValueError, yaml.YAMLError):
            return self._wrong(node)
        if isinstance(value, date):
            return value.isoformat()
        # A tag can make of a word what no file of data holds: bytes, a set.
        return value if value is None or isinstance(value, str | int | float) else self._wrong(node)

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "khóa phải là một từ")
            elif key.value in made:
                self._fault(key, f"khóa lặp lại “{key.value}”")
            else:
                made[key.value] = self.plain(value)
        return made

    def _wrong(self, node: yaml.Node) -> None:
        written = " ".join(str(node.value).split())
        shown = written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"
        self._fault(node, f"giá trị không hợp lệ “{shown}”")

    def _fault(self, node: yaml.Node, what: str) -> None:
        self.faults.append((_line(node), what))


def _faults(root: yaml.Node, errors: list[ErrorDetails]) -> Iterator[tuple[int, str]]:
    for error in errors:
        inner = (other["loc"][: len(error["loc"])] for other in errors if other is not error)
        # A list whose items are wrong is not also too short.
        if error["type"] != "too_short" or error["loc"] not in inner:
            yield _fault(root, error)


def _fault(root: yaml.Node, error: ErrorDetails) -> tuple[int, str]:
    *outer, last = [step for step in error["loc"] if step != "[key]"] or [""]
    node = _at(root, outer)
    if error["type"] == "missing":
        if isinstance(last, int):
            return _line(node), f"thiếu mục thứ {last + 1} ở “{_name(error['loc'])}”"
        return _line(node), f"thiếu khóa “{last}”"
    child = _child(node, last)
    if error["type"] == "extra_forbidden":
        return _line(child[0] if child else node), f"khóa lạ “{last}”"
    named = f" ở “{_name(error['loc'])}”" if error["loc"] else ""
    reason = _reason(error)
    return _line(child[1] if child else node), f"giá trị không hợp lệ{named}: {reason}"


def _at(node: yaml.Node, place: Iterable[str | int]) -> yaml.Node:
    """The node at a place that pydantic names; words of its own (tags of a union) are passed."""
    for step in place:
        if found := _child(node, step):
            node = found[1]
    return node


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    if (
        isinstance(node, yaml.SequenceNode)
        and isinstance(step, int)
        and 0 <= step < len(node.value)
    ):
        return node.value[step], node.value[step]
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _name(place: tuple[int | str, ...]) -> str:
    words = (step for step in reversed(place) if isinstance(step, str) and step != "[key]")
    return next(words, str(place[-1]))


def _reason(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    bounds = {
        "greater_than": "phải lớn hơn {gt}",
        "greater_than_equal": "phải từ {ge} trở lên",
        "less_than": "phải nhỏ hơn {lt}",
        "less_than_equal": "không được quá {le}",
        "literal_error": "phải là một trong các từ {expected}",
        "enum": "phải là một trong các từ {expected}",
        "string_pattern_mismatch": "phải viết theo mẫu {pattern}",
        "string_too_short": "không được để trống",
        "too_short": "cần ít nhất {min_length} mục",
        "too_long": "có tối đa {max_length} mục",
        "union_tag_invalid": "không có loại điều kiện “{tag}”",
        "union_tag_not_found": "phải có khóa criterion, all hoặc any",
        "value_error": "{error}",
    }
    if kind in bounds:
        return bounds[kind].format(**context).replace(" or ", ", ")
    return next(_wanted(kind), error["msg"])


def _wanted(kind: str) -> Iterator[str]:
    family = {"string": "str", "model_attributes": "model"}
    name = kind.removesuffix("_type").removesuffix("_parsing").removesuffix("_from_date")
    name = family.get(name, name.split("_")[0])
    if name in _KINDS:
        yield f"phải là {_KINDS[name]}"
