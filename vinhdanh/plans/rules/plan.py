"""A plan as read: what it says, in the order in which it says it."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from vinhdanh.plans.rules.due import Due


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered paragraph of the body. `number` is the path from the top ("III.2.1"); `text` the
    heading or paragraph, then its bullets and further paragraphs, each on a line of its own."""

    number: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"number": self.number, "text": self.text}


@dataclass(frozen=True, slots=True)
class Task:
    """One duty of the plan.

    `number` as printed without its point, None where none is printed; a sub-row without number
    counts on from its `parent` ("22.1"). `lead` is who is named first or stands in the column of
    the lead, `support` the rest. `part` is "annex" or "body", `quote` the words as printed.
    `printed_due` are the words of the time even where they could not be read. `is_heading`: the
    row only stands over its sub-rows and owes nothing itself. `table` counts the task tables
    from 1, 0 in the running text, where `section` is the path of the paragraph.
    """

    number: str | None
    content: str
    parent: str | None = None
    group: str | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    product: str | None = None
    due: Due | None = None
    part: str = "annex"
    quote: str = ""
    printed_due: str = ""
    is_heading: bool = False
    table: int = 0
    section: str = ""

    @property
    def is_row(self) -> bool:
        """A row of a table, not a sentence of the running text."""
        return self.table > 0 or self.part == "annex"

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "parent": self.parent,
            "content": self.content,
            "group": self.group,
            "lead": list(self.lead),
            "support": list(self.support),
            "product": self.product,
            "due": self.due.as_json() if self.due else None,
            "source": {"part": self.part, "quote": self.quote},
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a careful clerk would ask about.

    `kind`: conflicting-due, day-off, numbering, name, role, blank, date or missing. `template` is
    a sentence marked for translation, `values` fill it. `dates`, `tasks` (their numbers) and
    `quotes` say where it stands.
    """

    kind: str
    template: str
    values: dict[str, str] = field(default_factory=dict)
    dates: tuple[date, ...] = ()
    tasks: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return self.template.format(**self.values)

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "message": self.message,
            "dates": [day.isoformat() for day in self.dates],
            "tasks": list(self.tasks),
            "quotes": list(self.quotes),
        }


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered or bulleted paragraph, or one without either, with where it stands.

    `label` is what is printed before it ("IV", "2.1", "a", "-", ""), `style` the way of numbering
    ("roman", "1", "1.1", "bullet", ""), `path` the numbers from the top, `under` the place of the
    item above it in the outline (None at the top).
    """

    label: str
    style: str
    path: tuple[str, ...]
    text: str
    line: str
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan document as read, `findings` included.

    `year` is its first calendar year and `first_month` the month in which that begins (8 for a
    school year). `issued_on` and `number` are None where left blank. `items` are the paragraphs
    of the body, `duties` the dated duties among them where a table holds the tasks (they have no
    number: they are no tasks, but are compared with them), `lines` the
    lines around the body in which blanks may stand (letterhead, annex headings).
    """

    title: str
    issuer: str | None
    year: int
    number: str | None
    issued_on: date | None
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...] = ()
    first_month: int = 1
    items: tuple[Item, ...] = ()
    duties: tuple[Task, ...] = ()
    lines: tuple[str, ...] = ()

    def with_findings(self, findings: list[Finding]) -> "Plan":
        return replace(self, findings=tuple(findings))

    def as_json(self) -> dict[str, Any]:
        """The plan in plain values, the keys in the agreed order."""
        return {
            "title": self.title,
            "issuer": self.issuer,
            "year": self.year,
            "number": self.number,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "sections": [section.as_json() for section in self.sections],
            "tasks": [task.as_json() for task in self.tasks],
            "findings": [finding.as_json() for finding in self.findings],
        }
