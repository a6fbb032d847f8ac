"""What the English of the screen must keep: every placeholder, and nothing Vietnamese."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"

_VIETNAMESE = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)
_PLACEHOLDERS = re.compile(r"%\(\w+\)[\d.]*[a-z]|\{\w*\}|%%|</?\w[^>]*>")
# What a template hands to the translator; the rest of it must hold no Vietnamese.
_MARKED = re.compile(
    r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}"
    r"|{%\s*translate\s+(?:\"[^\"]*\"|'[^']*')|\b_\((?:\"[^\"]*\"|'[^']*')\)",
    re.DOTALL,
)
# Sentences are collected by the names of the functions that translate them.
_OTHER_NAME = re.compile(r"\bn?gettext(?:_lazy|_noop)? as (?!_\b)\w+")
# Words that stand in a Vietnamese paper or sheet and must be read or typed as they are.
_KEPT = (
    "“KẾ HOẠCH”",
    "“có”",
    "NĐ-CP",
    "TĐKT",
    "“Giám đốc”",
    "“KT. GIÁM ĐỐC”",
    "“PHÓ GIÁM ĐỐC”",
    "“TM. HỘI ĐỒNG”",
    "“CHỦ TỊCH”",
    "“Căn cứ …;”",
    "{người nhận}",
    "{đơn vị}",
    "{việc}",
    "{{bảng {name}}}",
)


def _catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _forms(words: object) -> list[str]:
    """One string as a list of one; the forms of a plural as they stand."""
    return [str(form) for form in words] if isinstance(words, tuple | list) else [str(words)]


def _sentences() -> list[tuple[str, str]]:
    """Every Vietnamese sentence with its English one; a plural, which has two forms, twice."""
    return [
        pair
        for message in _catalogue()
        if message.id
        for pair in zip(_forms(message.id), _forms(message.string), strict=True)
    ]


def _placeholders(text: str) -> list[str]:
    """In any order, because English may turn a sentence round."""
    return sorted(_PLACEHOLDERS.findall(text))


def _without_kept_words(text: str) -> str:
    for words in _KEPT:
        text = text.replace(words, "")
    return text


def _ending(text: str) -> str:
    """The mark that closes a text; "" for a label."""
    return text[-1] if text[-1:] in {".", "?", "!", ":", "…"} else ""


def test_the_catalogue_is_there():
    assert len(_sentences()) > 1000


def test_every_placeholder_of_a_sentence_stands_in_its_english_one():
    lost = [
        (vietnamese, english)
        for vietnamese, english in _sentences()
        if _placeholders(vietnamese) != _placeholders(english)
    ]
    assert lost == []


def test_a_vietnamese_sentence_is_not_its_own_translation():
    same = [
        english
        for vietnamese, english in _sentences()
        if vietnamese == english and _VIETNAMESE.search(english)
    ]
    assert same == []


def test_no_vietnamese_letters_are_left_in_english():
    left = [
        english for _, english in _sentences() if _VIETNAMESE.search(_without_kept_words(english))
    ]
    assert left == []


def test_the_words_kept_in_vietnamese_are_all_in_use():
    english = "\n".join(english for _, english in _sentences())
    assert [words for words in _KEPT if words not in english] == []


def test_a_sentence_ends_in_english_as_it_does_in_vietnamese():
    other = [
        (vietnamese, english)
        for vietnamese, english in _sentences()
        if _ending(vietnamese) != _ending(english)
    ]
    assert other == []


def test_no_english_sentence_has_a_blank_at_its_ends():
    loose = [english for _, english in _sentences() if english != english.strip()]
    assert loose == []


def test_nothing_is_doubtful_or_obsolete():
    catalogue = _catalogue()
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_the_catalogue_names_no_person_place_or_machine():
    header, _, _rest = CATALOGUE.read_text(encoding="utf-8").partition("\n\n")
    assert "@" not in header
    assert "/" not in header.replace("text/plain", "")
    assert not any(message.locations for message in _catalogue())


def test_every_vietnamese_word_of_a_template_is_handed_to_the_translator():
    left = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*_sources("*.html"), *_sources("*.txt")]
        if "templates" in path.parts
        for line in _MARKED.sub("", path.read_text(encoding="utf-8")).splitlines()
        if _VIETNAMESE.search(line)
    ]
    assert left == []


def test_translating_functions_go_by_names_that_the_collecting_knows():
    other = [
        str(path.relative_to(ROOT))
        for path in _sources("*.py")
        if _OTHER_NAME.search(path.read_text(encoding="utf-8"))
    ]
    assert other == []


def _sources(pattern: str) -> list[Path]:
    return [
        path for room in ("vinhdanh", "config") for path in sorted((ROOT / room).rglob(pattern))
    ]
