"""Random plans, each known beforehand, and the files that say them in many ways."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from vinhdanh.common.calendar import is_day_off
from vinhdanh.documents.tests.make_files import a_paragraph, a_table, a_word

CONTENTS = (
    "Phát động phong trào thi đua trong toàn cơ quan", "Kiểm kê tài sản công của cơ quan",
    "Ký kết giao ước thi đua giữa các khối", "Lập dự toán Quỹ thi đua, khen thưởng",
    "Thẩm định hồ sơ đề nghị tặng Huân chương Lao động", "Tổ chức hiến máu tình nguyện",
    "Rà soát vị trí việc làm của đơn vị sự nghiệp", "Xuất bản tập sách về điển hình tiên tiến",
    "Số hóa hồ sơ lưu trữ giai đoạn 2015-2020", "Nhân rộng mô hình “Dân vận khéo”",
    "Thăm, tặng quà người có công với cách mạng", "Khám sức khỏe định kỳ cho viên chức",
    "Thanh tra chuyên đề tại ba đơn vị sự nghiệp", "Giải quyết đơn thư, khiếu nại của công dân",
    "Tổ chức Lễ đón nhận Huân chương Độc lập", "Xây dựng quy chế phối hợp liên ngành",
    "Tuyên truyền gương người tốt, việc tốt", "Biên soạn tài liệu hỏi đáp pháp luật",
    "Kiện toàn Hội đồng Sáng kiến", "Công khai tài chính và thu nhập",
    "Trồng cây đầu xuân “Đời đời nhớ ơn Bác Hồ”", "Mua sắm khung bằng, hiện vật khen thưởng",
    "Xét danh hiệu “Gia đình văn hóa”", "Kiểm tra công tác văn thư, lưu trữ",
    "Cấp đổi bằng khen bị hư hỏng",
)  # fmt: skip
UNITS = (
    "Văn phòng Sở", "Thanh tra Sở", "Phòng Công chức, viên chức", "Phòng Kế hoạch - Tài chính",
    "Các phòng, đơn vị thuộc Sở", "Các trường trực thuộc", "Trung tâm Lưu trữ lịch sử",
    "Hội đồng Thi đua - Khen thưởng Sở", "Công đoàn ngành", "Bảo tàng tỉnh",
)  # fmt: skip
GROUPS = ("Công tác thi đua", "Công tác khen thưởng", "Phong trào đoàn thể")
PRODUCTS = ("Kế hoạch", "Báo cáo", "Quyết định", "Tờ trình", None)
HEADINGS = {
    "number": ("STT", "TT", "Số TT"),
    "content": ("Nội dung nhiệm vụ", "Nội dung công việc", "Nhiệm vụ", "Công việc thực hiện"),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì", "Đơn vị thực hiện"),
    "support": ("Đơn vị phối hợp", "Phối hợp", "Phối hợp thực hiện"),
    "both": ("Đơn vị tham mưu, tổ chức thực hiện; Đơn vị phối hợp", "Đơn vị thực hiện"),
    "product": ("Sản phẩm", "Kết quả", "Dự kiến sản phẩm"),
    "due": ("Thời gian thực hiện", "Thời hạn", "Tiến độ", "Hoàn thành"),
}
YEAR = 2026
BODY = (
    "Số: 15/KH-SNV",
    "An Bình, ngày 05 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2026",
    "I. NỘI DUNG",
    "1. Đổi mới hình thức tổ chức phong trào thi đua.",
)
ANNEX = ("PHỤ LỤC", "(Kèm theo Kế hoạch số 15/KH-SNV ngày 05/01/2026 của Sở Nội vụ)")


@dataclass(frozen=True)
class Known:
    """A row as it must be read; `due` in the agreed keys without the words of the time."""

    number: str
    content: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    product: str | None = None
    due: dict | None = None
    time: str = ""
    parent: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Layout:
    """How a plan is printed: the roles of the columns, their headings, and what the rows show."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]
    numbers: str
    listed: bool
    again: int
    group_labels: tuple[str, ...] = field(default=("I. ", "II. ", "III. "))


def a_working_day(chance: random.Random) -> date:
    while is_day_off(day := date(YEAR, 2, 25) + timedelta(chance.randrange(290))):
        pass
    return day


