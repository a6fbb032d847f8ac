"""From the tables of a plan to its tasks: pages put together, groups, sub-rows, shared cells."""

import re
from dataclasses import dataclass, field, replace

from vinhdanh.common.vietnamese import fold, squeeze
from vinhdanh.documents.rules.content import Cell, Content, Paragraph, Table
from vinhdanh.plans.rules.due import Due, read_due
from vinhdanh.plans.rules.plan import Task
from vinhdanh.plans.rules.reading import rows as reading_rows
from vinhdanh.plans.rules.reading.columns import Columns, columns_of, is_ordinals, spread
from vinhdanh.plans.rules.reading.owners import is_same_as_above, names, owners
from vinhdanh.plans.rules.reading.rows import Row, row_of
from vinhdanh.plans.rules.reading.times import is_only_a_time

# "Phụ lục" opens an annex with a number, a colon or capitals after it; a sentence may begin
# with it, too: "Phụ lục này …".
_ANNEX = re.compile(
    r"(?:PHỤ LỤC|PHỤ BIỂU)\b|BIỂU\s*(?:SỐ|MẪU)?\s*\d"
    r"|(?:Phụ lục|Phụ biểu)\s*(?:số\s*)?(?:[IVX]+\b|\d+)?\s*(?:$|[:.–(-]|[A-ZĐÀ-Ỹ]{2})"
)
_BULLET = re.compile(r"[-–—+*•]\s*")
_DUE_CUT_OFF = re.compile(
    r"(?:trước|ngày|từ|đến|chậm nhất|sau|hoàn thành|của|[-/,])$", re.IGNORECASE
)
# Told with its accents: "Công khai …" is a task.
_TOTAL = re.compile(r"(?:tổng\s+cộng|tổng\s+số|cộng)[\s:.]*(?:\d[\d.,]*)?(?:\s+nhiệm vụ)?[\s.]*")
_NUMBERED = re.compile(r"(?:[IVXLC]{1,6}|[A-H]|\d{1,2}(?:\.\d{1,2})*)[.)]\s+\S")
_BARE_PERIOD = re.compile(r"(?:0?\d|1[0-2]|[IV]{1,3})(?: ?[-–,;] ?(?:0?\d|1[0-2]|[IV]{1,3}))*")
_SHARED = ("lead", "support", "both", "director", "product", "due", "until", "topic")


@dataclass(slots=True)
class Draft:
    """A row on its way to a task. `repeated` are the roles whose blank cell was taken to repeat the
    one above; `children` counts the sub-rows it has had."""

    row: Row
    number: str | None
    parent: "Draft | None"
    group: str | None
    part: str
    table: int
    repeated: frozenset[str] = frozenset()
    children: int = 0
    is_heading: bool = False


