"""Named fields in a text: "{đơn vị nhận}", and places for tables: "{bảng tiến độ}" on a line of
its own."""

import re
from collections.abc import Iterable, Mapping

from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop as _
from vinhdanh.common.vietnamese import squeeze

UNKNOWN_FIELDS = _(
    "Nội dung có trường chưa biết điền gì: {names}. Hãy sửa tên trường cho đúng hoặc bỏ trường đó."
)

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_TABLE = re.compile(r"bảng\s+(.+)", re.IGNORECASE)


def names(text: str) -> list[str]:
    """The fields of the text, each once, in the order of first use; tables left out."""
    found = [name for name, table in _places(text) if not table]
    return list(dict.fromkeys(found))


def table_names(text: str) -> list[str]:
    """The tables of the text ("tiến độ" of "{bảng tiến độ}"), each once, in order."""
    return list(dict.fromkeys(table for _name, table in _places(text) if table))


def table_of(line: str) -> str:
    """The name of the table a line stands for; "" when it stands for none."""
    found = _FIELD.fullmatch(line.strip())
    return _table(found[1]) if found else ""


def fill(text: str, values: Mapping[str, str], *, tables: Iterable[str] = ()) -> str:
    """The text with each field's value in its place; "{bảng …}" stays, for `text.parse`.

    A value is put in as it is: braces in it mean nothing here. Raises Refused, with their names,
    for fields without a value and, when `tables` are named, for tables not among them.
    """
    known = {squeeze(name) for name in tables}
    values = {squeeze(name): value for name, value in values.items()}
    missing = [name for name in names(text) if name not in values]
    if known:
        missing += [f"bảng {table}" for table in table_names(text) if table not in known]
    if missing:
        raise Refused(UNKNOWN_FIELDS.format(names=", ".join(f"{{{name}}}" for name in missing)))

    def value(found: re.Match[str]) -> str:
        name = squeeze(found[1])
        return values[name] if name and not _table(name) else found[0]

    return _FIELD.sub(value, text)


def _places(text: str) -> list[tuple[str, str]]:
    """Each field as (name, name of the table or "")."""
    found = [squeeze(name) for name in _FIELD.findall(text)]
    return [(name, _table(name)) for name in found if name]


def _table(name: str) -> str:
    found = _TABLE.fullmatch(squeeze(name))
    return found[1] if found else ""
