"""Putting together what a line end has parted."""

import re

_GLUE_BEFORE = re.compile(r"(?<=\S)[-/]$")
_GLUE_AFTER = re.compile(r"^/\S")
_SOFT = ("\u00ad", "\u2010")


def glued(before: str, after: str) -> str:
    """Two printed lines as one text: "357/KH-" and "UBND" without a blank, others with one."""
    if before.endswith(_SOFT):
        return before[:-1] + after
    if _GLUE_BEFORE.search(before) or _GLUE_AFTER.search(after):
        return before + after
    return f"{before} {after}"
