"""What only Word tables have: cells merged across and downwards, headings of two rows."""

import io

from docx import Document

from vinhdanh.documents.rules.reading import read
from vinhdanh.plans.rules.reading import read_plan


def a_plan(rows, *, merges=(), before=(), after=(), year=2026):
    """The plan read from a Word file with one annex table; `merges` are corner cells."""
    document = Document()
    for line in ("Số: 5/KH-SNV", f"Hà Nội, ngày 05 tháng 01 năm {year}", "KẾ HOẠCH"):
        document.add_paragraph(line)
    document.add_paragraph(f"Công tác thi đua, khen thưởng năm {year}")
    for line in ("I. NỘI DUNG", "1. Thực hiện theo phụ lục.", *before, "PHỤ LỤC"):
        document.add_paragraph(line)
    _add_table(document, rows, merges)
    for lines, more in after:
        document.add_paragraph(lines)
        _add_table(document, *more)
    stored = io.BytesIO()
    document.save(stored)
    return read_plan(read(stored.getvalue(), name="plan.docx"))


def _add_table(document, rows, merges):
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if text:
                cell.text = text
    for (top, left), (bottom, right) in merges:
        table.cell(top, left).merge(table.cell(bottom, right))


def brief(plan):
    return [
        (t.number, t.group, t.content, t.lead, t.support, t.due.kind if t.due else None)
        for t in plan.tasks
    ]


def test_a_heading_of_two_rows_names_each_column():
    plan = a_plan(
        [
            ["TT", "Nội dung", "Đơn vị thực hiện", "", "Thời gian"],
            ["", "", "Chủ trì", "Phối hợp", ""],
            ["1", "Phát động thi đua", "Văn phòng", "Các phòng", "Tháng 1"],
        ],
        merges=[((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 4), (1, 4))],
    )

    assert brief(plan) == [
        ("1", None, "Phát động thi đua", ("Văn phòng",), ("Các phòng",), "period")
    ]


def test_a_row_merged_across_heads_the_rows_below():
    plan = a_plan(
        [
            ["TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"],
            ["I. CÔNG TÁC THI ĐUA", "", "", ""],
            ["1", "Phát động thi đua", "Văn phòng", "Tháng 1"],
            ["II. CÔNG TÁC KHEN THƯỞNG", "", "", ""],
            ["1", "Xét khen thưởng", "Hội đồng", "Tháng 12"],
        ],
        merges=[((1, 0), (1, 3)), ((3, 0), (3, 3))],
    )

    assert [(number, group) for number, group, *_ in brief(plan)] == [
        ("1", "I. CÔNG TÁC THI ĐUA"),
        ("1", "II. CÔNG TÁC KHEN THƯỞNG"),
    ]
    assert plan.findings == ()


def test_cells_merged_downwards_hold_for_every_row_they_stand_beside():
    plan = a_plan(
        [
            ["TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"],
            ["1", "Chấm sáng kiến", "Hội đồng Sáng kiến", "Trước ngày 30/9/2026"],
            ["2", "Công bố sáng kiến", "", ""],
            ["3", "Lưu hồ sơ sáng kiến", "Văn phòng", ""],
        ],
        merges=[((1, 2), (2, 2)), ((1, 3), (3, 3))],
    )

    assert [(lead, due) for _, _, _, lead, _, due in brief(plan)] == [
        (("Hội đồng Sáng kiến",), "before"),
        (("Hội đồng Sáng kiến",), "before"),
        (("Văn phòng",), "before"),
    ]


def test_a_number_merged_downwards_has_sub_rows():
    plan = a_plan(
        [
            ["TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"],
            ["1", "Công tác thường xuyên", "", ""],
            ["", "- Họp Hội đồng", "Văn phòng", "Hàng quý"],
            ["", "- Giới thiệu gương điển hình", "Văn phòng", "Hàng tháng"],
            ["2", "Tổng kết", "Văn phòng", "Tháng 12"],
        ],
        merges=[((1, 0), (3, 0))],
    )

    assert [(task.number, task.parent) for task in plan.tasks] == [
        ("1", None),
        ("1.1", "1"),
        ("1.2", "1"),
        ("2", None),
    ]
    assert plan.tasks[0].due is None
    assert plan.findings == ()


