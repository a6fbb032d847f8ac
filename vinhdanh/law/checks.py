"""What must hold between the parts of a law book; a fault is "path:line: sentence"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from vinhdanh.law.awards import Award, Dated, Dossier, Review, Version, first_overlap, held
from vinhdanh.law.criteria import After, Group, Held, Meets, Rated, Sourced, Strict, Tenure
from vinhdanh.law.files import Lines

if TYPE_CHECKING:
    from vinhdanh.law.book import Book

Place = tuple[str | int, ...]
Files = Mapping[Path, tuple[Any, Lines]]

_LAWS = ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "NĐ", "Nghị định")
_ARTICLE = re.compile(r"\b(Điều|khoản|mục|Mục|Phụ lục|Chương)\b")


def faults(book: "Book", files: Files) -> Iterator[str]:
    """Everything that does not fit together; `files` are what was read, by path."""
    for path, (made, lines) in files.items():
        for item, place in _all(made, ()):
            for what in _wrong(item, book):
                yield f"{path}:{lines.of(*place)}: {what}"
        if isinstance(made, Award):
            yield from (f"{path}:{fault}" for fault in _of_award(made, lines, path.stem))
        if path.parent.name == "rules":
            for number, rule in enumerate(made):
                if rule.topic != path.stem:
                    where = f"{path}:{lines.of(number, 'topic')}"
                    yield f"{where}: quy tắc chủ đề {rule.topic} không nằm trong tệp {path.name}"
    yield from _repeated(files)
    yield from _circles(book, files)


def _of_award(award: Award, lines: Lines, stem: str) -> Iterator[str]:
    """Faults as "line: sentence": a file of another name, entries that hold on one day."""
    if stem != award.code.lower():
        name = f"{award.code.lower()}.yaml"
        yield f"{lines.of('code')}: tệp của {award.code} phải tên là {name}"
    for name in ("versions", "dossiers", "votes", "bonuses"):
        entries = getattr(award, name)
        for number in range(len(entries)):
            if day := first_overlap(entries[: number + 1]):
                said = f"hai mục của {name} cùng có hiệu lực ngày {day:%d/%m/%Y}"
                yield f"{lines.of(name, number)}: {said}"
                break


def _all(made: Any, place: Place) -> Iterator[tuple[Strict, Place]]:
    """Each model within what was read, from the outside in, with its place in the file."""
    if isinstance(made, tuple):
        for number, item in enumerate(made):
            yield from _all(item, (*place, number))
    elif isinstance(made, Strict):
        yield made, place
        for name, field in type(made).model_fields.items():
            value = getattr(made, name)
            if isinstance(value, tuple | BaseModel):
                yield from _all(value, (*place, field.alias or name))


def _wrong(item: Strict, book: "Book") -> Iterator[str]:
    if isinstance(item, Sourced):
        # What is known of an unread law is that it exists.
        grade = "" if isinstance(item, Review) else item.grade
        yield from _wrong_source(item.source, grade, book)
    if isinstance(item, Version):
        yield from _wrong_source(item.text, "", book)
    if isinstance(item, Dated) and item.since and item.until and item.until < item.since:
        yield "ngày cuối đứng trước ngày đầu"
    yield from (f"không có danh hiệu, hình thức nào mã {code}" for code in _unknown(item, book))
    if isinstance(item, Dossier):
        unknown = (code for code in item.documents if code not in book.documents)
        yield from (f"không có giấy tờ nào mã {code} trong documents.yaml" for code in unknown)
    if isinstance(item, Tenure):
        titles = (held.title for held in item.positions if held.title not in book.positions)
        yield from (f"không có chức vụ nào mã {title} trong positions.yaml" for title in titles)
    if isinstance(item, Meets) and item.award in book.awards:
        versions = book.awards[item.award].versions
        known = {group.branch for version in versions for group in _groups(version.criteria)}
        missing = (branch for branch in item.branches if branch not in known)
        yield from (f"{item.award} không có nhánh {branch}" for branch in missing)


def _unknown(item: Strict, book: "Book") -> Iterator[str]:
    """The codes of awards that the item names and no file has."""
    codes: tuple[str, ...] = ()
    if isinstance(item, Held | After):
        codes = item.codes
    elif isinstance(item, Rated):
        codes = item.or_award
    elif isinstance(item, Meets):
        codes = (item.award,)
    elif isinstance(awards := getattr(item, "awards", None), tuple):
        codes = awards
    return (code for code in codes if code not in book.awards)


def _wrong_source(source: str, grade: str, book: "Book") -> Iterator[str]:
    parts = [part.strip() for part in source.split(";")]
    for part in parts:
        if not any(re.match(rf"{re.escape(name)}(?!\w)", part) for name in book.texts):
            yield f"nguồn “{part}” không bắt đầu bằng tên một văn bản trong texts.yaml"
    laws = [part for part in parts if part.startswith(_LAWS)]
    if grade == "A" and laws and not any(_ARTICLE.search(part) for part in laws):
        yield f"nguồn “{source}” hạng A phải nêu điều, khoản"


def _groups(condition: Any) -> Iterator[Group]:
    """The group itself and every group within it."""
    if isinstance(condition, Group):
        yield condition
        for inner in (*condition.all, *condition.any):
            yield from _groups(inner)


def _repeated(files: Files) -> Iterator[str]:
    """Codes that stand twice, and dated entries of one code that hold on one day."""
    first: dict[tuple[str, str], list[Any]] = {}
    for path, (made, lines) in files.items():
        for number, item in enumerate(made if isinstance(made, tuple) else (made,)):
            kind, code = type(item).__name__, getattr(item, "code", getattr(item, "name", ""))
            before = first.setdefault((kind, code), [])
            before.append(item)
            where = f"{path}:{lines.of(number) if isinstance(made, tuple) else 1}"
            if not (isinstance(item, Dated) and hasattr(item, "grade")):
                if len(before) > 1:
                    yield f"{where}: “{code}” đã có ở chỗ khác"
            elif day := first_overlap(before):
                said = f"{code} " if code else ""
                yield f"{where}: {said}có hai mục cùng có hiệu lực ngày {day:%d/%m/%Y}"
                before.pop()


def _circles(book: "Book", files: Files) -> Iterator[str]:
    """Awards whose conditions lead back to themselves, on any day on which a version begins."""
    places = {made.code: path for path, (made, _) in files.items() if isinstance(made, Award)}
    days = {v.since or date.min for award in book.awards.values() for v in award.versions}
    told: set[str] = set()
    for day in sorted(days):
        for code in book.awards:
            if code not in told and (way := _way_back(book, day, code)):
                told |= {step.split(" ")[0] for step in way}
                yield f"{places[code]}:1: điều kiện dẫn vòng về chính nó: {' → '.join(way)}"


def _way_back(book: "Book", day: date, code: str) -> list[str]:
    """The steps of a circle that begins at the award; empty where there is none."""

    def follow(step: tuple[str, str], way: list[tuple[str, str]]) -> list[tuple[str, str]]:
        if step in way:
            return [*way[way.index(step) :], step] if step == way[0] else []
        ways = (follow(further, [*way, step]) for further in _asked(book, day, *step))
        return next(filter(None, ways), [])

    award = book.awards[code]
    branches = {
        group.branch for version in award.versions for group in _groups(version.criteria)
    } | {""}
    ways = (follow((code, branch), []) for branch in sorted(branches))
    found: list[tuple[str, str]] = next(filter(None, ways), [])
    return [" ".join(filter(None, step)) for step in found]


def _asked(book: "Book", day: date, code: str, branch: str) -> list[tuple[str, str]]:
    """What the conditions of an award, or of one of its branches, lead to on a day."""
    version = held(book.awards[code].versions, day) if code in book.awards else None
    if version is None:
        return []
    wanted: Iterable[Group] = [version.criteria]
    if branch:
        wanted = [group for group in _groups(version.criteria) if group.branch == branch]
    return [
        (leaf.award, each)
        for group in wanted
        for leaf, _ in _all(group, ())
        if isinstance(leaf, Meets)
        for each in leaf.branches or ("",)
    ]
