"""Rows of task tables: which are tasks, who has them, and by when."""

import pytest

from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.rules.reading.owners import owners

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


@pytest.mark.parametrize(
    ("printed", "lead", "support"),
    [
        ("Các Cục, Vụ, Viện", ("Các Cục, Vụ, Viện",), ()),
        ("Các Phòng, Trung tâm thuộc Sở", ("Các Phòng, Trung tâm thuộc Sở",), ()),
        ("Các phòng, Thanh tra Sở", ("Các phòng",), ("Thanh tra Sở",)),
        ("Các Vụ, Văn phòng Bộ", ("Các Vụ",), ("Văn phòng Bộ",)),
        ("Thanh tra Sở phối hợp Văn phòng Sở", ("Thanh tra Sở",), ("Văn phòng Sở",)),
        (
            "Sở Nội vụ (Khối trưởng) Thanh tra tỉnh (Khối phó)",
            ("Sở Nội vụ (Khối trưởng)",),
            ("Thanh tra tỉnh (Khối phó)",),
        ),
        ("Hội đồng (TĐKT) Sở Y tế", ("Hội đồng (TĐKT) Sở Y tế",), ()),
        ("Văn phòng phối hợp thực hiện", (), ("Văn phòng",)),
    ],
)
def test_names_in_one_cell_are_parted_where_another_begins(printed, lead, support):
    columns = ("TT", "Nội dung", "Đơn vị chủ trì, phối hợp", "Thời gian")

    task = a_table(("1", "Sơ kết", printed, "Tháng 6"), columns=columns).tasks[0]

    assert (task.lead, task.support) == (lead, support)


def test_a_label_on_the_next_line_takes_no_word_from_the_names_above():
    lead, support = owners(["Chủ trì: Các phòng, đơn vị", "Phối hợp: Văn phòng Sở"])

    assert (lead, support) == (["Các phòng, đơn vị"], ["Văn phòng Sở"])


@pytest.mark.parametrize("blank", ["…………", "......", ""])
def test_a_lead_left_open_is_asked_for_and_taken_from_nobody(blank):
    plan = a_table(
        ("1", "Đăng ký thi đua", "Văn phòng", "Các phòng", "Tháng 2"),
        ("2", "Phát động thi đua", blank, "Các phòng", "Tháng 3"),
    )

    assert (plan.tasks[1].lead, plan.tasks[1].support) == ((), ("Các phòng",))
    assert ("missing", ("2",)) in [(found.kind, found.tasks) for found in plan.findings]


def test_the_same_as_above_is_taken_from_above():
    plan = a_table(
        ("1", "Đăng ký thi đua", "Văn phòng", "Các phòng", "Tháng 2"),
        ("2", "Phát động thi đua", "-nt-", "//", "Như trên"),
    )

    assert plan.tasks[1].lead == ("Văn phòng",)
    assert plan.tasks[1].support == ("Các phòng",)


@pytest.mark.parametrize(
    ("heading", "printed", "meant"),
    [
        ("Tháng", "1", ("2026-01-01", "2026-01-31")),
        ("Tháng", "11-12", ("2026-11-01", "2026-12-31")),
        ("Tháng thực hiện", "06", ("2026-06-01", "2026-06-30")),
        ("Quý", "III", ("2026-07-01", "2026-09-30")),
    ],
)
def test_a_bare_number_under_a_month_or_quarter_is_that_one(heading, printed, meant):
    columns = ("TT", heading, "Nội dung", "Thực hiện")

    due = a_table(("1", printed, "Sơ kết", "Văn phòng"), columns=columns).tasks[0].due.as_json()

    assert (due["from"], due["to"]) == meant
    assert due["text"] == printed


def test_lettered_rows_count_on_from_their_number():
    plan = a_table(
        ("1", "Đăng ký", "Văn phòng", "", "Tháng 2"),
        ("2", "Khen thưởng", "", "", ""),
        ("a)", "Định kỳ", "Văn phòng", "", "Tháng 6"),
        ("b)", "Đột xuất", "Văn phòng", "", "Thường xuyên"),
    )

    assert [(task.number, task.parent) for task in plan.tasks[2:]] == [("2.1", "2"), ("2.2", "2")]


