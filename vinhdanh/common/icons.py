"""The icons that pages use, gathered from Bootstrap's into one small file of symbols."""

import re
from pathlib import Path

NAMES = [
    "archive",
    "arrow-counterclockwise",
    "arrow-left-right",
    "arrow-repeat",
    "arrow-return-left",
    "award",
    "bar-chart-steps",
    "bell",
    "bookmark",
    "box-arrow-right",
    "box-arrow-up-right",
    "briefcase",
    "building",
    "calendar-event",
    "calendar-plus",
    "calendar3",
    "caret-down-fill",
    "caret-up-fill",
    "check-circle",
    "check2",
    "check2-all",
    "check2-circle",
    "check2-square",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "clock",
    "clock-history",
    "collection",
    "dash-circle",
    "diagram-2",
    "diagram-3",
    "download",
    "envelope",
    "exclamation-circle",
    "exclamation-octagon",
    "exclamation-triangle",
    "file-earmark-arrow-down",
    "file-earmark-arrow-up",
    "file-earmark-spreadsheet",
    "file-earmark-text",
    "filetype-json",
    "fingerprint",
    "funnel",
    "hand-thumbs-up",
    "hourglass",
    "hourglass-split",
    "inbox",
    "info-circle",
    "journal-text",
    "key",
    "layout-sidebar-inset",
    "lightbulb",
    "list",
    "list-check",
    "lock",
    "megaphone",
    "paperclip",
    "pencil",
    "people",
    "person-badge",
    "person-check",
    "person-circle",
    "person-dash",
    "person-plus",
    "play-circle",
    "plus-circle",
    "plus-lg",
    "printer",
    "question-circle",
    "search",
    "send",
    "shield-check",
    "shield-exclamation",
    "shield-lock",
    "slash-circle",
    "sliders",
    "star",
    "table",
    "three-dots",
    "translate",
    "trash",
    "unlock",
    "upload",
    "x",
]
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def sprite(folder: Path) -> str:
    """All icons of NAMES as symbols of one SVG, each drawn on 16 by 16; `folder` has them singly.

    A name without a drawing is a mistake in NAMES and fails loudly.
    """
    symbols = []
    for name in NAMES:
        drawing = _DRAWING.search((folder / f"{name}.svg").read_text())
        assert drawing is not None
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{drawing[1].strip()}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
