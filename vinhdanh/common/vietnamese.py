"""Vietnamese text: folding for search, keys for sorting, the Vietnamese of dates."""

import re
import unicodedata
from datetime import date

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

# The order of the Vietnamese alphabet, then of the tones on one letter.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation where Django is not known; the page translates it."""
    return text


def squeeze(text: str) -> str:
    """The text composed (NFC), with each run of white space as one blank, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text for comparison and search: small letters, no accents, đ as d, single blanks."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join(_MARKS.sub("", plain).split())


def words(text: str) -> list[str]:
    """The folded words of the text, punctuation left out."""
    return re.findall(r"[a-z0-9]+", fold(text))


def sort_key(text: str) -> str:
    """A key that sorts text as a Vietnamese dictionary does: by letter (a < ă < â), then by tone.

    Compare as plain code points (COLLATE "C" in the database).
    """
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", text.lower()):
        decomposed = unicodedata.normalize("NFD", character)
        tone = next((_TONES[c] for c in decomposed if c in _TONES), "0")
        bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
        letters.append(_LETTERS.get(bare, bare if bare.isalnum() else " "))
        tones.append(tone)
    # A tab sorts before every letter and blank, so that "An" comes before "Anh" and "An Bình".
    return f"{''.join(letters)}\t{''.join(tones)}"


def given_name_key(full_name: str) -> str:
    """A key that sorts persons by given name (the last word), then by family and middle names."""
    *before, given = squeeze(full_name).split(" ") if full_name.strip() else [""]
    return f"{sort_key(given)}\t{sort_key(' '.join(before))}"


def long_day(day: date) -> str:
    """A day as officials write it in prose: "thứ Sáu, 28/02/2025"."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"
