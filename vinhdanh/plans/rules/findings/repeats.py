"""Tasks whose words stand again elsewhere, whatever deed they speak of."""

import re
from collections import defaultdict
from collections.abc import Iterable

from vinhdanh.common.vietnamese import words
from vinhdanh.plans.rules.plan import Task

_FEWEST_WORDS = 4
_MOST_ALIKE = 12
# What follows the words and sets another duty apart: "… đợt 2", "… cấp tỉnh".
_SETS_APART = re.compile(r"(?:dot|lan|so|cap|nam|khoi|cum|tai|cua|cho|gui|doi voi|\d)")
# Before the words may stand who does it and these; any other deed is about them, not them.
_CARRIES_OUT = re.compile(
    r"(?:.*\b)?(?:huong dan|tong hop|bao cao|kiem tra|danh gia|don doc|tham dinh|lap danh sach"
    r"|xay dung|ban hanh|du thao|so ket|tong ket|trinh|ke hoach|theo|truoc khi|sau khi)\b.*"
)


def repeats(tasks: list[Task]) -> Iterable[tuple[Task, Task]]:
    """Pairs of a table's row and a row or sentence that says the very same, each pair once.

    The cost grows with the length of the texts: of more than a dozen rows that begin alike, the
    rest are not looked at.
    """
    alike: dict[tuple[str, ...], list[tuple[Task, tuple[str, ...]]]] = defaultdict(list)
    for task in tasks:
        said = _said(task)
        if task.is_row:
            if len(said) < _FEWEST_WORDS:
                continue
            opening = alike[said[:_FEWEST_WORDS]]
            yield from ((row, task) for row, meant in opening if meant == said)
            if len(opening) < _MOST_ALIKE:
                opening.append((task, said))
    for task in tasks:
        if not task.is_row:
            yield from _in_sentence(task, alike)


def _in_sentence(
    task: Task, alike: dict[tuple[str, ...], list[tuple[Task, tuple[str, ...]]]]
) -> Iterable[tuple[Task, Task]]:
    said = _said(task)
    for place in range(len(said) - _FEWEST_WORDS + 1):
        for row, meant in alike.get(said[place : place + _FEWEST_WORDS], ()):
            before, after = said[:place], said[place + len(meant) :]
            if said[place : place + len(meant)] != meant or _CARRIES_OUT.match(" ".join(before)):
                continue
            if not after or not _SETS_APART.match(after[0]):
                yield row, task


def _said(task: Task) -> tuple[str, ...]:
    """The words of the task, folded, without those of its time."""
    content = task.content.replace(task.printed_due, " ") if task.printed_due else task.content
    return tuple(words(content))
