"""Rows of task tables: which are tasks, who has them, and by when."""

import pytest

from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan

HEAD = (
    "Số: 5/KH-SNV\nTỉnh A, ngày 05 tháng 01 năm 2026\n"
    "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\nI. NỘI DUNG\n1. Theo phụ lục.\nPHỤ LỤC\n"
)
COLUMNS = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian")


def a_table(*rows, columns=COLUMNS):
    return read_plan(read_text(HEAD + "\n".join("\t".join(row) for row in (columns, *rows))))


@pytest.mark.parametrize("content", ["Công khai kết quả", "Công bố quyết định", "Công tác phí"])
def test_a_row_that_begins_with_a_word_like_a_total_is_a_task(content):
    plan = a_table(
        ("1", "Xét khen thưởng", "Văn phòng", "", "Tháng 3"),
        ("", content, "Văn phòng", "", "Tháng 4"),
    )

    assert plan.tasks[1].content == content


@pytest.mark.parametrize("content", ["Cộng", "Tổng cộng:", "TỔNG SỐ", "Tổng số: 12"])
def test_a_row_of_totals_is_no_task(content):
    plan = a_table(("1", "Xét khen thưởng", "Văn phòng", "", "Tháng 3"), ("", content, "", "", ""))

    assert [task.number for task in plan.tasks] == ["1"]
