"""Each kind of finding: what must be found, and what a careful clerk would let pass."""

import time

import pytest

from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan

HEAD = (
    "Số: 5/KH-SNV\nTỉnh A, ngày 05 tháng 01 năm 2026\n"
    "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\n"
)
COLUMNS = "TT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian"


def a_plan(*rows, body=("I. NỘI DUNG", "1. Thực hiện theo phụ lục.")):
    """A plan with a body and an annex; each row is (content, due) or (content, due, lead)."""
    lines = [
        "\t".join([str(number), row[0], row[2] if len(row) > 2 else "Văn phòng", "", row[1]])
        for number, row in enumerate(rows, start=1)
    ]
    return read_plan(read_text(HEAD + "\n".join([*body, "PHỤ LỤC", COLUMNS, *lines])))


def kinds(plan):
    return [(finding.kind, finding.tasks) for finding in plan.findings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Đăng ký danh hiệu thi đua", "Trước 13/02/2026"),
            ("Đăng ký các danh hiệu thi đua năm 2026", "Trước 27/02/2026"),
        ),
        (("Nộp hồ sơ đề nghị khen thưởng", "Quý I"), ("Gửi hồ sơ đề nghị khen thưởng", "Tháng 9")),
        (
            ("Họp xét sáng kiến cấp cơ sở", "15/9/2026"),
            ("Xét sáng kiến cấp cơ sở năm 2026", "30/9/2026"),
        ),
    ],
)
def test_the_same_duty_with_two_due_dates_is_found(one, other):
    assert kinds(a_plan(one, other)) == [("conflicting-due", ("1", "2"))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Xét khen thưởng cấp Nhà nước đợt 1", "Trước 13/02/2026"),
            ("Xét khen thưởng cấp Nhà nước đợt 2", "Trước 15/9/2026"),
        ),
        (
            ("Sơ kết phong trào thi đua yêu nước", "Tháng 7"),
            ("Tổng kết phong trào thi đua yêu nước", "Tháng 12"),
        ),
        (("Sơ kết Khối thi đua số 9", "Tháng 7"), ("Sơ kết Cụm thi đua số 1", "Tháng 8")),
        (
            ("Tổng kết công tác thi đua, khen thưởng năm 2025", "Trước 15/01/2026"),
            ("Tổng kết công tác thi đua, khen thưởng năm 2026", "Trước 15/12/2026"),
        ),
        (
            ("Đăng ký danh hiệu thi đua", "Tháng 3"),
            ("Đăng ký danh hiệu thi đua", "Trước 15/3/2026"),
        ),
        (
            ("Báo cáo kết quả thi đua", "Trước 10/3/2026", "Phòng A"),
            ("Báo cáo kết quả thi đua", "Trước 17/3/2026", "Phòng B"),
        ),
        (
            ("Báo cáo phong trào thi đua", "Hàng tháng"),
            ("Báo cáo phong trào thi đua", "Trước 15/12/2026"),
        ),
        (
            ("Xây dựng Kế hoạch thi đua năm 2026", "Trước 13/01/2026"),
            ("Các đơn vị xây dựng kế hoạch thi đua năm 2026", "Trước 27/02/2026"),
        ),
        (
            ("Xét danh hiệu Chiến sĩ thi đua cơ sở", "Tháng 11"),
            ("Xét danh hiệu Chiến sĩ thi đua cấp Bộ", "Tháng 12"),
        ),
    ],
)
def test_duties_that_only_look_alike_do_not_conflict(one, other):
    found = [kind for kind, _ in kinds(a_plan(one, other))]

    assert "conflicting-due" not in found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rà soát, kiện toàn Hội đồng TĐKT Sở", "Kiện toàn Hội đồng Thi đua - Khen thưởng Sở"),
        (
            "Xét công nhận sáng kiến cấp Sở",
            "Hội đồng Sáng kiến họp xét, công nhận sáng kiến cấp Sở",
        ),
        ("Ký kết giao ước thi đua", "Tổ chức ký giao ước thi đua năm 2026"),
        ("Nộp báo cáo tổng kết thi đua", "Gửi báo cáo tổng kết thi đua năm 2026 về Sở Nội vụ"),
    ],
)
def test_other_words_for_the_same_duty_are_seen_through(one, other):
    plan = a_plan((one, "Trước 22/4/2026"), (other, "Trước 20/5/2026"))

    assert kinds(plan) == [("conflicting-due", ("1", "2"))]