def test_columns_that_only_number_the_columns_are_no_task():
    plan = a_plan(
        [
            ["TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"],
            ["(1)", "(2)", "(3)", "(4)"],
            ["1", "Tổng kết", "Văn phòng", "Tháng 12"],
        ]
    )

    assert [task.content for task in plan.tasks] == ["Tổng kết"]


def test_listed_names_in_one_cell_are_names_apart():
    plan = a_plan(
        [
            ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"],
            ["1", "A b", "- Văn phòng Sở\n- Phòng Tổ chức\n- Pháp chế", "Tháng 1"],
            ["2", "B c", "Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ và Văn phòng", "Tháng 2"],
            ["3", "C d", "Văn phòng\nPhòng Kế hoạch - Tài chính", "Tháng 3"],
            ["4", "D e", "Các phòng, ban, đơn vị thuộc Sở; UBND các xã, phường", "Tháng 4"],
            ["5", "E g", "Văn phòng chủ trì, phối hợp với Phòng Nghiệp vụ, Công đoàn", "Tháng 5"],
            ["6", "G h", "Nguyễn Văn Mẫu, Trần Thị Thử", "Tháng 6"],
            ["7", "H i", "Nguyễn Văn Mẫu\nTrần Thị Thử", "Tháng 7"],
        ]
    )

    assert [(*task.lead, "|", *task.support) for task in plan.tasks] == [
        ("Văn phòng Sở", "|", "Phòng Tổ chức - Pháp chế"),
        ("Sở Văn hóa, Thể thao và Du lịch", "|", "Sở Nội vụ", "Văn phòng"),
        ("Văn phòng", "|", "Phòng Kế hoạch - Tài chính"),
        ("Các phòng, ban, đơn vị thuộc Sở", "|", "UBND các xã, phường"),
        ("Văn phòng", "|", "Phòng Nghiệp vụ", "Công đoàn"),
        ("Nguyễn Văn Mẫu", "|", "Trần Thị Thử"),
        ("Nguyễn Văn Mẫu", "|", "Trần Thị Thử"),
    ]


def test_a_letterhead_set_as_a_table_is_read():
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "UBND TỈNH A\nSỞ NỘI VỤ"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = "Số: 7/KH-SNV"
    table.cell(1, 1).text = "Tỉnh A, ngày 06 tháng 01 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Công tác thi đua, khen thưởng năm 2026")
    document.add_paragraph("1. Văn phòng đăng ký thi đua trước ngày 13/02/2026.")
    stored = io.BytesIO()
    document.save(stored)

    plan = read_plan(read(stored.getvalue(), name="plan.docx"))

    assert (plan.issuer, plan.number, str(plan.issued_on)) == (
        "SỞ NỘI VỤ",
        "7/KH-SNV",
        "2026-01-06",
    )


def test_a_heading_of_two_rows_repeated_inside_the_table_leaves_the_group_open():
    heading = [
        ["TT", "Nội dung", "Đơn vị thực hiện", "", "Thời gian"],
        ["", "", "Chủ trì", "Phối hợp", ""],
    ]
    merged = [((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 4), (1, 4))]
    again = [((top + 4, left), (bottom + 4, right)) for (top, left), (bottom, right) in merged]
    plan = a_plan(
        [
            *heading,
            ["Công tác thi đua", "", "", "", ""],
            ["1", "Phát động thi đua", "Văn phòng", "", "Tháng 1"],
            *heading,
            ["2", "Ký giao ước thi đua", "Văn phòng", "", "Tháng 2"],
        ],
        merges=[*merged, *again, ((2, 0), (2, 4))],
    )

    assert [(task.number, task.group) for task in plan.tasks] == [
        ("1", "Công tác thi đua"),
        ("2", "Công tác thi đua"),
    ]
    assert plan.findings == ()
