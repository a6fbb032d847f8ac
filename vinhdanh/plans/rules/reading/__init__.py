"""From a document as read to a plan: head, outline, tasks, findings."""

from dataclasses import replace

from vinhdanh.common.calendar import SpecialDays
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.documents.rules.content import Content, Paragraph, Table
from vinhdanh.plans.rules.findings import findings
from vinhdanh.plans.rules.plan import Plan
from vinhdanh.plans.rules.reading.body import body_tasks
from vinhdanh.plans.rules.reading.head import read_head
from vinhdanh.plans.rules.reading.outline import body_end, read_items, sections_of
from vinhdanh.plans.rules.reading.tables import is_annex_heading, read_tables

_NONE = SpecialDays()
NO_TASKS = gettext_noop(
    "Tài liệu có tiêu đề kế hoạch nhưng không thấy nhiệm vụ nào có đơn vị thực hiện hoặc thời hạn; "
    "hãy kiểm tra lại tệp, nhất là bảng phụ lục."
)


def read_plan(content: Content, special: SpecialDays = _NONE) -> Plan:
    """The plan that the document is, checked; `special` are the days announced as off or worked.

    Tasks come from its tables; only when no table holds any, from the sentences of the body.
    Refused when the document is no plan, names no year, or charges nobody with anything.
    """
    head = read_head(content)
    blocks = content.blocks
    end = body_end(blocks, head.body_from)
    items = read_items(blocks[head.body_from : end])
    tasks = read_tables(
        content,
        begin=head.body_from,
        annex_from=end,
        year=head.year,
        first_month=head.first_month,
    )
    dated_only = bool(tasks)
    duties = body_tasks(items, year=head.year, first_month=head.first_month, dated_only=dated_only)
    if not tasks and not duties:
        raise Refused(NO_TASKS)
    plan = Plan(
        title=head.title,
        issuer=head.issuer,
        year=head.year,
        number=head.number,
        issued_on=head.issued_on,
        sections=tuple(sections_of(items)),
        tasks=tuple(tasks or duties),
        first_month=head.first_month,
        items=tuple(items),
        duties=tuple(replace(duty, number=None) for duty in duties) if tasks else (),
        lines=(*head.lines, *_annex_lines(blocks[end:])),
    )
    return plan.with_findings(findings(plan, special))


def _annex_lines(blocks: tuple[Paragraph | Table, ...]) -> list[str]:
    """The headings of the annexes: from each "PHỤ LỤC" to its table."""
    lines: list[str] = []
    inside = False
    for block in blocks:
        if isinstance(block, Table):
            inside = False
        elif inside or is_annex_heading(block):
            inside = True
            lines.append(block.line)
    return lines