def a_time(chance: random.Random) -> tuple[str, dict]:
    """The words of a time and what they mean."""
    day, month = a_working_day(chance), chance.randrange(2, 13)
    short, full = f"{day:%d/%m}", f"{day.day}/{day.month}/{YEAR}"
    last = date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(1)
    in_month = {"kind": "period", "from": f"{YEAR}-{month:02}-01", "to": last.isoformat()}
    before, by = ({"kind": kind, "date": day.isoformat()} for kind in ("before", "by"))
    return chance.choice(
        (
            (f"Trước ngày {short}/{YEAR}", before),
            (f"Hoàn thành trước ngày {full}", before),
            (f"Trước {full}", before),
            (full, by),
            (f"Chậm nhất ngày {short}", by),
            (f"Đến hết ngày {short}/{YEAR}", by),
            (f"Tháng {month}", in_month),
            (f"Trong tháng {month:02}/{YEAR}", in_month),
            ("Quý I", {"kind": "period", "from": f"{YEAR}-01-01", "to": f"{YEAR}-03-31"}),
            ("6 tháng đầu năm", {"kind": "period", "from": f"{YEAR}-01-01", "to": f"{YEAR}-06-30"}),
            ("Hàng tháng, quý", {"kind": "recurring", "every": "month", "day": None}),
            ("Trước ngày 15 hàng tháng", {"kind": "recurring", "every": "month", "day": 15}),
            ("Thường xuyên", {"kind": "continuous"}),
            ("Sau khi có hướng dẫn của Bộ", {"kind": "external"}),
        )
    )


def some_rows(seed: int) -> list[Known]:
    """Rows of a plan without any defect: numbered through, some grouped, some with sub-rows."""
    chance = random.Random(seed)
    contents = chance.sample(CONTENTS, chance.randrange(8, 18))
    grouped = chance.random() < 0.5
    rows: list[Known] = []
    number = 0
    while contents:
        number += 1
        group = GROUPS[min(2, number // 4)] if grouped else None
        if len(contents) > 3 and number == 3:
            rows.append(Known(str(number), "Một số nhiệm vụ thường xuyên khác", group=group))
            below = [f"{number}.{place}" for place in (1, 2, 3)]
            rows += [
                a_row(chance, each, contents.pop(), parent=str(number), group=group)
                for each in below
            ]
        else:
            rows.append(a_row(chance, str(number), contents.pop(), group=group))
    return rows


def a_row(chance: random.Random, number: str, content: str, **fields) -> Known:
    lead, *support = chance.sample(UNITS, chance.randrange(1, 4))
    time, due = a_time(chance)
    product = chance.choice(PRODUCTS)
    return Known(number, content, (lead,), tuple(support), product, due, time, **fields)


def due_before(row: Known, day: date) -> Known:
    """The row with another date."""
    due = {"kind": "before", "date": day.isoformat()}
    return replace(row, due=due, time=f"Trước ngày {day:%d/%m/%Y}")


def a_layout(seed: int, rows: list[Known]) -> Layout:
    """A way to print the rows; a column of times or owners never leads the table, where a blank
    would repeat what is above."""
    chance = random.Random(seed)
    owners = ("lead", "support") if chance.random() < 0.6 else ("both",)
    rest = [*owners, "product", "due"]
    if chance.random() < 0.5:
        chance.shuffle(rest)
    roles = ("number", "content", *rest)
    headings = tuple(chance.choice(HEADINGS[role]) for role in roles)
    again = chance.randrange(2, len(rows)) if chance.random() < 0.5 else 0
    return Layout(
        roles, headings, chance.choice(("{}", "{}.", "{:0>2}")), chance.random() < 0.5, again
    )


def as_text(rows: list[Known], layout: Layout, *, body: tuple[str, ...] = ()) -> bytes:
    lines = [*BODY, *body, *ANNEX, "\t".join(layout.headings)]
    for printed in _printed(rows, layout):
        lines.append("\t".join(" ".join(cell) for cell in printed))
    return "\n".join(lines).encode()


def as_word(rows: list[Known], layout: Layout, *, body: tuple[str, ...] = ()) -> bytes:
    made = [[a_paragraph(heading) for heading in layout.headings]]
    wide = f'<w:tcPr><w:gridSpan w:val="{len(layout.roles)}"/></w:tcPr>'
    for printed in _printed(rows, layout):
        span = wide if len(printed) == 1 else ""
        made.append([span + "".join(map(a_paragraph, cell or [""])) for cell in printed])
    paragraphs = "".join(map(a_paragraph, (*BODY, *body, *ANNEX)))
    return a_word(paragraphs, a_table(*made))


def _printed(rows: list[Known], layout: Layout) -> list[list[list[str]]]:
    """The table below its heading: rows of cells of lines; a group is a row of one cell."""
    made: list[list[list[str]]] = []
    group = None
    for place, row in enumerate(rows):
        if layout.again and place == layout.again:
            made.append([[heading] for heading in layout.headings])
        if row.group != group:
            group = row.group
            made.append([[f"{layout.group_labels[GROUPS.index(group)]}{group.upper()}"]])
        made.append([_cell(row, role, layout) for role in layout.roles])
    return made


def _cell(row: Known, role: str, layout: Layout) -> list[str]:
    names = {"lead": row.lead, "support": row.support, "both": row.lead + row.support}
    if role in names:
        if layout.listed:
            return [f"- {name};" for name in names[role]]
        return ["; ".join(names[role])] if names[role] else []
    bare = "" if row.parent and layout.listed else layout.numbers.format(row.number)
    dashed = f"- {row.content}" if row.parent and layout.listed else row.content
    shown = {"number": bare, "content": dashed, "product": row.product, "due": row.time}[role]
    return [shown] if shown else []
