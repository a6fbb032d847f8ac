"""Duties in the running text: who is charged, by when, and which sentences charge nobody."""

import pytest

from vinhdanh.documents.rules.reading import read_text
from vinhdanh.plans.rules.reading import read_plan
from vinhdanh.plans.rules.reading.body import owner_in

HEAD = (
    "Số: 5/KH-SNV\nTỉnh A, ngày 26 tháng 01 năm 2026\n"
    "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\nI. NHIỆM VỤ\n"
)
ANNEX = (
    "\nPHỤ LỤC\nTT\tNội dung\tChủ trì\tPhối hợp\tThời gian\n"
    "1\tHọp Hội đồng\tVăn phòng\tCác phòng\tTháng 6"
)


def a_body(*sentences):
    lines = [f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1)]
    return read_plan(read_text(HEAD + "\n\n".join(lines)))


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Trước ngày 30/10/2026: các khoa, phòng nộp báo cáo.", "các khoa, phòng"),
        ("Tháng 6/2026: Phòng Tổ chức cán bộ tổ chức sơ kết.", "Phòng Tổ chức cán bộ"),
        ("Từ ngày 02/3/2026 đến ngày 31/3/2026: các tổ đăng ký thi đua.", "các tổ"),
        ("Tổ chức tổng kết (trước ngày 29/01/2027): Phòng A.", "Phòng A"),
        ("Hội nghị được tổ chức vào ngày 25/12/2026, do Văn phòng chuẩn bị.", "Văn phòng"),
        ("Phòng Kế toán chi thưởng theo quy định, xong trong tháng 12/2026.", "Phòng Kế toán"),
        ("Phòng A: tham mưu ban hành Quy chế; thời gian: trước ngày 30/01/2026.", "Phòng A"),
        ("Tổ chức Hội nghị (Phòng A chủ trì, thời gian: quý II/2026).", "Phòng A"),
        ("Phòng Kế toán thanh toán tiền thưởng trước ngày 25/12/2026.", "Phòng Kế toán"),
    ],
)
def test_a_sentence_says_who_wherever_the_time_stands(sentence, lead):
    task = a_body(sentence).tasks[0]

    assert task.lead == (lead,)
    assert task.due


def test_who_helps_may_be_named_without_a_word_between():
    task = a_body("Phòng A chủ trì, phối hợp Văn phòng tổ chức Hội nghị trong tháng 5/2026.").tasks[
        0
    ]

    assert (task.lead, task.support) == (("Phòng A",), ("Văn phòng",))


@pytest.mark.parametrize(
    "sentence",
    [
        "Các quyết định khen thưởng ban hành trước ngày 01/01/2026 giữ nguyên hiệu lực.",
        "Phong trào làm 3.000 km đường trước ngày 31/12/2025 đã tổng kết.",
        "Hội thi đã kết thúc trước ngày 31/12/2025.",
        "Hồ sơ gửi trước ngày 15/8/2026 được xét trong đợt 1.",
        "Thành tích tính từ ngày 01/12/2025 đến ngày 30/11/2026.",
        "Các xã đã đăng ký trước ngày 14/8/2026 thực hiện theo nội dung đăng ký.",
    ],
)
def test_a_day_that_only_tells_which_things_are_meant_is_no_due_date(sentence):
    plan = read_plan(read_text(f"{HEAD}1. {sentence}\n{ANNEX}"))

    assert plan.duties == ()
    assert plan.findings == ()


def test_each_clause_names_its_own_units():
    tasks = a_body(
        "Đối với các trường: gửi hồ sơ trước ngày 15/6/2026; đối với các xã: trước ngày 30/11/2026."
    ).tasks

    assert [task.lead for task in tasks] == [("các trường",), ("các xã",)]


def test_a_deed_that_ends_a_name_stays_with_the_name():
    assert owner_in("Phòng Kế hoạch tổng hợp chủ trì đánh giá viên chức.")[0] == [
        "Phòng Kế hoạch tổng hợp"
    ]
    assert owner_in("Thư ký Hội đồng tổng hợp hồ sơ.")[0] == ["Thư ký Hội đồng"]
