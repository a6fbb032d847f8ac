"""The law in words."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from vinhdanh.law import words
from vinhdanh.law.awards import Bonus, Vote
from vinhdanh.law.book import read_book
from vinhdanh.law.criteria import After, Condition, Group

BOOK = read_book()
SOURCE = {"source": "Luật 06/2022/QH15 Điều 1", "grade": "A"}
POSITIONS = [
    {"title": "department_director", "at_least": 10, "below": 15},
    {"title": "department_deputy_director", "at_least": 15},
]
DIRECTOR = BOOK.positions["department_director"].name
DEPUTY = BOOK.positions["department_deputy_director"].name
INITIATIVE = "sáng kiến hoặc đề tài khoa học, đề án khoa học, công trình khoa học và công nghệ"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"criterion": "rating", "at_least": "good"},
         "Xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm xét"),
        ({"criterion": "rating", "at_least": "good", "years": 5},
         "Xếp loại hoàn thành tốt nhiệm vụ trở lên 05 năm liên tục"),
        ({"criterion": "rating", "at_least": "excellent", "years": 2, "span": "count"},
         "Có ít nhất 02 năm xếp loại hoàn thành xuất sắc nhiệm vụ"),
        ({"criterion": "rating", "at_least": "good", "years": 5, "span": "whole"},
         "Xếp loại hoàn thành tốt nhiệm vụ trở lên liên tục mọi năm, từ 05 năm trở lên"),
        ({"criterion": "rating", "at_least": "excellent", "years": 5, "span": "run",
          "others": "good", "or_award": ["DH_TTLDXS"]},
         "Xếp loại hoàn thành xuất sắc nhiệm vụ hoặc đạt Tập thể lao động xuất sắc 05 năm liên tục;"
         " các năm còn lại hoàn thành tốt nhiệm vụ trở lên"),
        ({"criterion": "award", "codes": ["DH_CSTD_CS"], "at_least": 3, "span": "ending"},
         "Có 03 lần liên tục đạt Chiến sĩ thi đua cơ sở"),
        ({"criterion": "award", "codes": ["DH_CSTD_CS"], "at_least": 3},
         "Có ít nhất 03 lần đạt Chiến sĩ thi đua cơ sở"),
        ({"criterion": "award", "codes": ["DH_CSTD_CS"], "span": "ever"},
         "Đã đạt Chiến sĩ thi đua cơ sở"),
        ({"criterion": "initiative", "reach": "grassroots", "within": 1},
         f"Có 01 {INITIATIVE} được công nhận, phạm vi cơ sở trở lên, trong năm xét"),
        ({"criterion": "initiative", "reach": "nation", "at_least": 2, "within": 6},
         f"Có 02 {INITIATIVE} được công nhận, phạm vi toàn quốc, trong 06 năm"),
        ({"criterion": "initiative", "reach": "nation"},
         f"Có 01 {INITIATIVE} được công nhận, phạm vi toàn quốc"),
        ({"criterion": "share", "of": "advanced", "at_least": "0.7"},
         "Từ 70% trở lên số cá nhân đạt Lao động tiên tiến"),
        ({"criterion": "share", "of": "completed", "at_least": 1},
         "100% cá nhân hoàn thành nhiệm vụ trở lên"),
        ({"criterion": "members", "who": "grassroots_fighters", "at_least": 1},
         "Có ít nhất 01 cá nhân đạt Chiến sĩ thi đua cơ sở"),
        ({"criterion": "members", "who": "disciplined", "at_most": 0},
         "Không có cá nhân bị kỷ luật từ cảnh cáo trở lên"),
        ({"criterion": "tenure", "positions": POSITIONS, "women": "2/3"},
         f"Giữ chức vụ {DIRECTOR} từ 10 năm đến dưới 15 năm hoặc {DEPUTY} từ 15 năm trở lên; "
         "nữ lãnh đạo, quản lý được giảm 1/3 thời gian"),
        ({"criterion": "undisciplined", "when": "ever"}, "Không bị kỷ luật"),
        ({"criterion": "undisciplined", "when": "in_position"},
         "Không bị kỷ luật trong thời gian giữ chức vụ"),
        ({"criterion": "retiring"}, "Đã có thông báo hoặc quyết định nghỉ hưu"),
        ({"criterion": "meets", "award": "DH_LDTT"}, "Đạt tiêu chuẩn Lao động tiên tiến"),
        ({"criterion": "meets", "award": "DH_LDTT", "branches": ["24.1", "24.3.a"]},
         "Đạt tiêu chuẩn Lao động tiên tiến theo Điều 24 khoản 1 hoặc Điều 24 khoản 3 điểm a"),
        ({"criterion": "meets", "award": "DH_LDTT", "branches": ["43.1.a", "43.1.b", "43.1.đ"]},
         "Đạt tiêu chuẩn Lao động tiên tiến theo Điều 43 khoản 1 điểm a, b hoặc đ"),
        ({"criterion": "meets", "award": "DH_LDTT", "branches": ["43", "44"]},
         "Đạt tiêu chuẩn Lao động tiên tiến theo Điều 43 hoặc Điều 44"),
        ({"criterion": "once"}, "Chỉ tặng một lần, chưa được tặng trước đó"),
        ({"criterion": "occupation", "one_of": ["worker", "farmer", "labourer"]},
         "Là công nhân, nông dân hoặc người lao động"),
        ({"criterion": "recipient", "one_of": ["person"]}, "Là cá nhân"),
        ({"criterion": "sort", "one_of": ["enterprise"], "text": "là doanh nghiệp"},
         "Là doanh nghiệp"),
        ({"criterion": "sort", "one_of": ["enterprise"]}, "Thuộc đối tượng enterprise"),
        ({"criterion": "age", "at_least": 10}, "Xây dựng và phát triển từ 10 năm trở lên"),
        ({"criterion": "judgement", "about": "conduct", "text": "Gương mẫu"}, "Gương mẫu"),
    ],
)  # fmt: skip
def test_a_condition_is_one_line(written, said):
    condition = TypeAdapter(Condition).validate_python({**written, **SOURCE})

    assert words.criterion(condition, BOOK) == said


def test_the_award_from_which_counting_begins_is_named():
    after = After(codes=("DH_CSTD_CS", "DH_CSTD_TINH"), **SOURCE)
    names = " hoặc ".join(words.awards(after.codes, BOOK))

    said = words.after(after, BOOK)

    assert said == f"Đã được tặng {names}; tính từ khi lập thành tích lần đó"


def test_a_group_is_headed_by_its_name_clause_and_class():
    condition = TypeAdapter(Condition).validate_python({"criterion": "once", **SOURCE})

    assert words.group(Group(all=(condition,))) == "Đạt điều kiện sau"
    assert words.group(Group(all=(condition, condition))) == "Đạt tất cả các điều kiện sau"
    named = Group(any=(condition, condition), branch="74.1.d", name="Liên tục", of_class="merit")
    assert words.group(named) == (
        "Liên tục, Điều 74 khoản 1 điểm d, loại hình công trạng: đạt một trong các điều kiện sau"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"status": "fixed", "share": "0.9", "ballot": True, "absent": "Lấy ý kiến bằng văn bản"},
         "Bỏ phiếu, đồng ý từ 90% trở lên trên tổng số thành viên Hội đồng; thành viên vắng: lấy ý "
         "kiến bằng văn bản"),
        ({"status": "delegated"},
         "Tỷ lệ và cách biểu quyết do cấp được phân cấp, quy chế Hội đồng quy định"),
        ({"status": "unknown"}, "Chưa biết tỷ lệ phải đạt"),
    ],
)  # fmt: skip
def test_a_vote_is_one_line(written, said):
    assert words.vote(Vote(**written, **SOURCE, **{"from": None})) == said


def test_a_bonus_names_its_multiples_and_a_ceiling_as_one():
    of = {**SOURCE, "from": date(2025, 7, 1)}

    assert words.bonus(Bonus(person=Decimal("1.5"), household=Decimal("2.25"), **of)) == (
        "Cá nhân 1,5 lần, hộ gia đình 2,25 lần mức lương cơ sở"
    )
    ceiling = Bonus(person=Decimal("0.60"), is_ceiling=True, **of)
    assert words.bonus(ceiling) == "Không quá cá nhân 0,6 lần mức lương cơ sở"
    assert words.bonus(Bonus(**of)) == "Văn bản không nêu tiền thưởng"


def test_periods_shares_and_money_are_written_as_officials_do():
    of = {"person": 1, **SOURCE}
    whole = Bonus(**of, **{"from": date(2025, 7, 1), "until": date(2027, 2, 28)})

    assert words.period(whole) == "từ 01/07/2025 đến 28/02/2027"
    assert words.period(Bonus(**of, **{"from": None})) == ""
    assert words.percent(Decimal("0.125")) == "12,5%"
    assert words.money(2_530_000) == "2.530.000 đồng"


def test_everything_the_packaged_law_asks_can_be_said():
    def leaves(condition):
        if not isinstance(condition, Group):
            yield words.criterion(condition, BOOK)
            return
        yield words.group(condition)
        if condition.after:
            yield words.after(condition.after, BOOK)
        for inner in (*condition.all, *condition.any):
            yield from leaves(inner)

    said = [
        line
        for award in BOOK.awards.values()
        for version in award.versions
        for line in leaves(version.criteria)
    ]

    assert all(said)
    assert not [line for line in said if "DH_" in line or "HT_" in line or line != line.strip()]