def test_a_heading_in_capitals_heads_the_rows_below():
    plan = a_table(
        ("1", "Đăng ký", "Văn phòng", "", "Tháng 2"),
        ("CÔNG TÁC TỔ CHỨC", "", "", "", ""),
        ("2", "Kiện toàn Hội đồng", "Văn phòng", "", "Tháng 6"),
    )

    assert [task.group for task in plan.tasks] == [None, "CÔNG TÁC TỔ CHỨC"]


def test_a_time_that_the_row_above_leaves_open_is_not_a_row_of_its_own():
    plan = a_table(
        ("1", "Bình xét", "Văn phòng", "Hội đồng", "Hoàn thành trước"),
        ("", "", "", "", "ngày 15/12/2026"),
    )

    assert [task.due.text for task in plan.tasks] == ["Hoàn thành trước ngày 15/12/2026"]


def test_the_first_row_of_a_page_is_no_heading_though_its_words_could_be_one():
    columns = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Sản phẩm", "Thời gian")
    plan = a_table(
        ("1", "Xét khen thưởng", "Văn phòng", "Quyết định", "Tháng 3"),
        columns=columns,
    )
    cut = read_plan(
        read_text(
            HEAD
            + "\t".join(columns)
            + "\n1\tXét khen thưởng\tVăn phòng\tQuyết định\tTháng 3\n\n"
            + "2\tRà soát vị trí việc làm của đơn vị\tPhòng Nội vụ\tKế hoạch\tTháng 4\n"
            + "3\tKiểm kê tài sản\tVăn phòng\tBáo cáo\tTháng 5\n"
        )
    )

    assert [task.number for task in cut.tasks] == ["1", "2", "3"]
    assert cut.tasks[0].content == plan.tasks[0].content


def test_a_blank_repeats_what_is_above_only_in_the_column_that_leads_the_table():
    columns = ("TT", "Chủ trì", "Phối hợp", "Sản phẩm", "Nội dung", "Thời gian")
    plan = a_table(
        ("1", "Văn phòng", "Phòng Nội vụ", "Báo cáo", "Xét khen thưởng", "Tháng 3"),
        ("2", "", "", "", "Các nhiệm vụ khác", ""),
        ("", "Thanh tra", "", "", "- Kiểm tra cơ sở", "Tháng 4"),
        ("", "", "", "", "- Kiểm tra nội bộ", "Tháng 5"),
        columns=columns,
    )

    assert [(task.number, task.lead, task.support, task.product) for task in plan.tasks] == [
        ("1", ("Văn phòng",), ("Phòng Nội vụ",), "Báo cáo"),
        ("2", (), (), None),
        ("2.1", ("Thanh tra",), (), None),
        ("2.2", ("Thanh tra",), (), None),
    ]
    assert plan.findings == ()


def test_the_end_of_a_cut_row_may_begin_with_a_capital():
    plan = a_table(
        ("1", "Tổ chức Lễ đón nhận Huân chương", "Văn phòng", "", "Tháng 3"),
        COLUMNS,
        ("", "Độc lập", "", "", ""),
        ("2", "Xét khen thưởng", "Văn phòng", "", "Tháng 4"),
    )

    assert [(task.number, task.content) for task in plan.tasks] == [
        ("1", "Tổ chức Lễ đón nhận Huân chương Độc lập"),
        ("2", "Xét khen thưởng"),
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["Các trường trực thuộc", "Công đoàn ngành"],
            ["Các trường trực thuộc", "Công đoàn ngành"],
        ),
        (["Các đơn vị trực thuộc", "Sở"], ["Các đơn vị trực thuộc Sở"]),
        (["Văn phòng; Phòng", "Thanh tra - Pháp chế"], ["Văn phòng", "Phòng Thanh tra - Pháp chế"]),
        (["Tổ", "Văn phòng"], ["Tổ Văn phòng"]),
        (["Các khoa, phòng", "Khoa Dược"], ["Các khoa, phòng", "Khoa Dược"]),
    ],
)
def test_lines_of_a_cell_are_joined_where_a_name_lacks_its_end(lines, found):
    lead, support = owners(lines)

    assert lead + support == found


def test_a_column_of_those_who_help_to_carry_out_is_no_column_of_both():
    columns = ("TT", "Nội dung", "Đơn vị thực hiện", "Phối hợp thực hiện", "Thời gian")
    plan = a_table(("1", "Xét khen thưởng", "", "Thanh tra", "Tháng 3"), columns=columns)

    assert [(task.lead, task.support) for task in plan.tasks] == [((), ("Thanh tra",))]
