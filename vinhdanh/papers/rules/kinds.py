"""The kinds of papers an office writes here, and how their numbers and signs are written.

Source: Nghị định 30/2020/NĐ-CP, Điều 7, Điều 15; Phụ lục III.
"""

from dataclasses import dataclass

from vinhdanh.common.vietnamese import gettext_noop as _
from vinhdanh.law import papers as law

# Blanks that no line break takes away: where a number or a day will be written.
BLANK = "\u00a0" * 5


@dataclass(frozen=True)
class Kind:
    """A kind: "Kế hoạch", printed as "KẾ HOẠCH", abbreviated "KH".

    An official letter (công văn) has neither heading nor abbreviation. `greeting` stands before the
    addressees. Minutes name no place and day at their head (Phụ lục III, Mẫu 1.9): `is_dated`.
    """

    code: str
    name: str
    heading: str
    abbreviation: str
    greeting: str = "Kính gửi:"
    is_dated: bool = True


def _kind(code: str, name: str, *, has_heading: bool = True, **others: object) -> Kind:
    abbreviations = {kind.name: kind.abbreviation for kind in law.layout(None).kinds}
    heading = name.upper() if has_heading else ""
    return Kind(code, name, heading, abbreviations[name], **others)  # type: ignore[arg-type]


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        _kind("plan", _("Kế hoạch")),
        _kind("letter", _("Công văn"), has_heading=False),
        _kind("report", _("Báo cáo")),
        _kind("notice", _("Thông báo")),
        # Phụ lục III, Mẫu 1.7.
        _kind("invitation", _("Giấy mời"), greeting="Trân trọng kính mời:"),
        _kind("minutes", _("Biên bản"), is_dated=False),
        _kind("decision", _("Quyết định")),
        _kind("proposal", _("Tờ trình")),
    )
}


def sign(kind: str, code: str, drafting_code: str = "") -> str:
    """What follows the number: "KH-SVHTT"; of a letter "SVHTT-VP", or "SVHTT" when the office has
    no code for who drafts."""
    abbreviation = KINDS[kind].abbreviation
    parts = [abbreviation, code] if abbreviation else [code, drafting_code]
    return "-".join(part for part in parts if part)


def number_text(kind: str, number: int | None, sign: str) -> str:
    """The number with its sign, "05/KH-SVHTT"; a blank place before the stroke while it is None.

    Every kind of `KINDS` writes its number alike.
    """
    padded_below = law.layout(None).numbering.numbers_padded_below
    if number is None:
        return f"{BLANK}/{sign}"
    return f"0{number}/{sign}" if number < padded_below else f"{number}/{sign}"