@dataclass(slots=True)
class Reader:
    """Reads one plan's tables, top to bottom."""

    year: int
    first_month: int
    drafts: list[Draft] = field(default_factory=list)
    columns: Columns | None = None
    group: str | None = None
    table: int = 0
    part: str = "body"
    numbered: Draft | None = None
    after_break: bool = False

    def read(self, blocks: tuple[Paragraph | Table, ...], annex_from: int) -> list[Task]:
        """The tasks of all task tables among the blocks; those from block `annex_from` on stand
        in the annex."""
        heading: str | None = None
        for place, block in enumerate(blocks):
            self.part = "annex" if place >= annex_from else "body"
            if isinstance(block, Table):
                self._table(block, heading)
                heading = None
            elif is_annex_heading(block):
                self.columns, heading = None, None
            elif self.part == "annex" and _NUMBERED.match(block.line):
                heading = block.line
        return self._tasks()

    def _table(self, table: Table, heading: str | None) -> None:
        columns = columns_of(table.rows)
        skipped = 0
        if columns:
            skipped = columns.depth
            repeated = self.columns is not None and columns.roles == self.columns.roles
            if not repeated or heading:
                self.table += 1
                self.group, self.numbered = heading, None
            self.after_break = repeated
            self.columns = columns
        elif self.columns and len(spread(table.rows[0])) == len(self.columns.roles):
            self.after_break = True
        else:
            self.columns = None
            return
        for place, cells in enumerate(table.rows[skipped:], start=skipped):
            if is_ordinals(cells) or self._is_heading_again(cells):
                continue
            if place > skipped and _is_heading(cells):
                rest = table.rows[place:]
                self.columns = self.columns if columns_of(rest) else None
                self._table(Table(rest, table.page), None)
                return
            kept = _without_annex_heading(cells)
            self._row(row_of(kept, self.columns))
            if kept is not cells:
                self.columns = None
                if place + 1 < len(table.rows):
                    self._table(Table(table.rows[place + 1 :], table.page), None)
                return

    def _is_heading_again(self, cells: tuple[Cell, ...]) -> bool:
        texts = [fold(cell.text) for cell in cells if cell.lines]
        known = {fold(text) for text in self.columns.heading} if self.columns else set()
        again = len(texts) > 1 and all(text in known for text in texts)
        self.after_break = self.after_break or again
        return again

    def _row(self, row: Row) -> None:
        content = row.text("content")
        if not row.quote or (not row.number and _TOTAL.fullmatch(content.lower())):
            return
        if self._continues(row):
            self._join(self.drafts[-1].row, row)
        elif self._is_group(row):
            label = f"{row.number}. " if row.number else ""
            self.group, self.numbered = f"{label}{content or row.quote}", None
        elif content or "content" in row.above or (row.has("due") and self.drafts):
            self._add(row)
        self.after_break = False

    def _continues(self, row: Row) -> bool:
        """Whether the row is the rest of the one above, cut by the end of a page."""
        if not self.drafts or row.number or row.is_wide or self.drafts[-1].table != self.table:
            return False
        above, content = self.drafts[-1].row, row.text("content")
        if row.above - {"number"}:
            return False
        if content and not _BULLET.match(content) and content[:1].islower():
            return True
        if self.after_break and _is_rest(above, row):
            return True
        cut_off = bool(_DUE_CUT_OFF.search(above.text("due"))) and row.has("due")
        if (self.after_break and (not content or cut_off)) or (cut_off and not content):
            return True
        return not content and not row.has("due") and not _rests(above, row)

    def _join(self, above: Row, row: Row) -> None:
        for role, lines in row.lines.items():
            above.lines.setdefault(role, []).extend(lines)
        width = max(len(above.cells), len(row.cells))
        upper = above.cells + [""] * (width - len(above.cells))
        lower = row.cells + [""] * (width - len(row.cells))
        above.cells = [squeeze(f"{one} {two}") for one, two in zip(upper, lower, strict=True)]

    def _is_group(self, row: Row) -> bool:
        if row.has("lead", "support", "both", "due", "until", "product") and not row.is_wide:
            return False
        content = row.text("content") or row.quote
        if row.above or _BULLET.match(content):
            return False
        if reading_rows.is_roman_or_letter(row.number):
            return True
        if row.is_wide:
            return not content[:1].islower()
        return not row.number and not row.has("number") and content.isupper()

    def _add(self, row: Row) -> None:
        repeated = self._share(row)
        draft = Draft(row, row.number or None, None, self.group, self.part, self.table, repeated)
        if self.columns and self.columns.has("topic") and row.text("topic"):
            draft.group = row.text("topic")
        if reading_rows.is_ordinal(row.number):
            self._place_numbered(draft)
        elif self.numbered and self.columns and self._under_numbered(row):
            above = self.numbered
            above.children += 1
            draft.parent = above
            own = row.number if reading_rows.is_ordinal(row.number) else str(above.children)
            draft.number = f"{above.number}.{own}"
        self.drafts.append(draft)

    def _under_numbered(self, row: Row) -> bool:
        return bool(row.number) or bool(self.columns and self.columns.has("number"))

    def _place_numbered(self, draft: Draft) -> None:
        above = (draft.number or "").rpartition(".")[0]
        for other in reversed(self.drafts[-200:]):
            if above and other.number == above and other.table == self.table:
                draft.parent = other
                other.children += 1
                break
        self.numbered = draft

    def _share(self, row: Row) -> frozenset[str]:
        """Cells merged downwards and "như trên" take what stands above; so do blanks in the
        column that leads the table, whose roles are returned."""
        if not self.drafts:
            return frozenset()
        above = self.drafts[-1].row
        repeated = set()
        for role in _SHARED:
            blank = not row.has(role)
            if blank and role not in row.above and self._leads_the_table(role):
                repeated.add(role)
            elif not (blank and role in row.above) and not is_same_as_above(row.text(role)):
                continue
            row.lines[role] = list(above.lines.get(role, []))
        if not row.has("content"):
            row.lines["content"] = list(above.lines.get("content", []))
        return frozenset(repeated)

    def _leads_the_table(self, role: str) -> bool:
        """Whether the first column after the number holds this, where a blank repeats what is
        above: a table by months or by units."""
        roles = self.columns.roles if self.columns else ()
        leading = next((each for each in roles if each != "number"), None)
        return role == leading and role not in ("product", "support")

    def _tasks(self) -> list[Task]:
        for draft in self.drafts:
            own = {"lead", "support", "both", "due", "until", "product"} - draft.repeated
            draft.is_heading = draft.children > 0 and not draft.row.has(*own)
            for role in draft.repeated if draft.is_heading else ():
                draft.row.lines.pop(role, None)
        return [self._task(draft) for draft in self.drafts]

    def _task(self, draft: Draft) -> Task:
        row = draft.row
        lead, support = who(row)
        printed, due = self._due(draft)
        return Task(
            number=draft.number,
            parent=draft.parent.number if draft.parent else None,
            content=content_of(row.lines.get("content", [])),
            group=draft.group,
            lead=tuple(lead),
            support=tuple(name for name in support if name not in lead),
            product=row.text("product") or None,
            due=due,
            part=draft.part,
            quote=row.quote,
            printed_due=printed,
            is_heading=draft.is_heading,
            table=draft.table,
        )

    def _due(self, draft: Draft) -> tuple[str, Due | None]:
        """The words of the time and what they mean; a group such as "Quý I" holds for its rows,
        and under "Tháng" a bare "6" is a month."""
        row = draft.row
        start, end = row.text("due") or ", ".join(row.marks), row.text("until")
        printed = f"{start} - {end}" if start and end else start or end
        if not printed and draft.group and is_only_a_time(draft.group, year=self.year):
            printed = draft.group
        said = printed
        if row.period and _BARE_PERIOD.fullmatch(printed):
            said = f"{row.period} {printed}"
        due = read_due(said, year=self.year, first_month=self.first_month)
        return printed, replace(due, text=printed) if due and said != printed else due