def test_annex_and_body_are_compared():
    body = ("I. TỔ CHỨC THỰC HIỆN", "1. Các phòng đăng ký danh hiệu thi đua trước ngày 10/3/2026.")

    plan = a_plan(("Đăng ký danh hiệu thi đua", "Trước 20/3/2026"), body=body)

    assert kinds(plan) == [("conflicting-due", ("1",))]
    assert [str(day) for day in plan.findings[0].dates] == ["2026-03-20", "2026-03-10"]
    assert plan.findings[0].quotes[1] == body[1]


@pytest.mark.parametrize(
    ("due", "is_found"),
    [
        ("Trước ngày 15/3/2026", True),
        ("02/9/2026", True),
        ("Chậm nhất 17/02/2026", True),
        ("Trước ngày 16/3/2026", False),
        ("Hết quý I", False),
        ("Tháng 5", False),
        ("Trước ngày 15 hàng tháng", False),
        ("22/8/2026", False),
    ],
)
def test_a_printed_day_on_which_nobody_works_is_found(due, is_found):
    assert kinds(a_plan(("Tập huấn", due))) == ([("day-off", ("1",))] if is_found else [])


def test_a_day_off_is_told_with_the_last_working_day_before_it():
    plan = a_plan(("Tập huấn", "Trước ngày 17/02/2026"))

    assert plan.findings[0].message == (
        "Nhiệm vụ 1: hạn in “Trước ngày 17/02/2026” rơi vào thứ Ba, 17/02/2026, là ngày nghỉ "
        "(Tết Nguyên đán); ngày làm việc cuối cùng trước đó là thứ Sáu, 13/02/2026."
    )


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (("I. A", "1. Một.", "2. Hai.", "3. Ba.", "II. B"), 0),
        (("I. A", "1. Một.", "1. Hai.", "2. Ba.", "II. B"), 1),
        (("I. A", "1. Một.", "3. Ba.", "II. B"), 1),
        (("I. A", "III. B"), 1),
        (("I. A", "a) Một;", "b) Hai;", "c) Ba;", "d) Bốn;", "đ) Năm;", "e) Sáu;", "g) Bảy;"), 0),
        (("I. A", "a) Một;", "b) Hai;", "c) Ba;", "d) Bốn;", "e) Năm;", "f) Sáu;"), 0),
        (("I. A", "1. Một.", "1.1. Một một.", "1.2. Một hai.", "2. Hai.", "2.1. Hai một."), 0),
        (("I. A", "1. Một.", "2. Hai.", "II. B", "3. Ba.", "4. Bốn."), 0),
        (("Điều 1. A", "1. Một.", "Điều 2. B", "1. Hai.", "2. Ba."), 0),
        (("A. Một", "B. Hai", "C. Ba", "D. Bốn"), 0),
    ],
)
def test_numbers_that_repeat_or_skip_are_found(body, count):
    plan = a_plan(("Tập huấn", "Tháng 5"), body=body)

    assert [kind for kind, _ in kinds(plan)] == ["numbering"] * count


@pytest.mark.parametrize(
    ("lead", "is_found"),
    [
        ("Phòng Tổ chúc cán bộ", True),
        ("Phòng Tổ chức cán bô", True),
        ("Phòng Tổ chức - Cán bộ", False),
        ("Phòng Tài chính", False),
        ("Phòng Hành chính", False),
    ],
)
def test_a_unit_one_letter_off_a_known_one_is_found(lead, is_found):
    known = [(f"Việc {number}", "Tháng 5", "Phòng Tổ chức cán bộ") for number in range(3)]

    plan = a_plan(*known, ("Việc khác", "Tháng 6", lead))

    assert kinds(plan) == ([("name", ("4",))] if is_found else [])


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("Thực hiện khen thướng kịp thời.", True),
        ("Biểu dương, khen thường xuyên.", False),
        ("Công nhận sáng kiến của công nhân.", False),
        ("Chuyển đề nghị khen thưởng, chuyển sang kiến nghị.", False),
        ("Phát huy văn hoá, văn hóa; quý, quí.", False),
    ],
)
def test_a_slip_in_a_term_of_the_field_is_found(sentence, is_found):
    plan = a_plan(("Tập huấn", "Tháng 5"), body=("I. NỘI DUNG", f"1. {sentence}"))

    assert kinds(plan) == ([("name", ())] if is_found else [])


