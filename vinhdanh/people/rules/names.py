"""The ways in which officials write the name of a unit, brought to one form.

Names are compared as folded words: accents, capitals, punctuation and "và" do not matter, nor does
the office's own name at the end ("Văn phòng Sở", "Phòng Nghệ thuật thuộc Sở"). Only usual
abbreviations are written out; anything else is left for a person to confirm.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from vinhdanh.common.vietnamese import words

# Only at the beginning of a name, where they say what kind of body it is.
_LEADING = {
    "p": ("phong",),
    "vp": ("van phong",),
    "tt": ("trung tam", "thuong truc"),
    "hd": ("hoi dong",),
    "bql": ("ban quan ly",),
    "bcd": ("ban chi dao",),
    "ttvh": ("trung tam van hoa",),
    "ttvhtt": ("trung tam van hoa the thao",),
    "bptt": ("bo phan thuong truc",),
}
# Anywhere in a name.
_INSIDE = {
    "tdkt": ("thi dua khen thuong",),
    "td": ("thi dua",),
    "kt": ("khen thuong",),
    "vh": ("van hoa",),
    "tt": ("the thao",),
    "dl": ("du lich",),
    "vhtt": ("van hoa the thao",),
    "vhttdl": ("van hoa the thao du lich",),
    "tdtt": ("the duc the thao",),
    "tcpc": ("to chuc phap che",),
    "tccb": ("to chuc can bo",),
    "tchc": ("to chuc hanh chinh",),
    "hcth": ("hanh chinh tong hop",),
    "khtc": ("ke hoach tai chinh",),
    "qlda": ("quan ly du an",),
    "ubnd": ("uy ban nhan dan",),
    "hdnd": ("hoi dong nhan dan",),
    "tp": ("thanh pho",),
    "sk": ("sang kien",),
}
_DROPPED = {"va"}
_BELONGING = (["truc", "thuoc"], ["thuoc"], ["cua"])
_MOST_READINGS = 24
_SHORTEST_NEAR = 5
NEAR = 75
# How alike two names must be that begin with different words: other sorts of bodies, mostly.
_NEAR_OTHERWISE = 88


@dataclass(frozen=True)
class Name:
    """A name by which a thing is known; `key` is whatever tells the thing from others."""

    key: str
    text: str
    # Whether it is the full name, rather than an abbreviation or another way of writing.
    full: bool
    # Smaller is preferred when two things share a name: the office's own before others.
    rank: int = 0


@dataclass(frozen=True)
class Found:
    """What a written name means: `keys` has one item where it is certain, several where it is not.

    `near` holds the likely ones, best first, each with its likeness 0..100; `none` holds nothing.
    """

    kind: Literal["exact", "abbreviation", "near", "none"]
    keys: tuple[tuple[str, int], ...] = ()


class Directory:
    """The names known to an office, ready to look up what a document writes.

    `own_names` are the names of the office itself ("Sở Văn hóa và Thể thao", "Sở VHTT").
    """

    def __init__(self, names: Iterable[Name], own_names: Iterable[str]) -> None:
        self._tails = _tails(own_names)
        self._full: dict[str, dict[str, int]] = {}
        self._other: dict[str, dict[str, int]] = {}
        for name in names:
            table = self._full if name.full else self._other
            self._enter(table, self._bare(words(name.text)), name)
            if name.full:
                self._enter(self._full, _plain(words(name.text)), name)
            for reading in self._readings(words(name.text)):
                self._enter(self._other, reading, name)
        self._all = sorted(self._full.keys() | self._other.keys())

    def find(self, text: str) -> Found:
        """What `text` means among the known names."""
        written = words(text)
        if not written:
            return Found("none")
        forms = list(dict.fromkeys([_plain(written), self._bare(written)]))
        tables: list[tuple[Literal["exact", "abbreviation"], dict[str, dict[str, int]], list[str]]]
        readings = self._readings(written)
        tables = [
            ("exact", self._full, forms),
            ("abbreviation", self._other, forms),
            ("abbreviation", self._full, readings),
            ("abbreviation", self._other, readings),
        ]
        for kind, table, sought in tables:
            for form in sought:
                if form not in table:
                    continue
                preferred = _preferred(table[form])
                if len(preferred) == 1:
                    return Found(kind, ((preferred[0], 100),))
                return Found("near", tuple((key, 100) for key in preferred))
        return self._near([*forms, *readings])

    def _near(self, forms: list[str]) -> Found:
        likeness: dict[str, int] = {}
        for form in dict.fromkeys(forms):
            if len(form) < _SHORTEST_NEAR:
                continue
            alike = process.extract(form, self._all, scorer=fuzz.ratio, score_cutoff=NEAR, limit=8)
            for known, score, _place in alike:
                if score < _NEAR_OTHERWISE and known.split()[0] != form.split()[0]:
                    continue
                for key in {**self._other.get(known, {}), **self._full.get(known, {})}:
                    likeness[key] = max(likeness.get(key, 0), min(99, round(score)))
        best = sorted(likeness.items(), key=lambda item: (-item[1], item[0]))[:5]
        return Found("near", tuple(best)) if best else Found("none")

    def _bare(self, written: list[str]) -> str:
        """The name without the office's own name at its end, unless nothing would be left."""
        for tail in self._tails:
            if len(written) > len(tail) and written[-len(tail) :] == tail:
                return _plain(written[: -len(tail)])
        return _plain(written)

    def _readings(self, written: list[str]) -> list[str]:
        """The name with usual abbreviations written out, in each way they may be meant."""
        choices = [_meanings(word, first=place == 0) for place, word in enumerate(written)]
        readings = []
        for reading in itertools.islice(itertools.product(*choices), _MOST_READINGS):
            spelled = [word for part in reading for word in part.split()]
            readings += [_plain(spelled), self._bare(spelled)]
        return list(dict.fromkeys(readings))

    @staticmethod
    def _enter(table: dict[str, dict[str, int]], form: str, name: Name) -> None:
        keys = table.setdefault(form, {})
        keys[name.key] = min(name.rank, keys.get(name.key, name.rank))


def _meanings(word: str, *, first: bool) -> tuple[str, ...]:
    meant = (*(_LEADING.get(word, ()) if first else ()), *_INSIDE.get(word, ()))
    return (*meant, word)


def _plain(written: list[str]) -> str:
    return " ".join(word for word in written if word not in _DROPPED)


def _preferred(keys: dict[str, int]) -> list[str]:
    best = min(keys.values())
    return sorted(key for key, rank in keys.items() if rank == best)


def _tails(own_names: Iterable[str]) -> list[list[str]]:
    """The endings that only say whose unit it is, longest first."""
    owners: list[list[str]] = []
    for name in own_names:
        written = words(name)
        if written:
            owners += [written, written[:1]]
    tails = [[*belonging, *owner] for owner in owners for belonging in ([], *_BELONGING)]
    return sorted(tails, key=len, reverse=True)