def _is_heading(cells: tuple[Cell, ...]) -> bool:
    """Whether another table begins in the same one: a row that numbers nothing but says "STT"."""
    first = fold(cells[0].text).strip(" .")
    return first in ("stt", "tt", "so tt") and sum(bool(cell.lines) for cell in cells) > 1


def _without_annex_heading(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The row without the heading of the next annex, where a text's last cell has swallowed it;
    the very same row when it has not."""
    last = cells[-1]
    for place, line in enumerate(last.lines):
        if place and line.isupper() and _ANNEX.match(line):
            return (*cells[:-1], replace(last, lines=last.lines[:place]))
    return cells


def read_tables(
    content: Content, *, begin: int, annex_from: int, year: int, first_month: int
) -> list[Task]:
    """The tasks in the tables of a document, from block `begin` on."""
    reader = Reader(year=year, first_month=first_month)
    return reader.read(content.blocks[begin:], annex_from - begin)


def is_annex_heading(block: Paragraph) -> bool:
    """Whether an annex begins here: a short line of its own that says so."""
    return bool(_ANNEX.match(block.text)) and len(block.text) < 250


def who(row: Row) -> tuple[list[str], list[str]]:
    """Lead and support of a row, from one column, two, or a cell that says which is which."""
    support = names(row.lines.get("support", []))
    if row.has("both"):
        first, rest = owners(row.lines["both"])
        return first, rest + support
    lead_lines = row.lines.get("lead", [])
    first, rest = owners(lead_lines)
    marked = re.search(r"ph[ốô]i h[ợơ]p|chủ trì", " ".join(lead_lines), re.IGNORECASE)
    return (first, rest + support) if marked else (first + rest, support)


def content_of(lines: list[str]) -> str:
    """What is to be done, in one line: items of a list stay parted by their dashes."""
    joined = squeeze(" ".join(lines)).replace("…", "...")
    return _BULLET.sub("", joined, count=1) if _BULLET.match(joined) else joined


def _is_rest(above: Row, row: Row) -> bool:
    """Whether the first row of a page, of nothing but words, ends the content of the last."""
    words = row.text("content")
    if not words or _BULLET.match(words) or words.isupper():
        return False
    filled = [role for role in row.lines if row.has(role)]
    return filled == ["content"] and above.text("content")[-1:] not in ".;:"


def _rests(above: Row, row: Row) -> bool:
    """Whether the row above is complete, so that a row of owners alone is one of its own."""
    return not above.has("lead", "both", "support") or not row.has("lead", "both", "support")
