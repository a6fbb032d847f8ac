"""What depends on how wide words are: the lines under them, and what stands below a colon."""

from vinhdanh.papers.rules import fonts
from vinhdanh.papers.rules.house import CELL_SIDE, Look
from vinhdanh.papers.rules.tree import Row, Table
from vinhdanh.papers.rules.words import MOTTO, Words

# Rows with more letters than this in a cell may be cut by the end of a page.
LONG_CELL = 400
# How far the second line of "- A" stands in, in ems: as far as the dash and its blank reach.
HANG = 0.58


def rules(said: Words, look: Look) -> dict[str, float]:
    """How long the lines under motto, issuer and subject are, in mm; 0 where nothing stands."""
    return {
        "motto": fonts.width(MOTTO, look.styles["motto"].size, bold=True),
        "issuer": rule("issuer", said.issuer, look.issuer_column, look),
        "subject": rule("subject", said.subject, look.text_width, look),
    }


def rule(style: str, text: str, room: float, look: Look) -> float:
    """The length of the line under words set in `style` where `room` mm are to be had.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 2, 5.
    """
    shown = look.styles[style]
    return look.rule_share * min(fonts.width(text, shown.size, bold=shown.bold), room)


def addressee_indent(said: Words, look: Look) -> float:
    """From the margin to the dashes of several addressees, in mm: below the colon of the greeting.

    Source: as above, khoản 9d.
    """
    return greeting_indent(look) + fonts.width(
        said.greeting.rstrip(":"), look.styles["addressees"].size
    )


def greeting_indent(look: Look) -> float:
    """From the margin to "Kính gửi:", in mm, when several addressees follow below."""
    return 2 * look.indent


def column_widths(table: Table, room: float, look: Look) -> list[float]:
    """How the columns share `room` mm: by their width, none narrower than the longest word of its
    heading, unless there is no room for that."""
    shares = sum(column.width for column in table.columns)
    wanted = [room * column.width / shares for column in table.columns]
    least = [
        2 * CELL_SIDE + 0.5 + max((_bold(word, look) for word in column.title.split()), default=0)
        for column in table.columns
    ]
    lacking = sum(max(0.0, low - width) for low, width in zip(least, wanted, strict=True))
    spare = sum(max(0.0, width - low) for low, width in zip(least, wanted, strict=True))
    if not lacking or lacking > spare:
        return wanted
    return [
        max(low, width - max(0.0, width - low) * lacking / spare)
        for low, width in zip(least, wanted, strict=True)
    ]


def _bold(word: str, look: Look) -> float:
    return fonts.width(word, look.table_size, bold=True)


def is_long(row: Row) -> bool:
    """Whether the row may be cut by the end of a page."""
    return any(len(cell) > LONG_CELL for cell in row.cells)
