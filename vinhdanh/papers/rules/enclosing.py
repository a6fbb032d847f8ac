"""What an annex says of the paper it goes with.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from datetime import date

from vinhdanh.papers.rules.kinds import KINDS, number_text
from vinhdanh.papers.rules.words import day_in_words


def note(kind: str, number: int | None, sign: str, signed_on: date | None, issuer: str) -> str:
    """ "(Kèm theo Kế hoạch số 05/KH-SVHTT ngày 24 tháng 12 năm 2025 của Sở …)"; number and day are
    blanks while they are None."""
    of = f" của {issuer}" if issuer else ""
    written = number_text(kind, number, sign)
    return f"(Kèm theo {KINDS[kind].name} số {written} {day_in_words(signed_on)}{of})"