@pytest.mark.parametrize(
    ("sentences", "count"),
    [
        (["Khối thi đua Sở họp.", "Khối thi đua thuộc Sở ký.", "Cụm thi đua Sở báo cáo."], 1),
        (
            [
                "Cụm, khối thi đua tự chấm.",
                "Khối thi đua Sở.",
                "Khối thi đua Sở.",
                "Cụm thi đua Sở.",
            ],
            0,
        ),
        (["Khối thi đua số 1 Thành phố ký.", "Cụm thi đua số 1 Bộ ký."], 0),
        (["Cụm thi đua số 1 Bộ ký.", "Cạnh thi đua số 1 tổng kết."], 1),
        (["Khối thi đua số 2 ký.", "Đợt thi đua số 2 bắt đầu."], 0),
    ],
)
def test_a_bloc_under_a_wrong_word_is_found(sentences, count):
    numbered = [f"{number}. {text}" for number, text in enumerate(sentences, start=1)]

    plan = a_plan(("Tập huấn", "Tháng 5"), body=("I. NỘI DUNG", *numbered))

    assert kinds(plan) == [("name", ())] * count


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        ("Vụ Pháp chế (Khối trưởng)", False),
        ("Văn phòng Bộ (Khối trưởng)", True),
        ("Văn phòng Bộ (Khối phó)", False),
    ],
)
def test_two_bodies_for_one_office_are_found(other, is_found):
    plan = a_plan(
        ("Ký giao ước Khối thi đua số 5", "Tháng 3", "Vụ Pháp chế (Khối trưởng)"),
        ("Sơ kết Khối thi đua số 5", "Tháng 7", other),
        ("Sơ kết Khối thi đua số 6", "Tháng 7", "Vụ Tổ chức (Khối trưởng)"),
    )

    assert kinds(plan) == ([("role", ("1", "2"))] if is_found else [])


@pytest.mark.parametrize(
    ("content", "due", "is_found"),
    [
        ("Tập huấn nghiệp vụ", "Trước 20/11/2025", True),
        ("Tập huấn nghiệp vụ", "Trước 20/8/2027", True),
        ("Tập huấn nghiệp vụ", "31/6/2026", True),
        ("Tập huấn nghiệp vụ", "Trước 05/01/2026", False),
        ("Xây dựng Kế hoạch thi đua năm 2026", "Trước 30/12/2025", False),
        ("Báo cáo tổng kết năm 2026", "Trước 15/01/2027", False),
    ],
)
def test_a_day_outside_the_plans_year_is_found_unless_plainly_meant(content, due, is_found):
    assert kinds(a_plan((content, due))) == ([("date", ("1",))] if is_found else [])


def test_a_task_without_owner_or_time_is_found():
    plan = a_plan(("Tập huấn", "", "Văn phòng"), ("Kiểm tra", "Tháng 5", ""), ("Tổng kết", "", ""))

    assert kinds(plan) == [("missing", ("1",)), ("missing", ("2",)), ("missing", ("3",))]


def test_the_cost_grows_with_the_length_and_no_faster():
    def seconds(rows):
        plan = [(f"Đăng ký danh hiệu thi đua nhóm {n}", "Trước 13/3/2026") for n in range(rows)]
        begin = time.process_time()
        a_plan(*plan)
        return time.process_time() - begin

    seconds(50)  # whatever is made once
    assert seconds(1600) < 20 * seconds(200)


