"""What is printed, word for word, whatever the format.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II and III.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from vinhdanh.common.vietnamese import squeeze
from vinhdanh.law import papers as law
from vinhdanh.papers.rules.kinds import BLANK, KINDS, number_text
from vinhdanh.papers.rules.tree import Heading, Letterhead, Paper, Signature

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
DRAFT = "DỰ THẢO"

_ABOUT = re.compile(r"(V/v|Về việc)\s*:?\s+", re.IGNORECASE)
_KEPT = re.compile(r"Lưu\b", re.IGNORECASE)


def plain(text: str) -> str:
    """The text composed (NFC), line by line with single blanks, free of unprintable characters."""
    lines = (
        "".join(" " if letter == "\t" else letter for letter in line if _is_printed(letter))
        for line in unicodedata.normalize("NFC", text).splitlines()
    )
    return "\n".join(squeeze(line) for line in lines).strip("\n")


def one_line(text: str) -> str:
    return squeeze(plain(text))


def _is_printed(letter: str) -> bool:
    """Whether the character may stand in a file: no control, surrogate or unassigned one."""
    return letter == "\t" or unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"}


@dataclass(frozen=True)
class Words:
    """All that is printed outside the body; "" where nothing is."""

    title: str
    author: str
    upper: str
    issuer: str
    number: str
    letter_subject: str
    place_and_date: str
    kind: str
    subject: str
    greeting: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    stamp: str
    draft: str
    contact: tuple[str, ...]


def of(paper: Paper) -> Words:
    """The words of the paper: "Số: 05/KH-SVHTT", "An Bình, ngày 05 tháng 02 năm 2026", …

    One addressee is a bare name; several, and recipients, are "- A;" … "- B." The title is for the
    reader's shelf: "KẾ HOẠCH Công tác …".
    """
    kind, subject = KINDS[paper.kind], one_line(paper.subject)
    about = "" if kind.heading else f"V/v {_ABOUT.sub('', subject, count=1)}"
    place = f"{one_line(paper.letterhead.place)}, {day_in_words(paper.signed_on)}"
    issuer = one_line(paper.letterhead.issuer)
    return Words(
        title=f"{kind.heading or kind.name} {about or subject}",
        author=issuer,
        upper=one_line(paper.letterhead.upper).upper(),
        issuer=issuer.upper(),
        number=f"Số: {number_text(paper.kind, paper.number, one_line(paper.sign))}",
        letter_subject=about,
        place_and_date=place if kind.is_dated else "",
        kind=kind.heading,
        subject=subject if kind.heading else "",
        greeting=kind.greeting,
        addressees=_addressees(paper),
        recipients=_recipients(paper),
        stamp=one_line(paper.urgency).upper(),
        draft=DRAFT if paper.is_draft else "",
        contact=contact(paper.letterhead),
    )


def contact(letterhead: Letterhead) -> tuple[str, ...]:
    """The lines at the foot of the first page: where the body is found, "ĐT: …, Fax: …", "E-Mail:
    …, Website: …"; without what is not told.

    Source: as above, Mục III, khoản 4, and the sample of Mục V.
    """
    lines = (
        (("", letterhead.address),),
        (("ĐT: ", letterhead.phone), ("Fax: ", letterhead.fax)),
        (("E-Mail: ", letterhead.email), ("Website: ", letterhead.website)),
    )
    told = (
        ", ".join(f"{name}{one_line(words)}" for name, words in line if one_line(words))
        for line in lines
    )
    return tuple(line for line in told if line)


def day_in_words(day: date | None) -> str:
    """ "ngày 05 tháng 02 năm 2026"; months from 3 on without a nought."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    numbering = law.layout(day).numbering
    of_day = f"0{day.day}" if day.day < numbering.days_padded_below else f"{day.day}"
    of_month = f"0{day.month}" if day.month <= numbering.months_padded_up_to else f"{day.month}"
    return f"ngày {of_day} tháng {of_month} năm {day.year}"


def heading(part: Heading) -> str:
    """Number and title; those of the first level in capitals."""
    text = one_line(part.text)
    return f"{one_line(part.number)} {text.upper() if part.level == 1 else text}".strip()


def signature(signature: Signature) -> Signature:
    """The signature as printed: authority and title in capitals."""
    return Signature(
        title=plain(signature.title).upper(),
        name=one_line(signature.name),
        authority=plain(signature.authority).upper(),
    )


def annex_label(label: str) -> str:
    """ "Phụ lục II": the word in small letters, the number as it is."""
    text = one_line(label)
    return f"Phụ lục{text[7:]}" if text.upper().startswith("PHỤ LỤC") else text


def _addressees(paper: Paper) -> tuple[str, ...]:
    names = [name for name in map(_item, paper.addressees) if name]
    return tuple(names) if len(names) < 2 else _listed(names)


def _recipients(paper: Paper) -> tuple[str, ...]:
    """The mark of who drafted stands with what is kept: "- Lưu: VT, TĐKT_(Q)."."""
    names = [name for name in map(_item, paper.recipients) if name]
    mark = one_line(paper.drafter_mark)
    if mark and not any(mark in name for name in names):
        if names and _KEPT.match(names[-1]):
            names[-1] += f", {mark}"
        else:
            names.append(f"Lưu: VT, {mark}")
    return _listed(names)


def _item(name: str) -> str:
    return one_line(name).lstrip("-–+• ").rstrip(";,. ")


def _listed(names: list[str]) -> tuple[str, ...]:
    return (*(f"- {name};" for name in names[:-1]), *(f"- {name}." for name in names[-1:]))
