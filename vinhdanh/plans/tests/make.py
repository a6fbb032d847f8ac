"""Ordinary valid plans for tests: a draft with its rows, and a plan in force."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.models import File
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.people.tests.make import a_unit
from vinhdanh.plans import actions
from vinhdanh.plans.models import Finding, Plan, Section, Task, TaskOwner

_numbers = itertools.count(1)
AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
ON = date(2026, 1, 5)


def a_file(by: User | None = None, **fields: Any) -> File:
    """The row of a file, without bytes in the store."""
    ordinary = {
        "name": "ke-hoach.docx",
        "kind": "docx",
        "size": 1000,
        "sha256": f"{next(_numbers):064x}",
        "uploaded_at": AT,
        "uploaded_by": by or a_user(),
    }
    return File.objects.create(**ordinary | fields)


def a_plan(**fields: Any) -> Plan:
    """A draft for 2026 of a department, with no row yet."""
    by = fields.pop("created_by", None) or a_user()
    ordinary = {
        "office": fields.get("office") or a_unit(),
        "year": 2026,
        "title": "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026",
        "issuer": "Sở Thí điểm",
        "created_at": AT,
        "created_by": by,
        "edited_at": AT,
    }
    if "file" not in fields:
        ordinary["file"] = a_file(by)
    return Plan.objects.create(**ordinary | fields)


def a_section(plan: Plan, **fields: Any) -> Section:
    position = next(_numbers)
    ordinary = {"position": position, "number": f"III.{position}", "text": "Đẩy mạnh tuyên truyền."}
    return Section.objects.create(**{"plan": plan} | ordinary | fields)


def a_task(plan: Plan, **fields: Any) -> Task:
    """A row of the annex, due before 15/03/2026, with no owner yet."""
    position = next(_numbers)
    content = fields.get("content", f"Nhiệm vụ thử {position}")
    ordinary = {
        "plan": plan,
        "position": position,
        "number": str(position),
        "content": content,
        "folded": fold(content),
        "due_kind": Task.Due.BEFORE,
        "due_text": "Trước ngày 15/03/2026",
        "due_on": date(2026, 3, 15),
        "part": Task.Part.ANNEX,
        "quote": f"{content} | Văn phòng Sở | Trước ngày 15/03/2026",
    }
    if fields.get("due_kind", "before") != "before":
        ordinary |= {"due_on": None, "due_text": ""}
    return Task.objects.create(**ordinary | fields)


def an_owner(task: Task, whom: Unit | UnitGroup | None = None, **fields: Any) -> TaskOwner:
    """Who leads the row: a unit or a group matched by its exact name; unmatched without `whom`."""
    ordinary: dict[str, Any] = {
        "task": task,
        "part": TaskOwner.Part.LEAD,
        "position": next(_numbers) % 30_000,
        "name": str(whom) if whom else "Phòng Không Có",
        "match": TaskOwner.Match.EXACT if whom else TaskOwner.Match.NONE,
    }
    if isinstance(whom, UnitGroup):
        ordinary["unit_group"] = whom
    else:
        ordinary["unit"] = whom
    return TaskOwner.objects.create(**ordinary | fields)


def a_finding(plan: Plan, *tasks: Task, **fields: Any) -> Finding:
    """An open finding: a due date on a day off."""
    ordinary = {
        "plan": plan,
        "position": next(_numbers),
        "kind": Finding.Kind.DAY_OFF,
        "template": "Ngày {day} là {name}.",
        "values": {"day": "15/02/2026", "name": "Chủ nhật"},
        "dates": ["2026-02-15"],
        "quotes": ["Trước ngày 15/02/2026"],
    }
    finding = Finding.objects.create(**ordinary | fields)
    finding.tasks.set(tasks)
    return finding


def a_running_plan(*rows: tuple[dict[str, Any], list[Unit | UnitGroup]], **fields: Any) -> Plan:
    """A plan in force since 05/01/2026, with a task for each pair of its fields and its owners
    (the first leads); one ordinary task led by an office of the department when none is given."""
    plan = a_plan(**fields)
    for row, owners in rows or [({}, [a_unit(plan.office, name="Văn phòng Sở")])]:
        task = a_task(plan, **row)
        for place, whom in enumerate(owners):
            part = TaskOwner.Part.SUPPORT if place else TaskOwner.Part.LEAD
            an_owner(task, whom, part=part, position=place)
    actions.put_into_force(plan, by=plan.created_by, on=ON, at=AT)
    plan.refresh_from_db()
    return plan


PLAN_TEXT = """SỞ THÍ ĐIỂM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 12/KH-STĐ
Hà Nội, ngày 02 tháng 01 năm 2026

KẾ HOẠCH
Công tác thi đua, khen thưởng năm 2026

I. MỤC ĐÍCH, YÊU CẦU

1. Phát động, tổ chức các phong trào thi đua thiết thực, hiệu quả.

2. Khen thưởng kịp thời, chính xác, công khai, công bằng.

II. TỔ CHỨC THỰC HIỆN

Văn phòng Sở đôn đốc, tổng hợp kết quả thực hiện Kế hoạch này./.

GIÁM ĐỐC

PHỤ LỤC
Tiến độ thực hiện nhiệm vụ công tác thi đua, khen thưởng năm 2026
(Kèm theo Kế hoạch số 12/KH-STĐ ngày 02/01/2026 của Sở Thí điểm)

STT\tNội dung nhiệm vụ\tĐơn vị thực hiện\tThời gian thực hiện
1\tXây dựng kế hoạch\t- Văn phòng Sở; - Các phòng, đơn vị thuộc Sở\tTrước ngày 15/3/2026
2\tXét khen thưởng người tốt, việc tốt\t- Văn phòng Sở\tTrước ngày 15 hàng tháng
3\tTham dự tập huấn công tác thi đua\t- Phòng Lạ\tTheo lịch của Thành phố
"""