@pytest.mark.parametrize(
    ("duty", "again"),
    [
        (
            "Các đơn vị đăng ký mô hình, chuyên đề thi đua năm 2026 gửi Văn phòng",
            "Đăng ký các mô hình, chuyên đề thi đua năm 2026",
        ),
        (
            "Các Chi cục gửi báo cáo sơ kết thi đua 6 tháng đầu năm",
            "Gửi báo cáo sơ kết thi đua 6 tháng đầu năm về Cục Thuế",
        ),
        (
            "Tập huấn nghiệp vụ thi đua, khen thưởng",
            "Mở lớp tập huấn nghiệp vụ thi đua, khen thưởng cho cán bộ",
        ),
    ],
)
def test_other_words_around_a_duty_hide_no_second_date(duty, again):
    body = ("I. NỘI DUNG", f"1. {again} trước ngày 27/02/2026.")

    assert ("conflicting-due", ("1",)) in kinds(a_plan((duty, "Trước ngày 20/3/2026"), body=body))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Gửi hồ sơ đề nghị khen thưởng năm học về Sở", "Trước 29/5/2026", "Các trường"),
            ("Trình UBND tỉnh hồ sơ đề nghị khen thưởng năm học", "Trước 30/6/2026", "Phòng TCCB"),
        ),
        (
            ("Phong trào thi đua xây dựng nông thôn mới: phát động", "Tháng 2"),
            ("Phong trào thi đua xây dựng nông thôn mới: sơ kết", "Tháng 7"),
        ),
        (
            ("Gửi báo cáo sơ kết phong trào thi đua về Văn phòng", "Trước 10/6/2026"),
            ("Gửi báo cáo sơ kết phong trào thi đua về UBND tỉnh", "Trước 30/6/2026"),
        ),
        (
            ("Ký giao ước thi đua, xây dựng quy chế các Khối thi đua Sở", "Trước 27/3/2026"),
            ("Khối thi đua số 9 Thành phố ký giao ước thi đua, xây dựng quy chế", "30/3/2026"),
        ),
        (
            ("Ký giao ước thi đua, xây dựng quy chế Cụm thi đua số 1 Bộ", "Trước 27/3/2026"),
            ("Khối thi đua số 9 Thành phố ký giao ước thi đua, xây dựng quy chế", "30/3/2026"),
        ),
    ],
)
def test_duties_of_other_hands_or_bodies_may_have_other_dates(one, other):
    assert kinds(a_plan(one, other)) == []


@pytest.mark.parametrize("content", ["Đăng ký thi đua", "Ký giao ước thi đua", "Sơ kết đợt 1"])
def test_a_time_that_was_over_when_the_plan_was_issued_is_asked_about(content):
    printed = HEAD.replace("ngày 05 tháng 01", "ngày 10 tháng 4")
    row = f"1\t{content}\tVăn phòng\tCác phòng\tTháng 01/2026"

    plan = read_plan(read_text(f"{printed}PHỤ LỤC\n{COLUMNS}\n{row}"))

    assert kinds(plan) == [("date", ("1",))]


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("Phòng Quản lý Thễ thao", "Phòng Quản lý Thể thao"),
        ("Văn phòng Sỡ", "Văn phòng Sở"),
        ("Phòng Kế hoach - Tài chính", "Phòng Kế hoạch - Tài chính"),
    ],
)
def test_a_slip_in_a_common_word_is_asked_about_even_if_each_stands_once(slip, right):
    plan = a_plan(("Sơ kết", "Tháng 6", right), ("Tổng kết", "Tháng 12", slip))

    assert kinds(plan) == [("name", ("2",))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trường Tiểu học Thanh Sơn", "Trường Tiểu học Thành Sơn"),
        ("Phòng Văn hóa", "Phòng Văn hoá"),
        ("Trường Tiểu học Văn Hòa", "Trường Tiểu học Văn Hóa"),
    ],
)
def test_real_names_that_only_look_alike_are_let_pass(one, other):
    assert kinds(a_plan(("Sơ kết", "Tháng 6", one), ("Tổng kết", "Tháng 12", other))) == []


@pytest.mark.parametrize(
    ("duty", "again"),
    [
        (
            "Gửi hồ sơ đề nghị khen thưởng năm học",
            "Phòng A trình UBND tỉnh hồ sơ đề nghị khen thưởng năm học",
        ),
        (
            "Đăng ký danh hiệu thi đua, hình thức khen thưởng",
            "Phòng A hướng dẫn các đơn vị đăng ký danh hiệu thi đua, hình thức khen thưởng",
        ),
        (
            "Đăng ký danh hiệu thi đua, hình thức khen thưởng",
            "Phòng A tổng hợp đăng ký danh hiệu thi đua, hình thức khen thưởng",
        ),
        (
            "Tổ chức sơ kết phong trào thi đua 6 tháng đầu năm",
            "Phòng A báo cáo sơ kết phong trào thi đua 6 tháng đầu năm",
        ),
    ],
)
def test_guiding_and_passing_on_are_duties_of_their_own(duty, again):
    body = ("I. NỘI DUNG", f"1. {again} trước ngày 27/02/2026.")

    assert kinds(a_plan((duty, "Trước ngày 30/01/2026"), body=body)) == []


def test_a_bloc_written_without_its_tones_is_asked_about():
    plan = a_plan(
        ("Ký giao ước Cụm thi đua số 6", "Tháng 3"),
        ("Sơ kết hoạt động Cum thi đua số 6", "Tháng 7"),
    )

    assert kinds(plan) == [("name", ("2",))]
