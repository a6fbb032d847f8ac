"""The law on the command line."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vinhdanh.common.refusal import Refused
from vinhdanh.law import store
from vinhdanh.law.book import DATA
from vinhdanh.law.commands import bonus, law
from vinhdanh.law.tests.make import a_law


@pytest.fixture(autouse=True)
def _law_as_packaged():
    before = store._store
    yield
    store._store = before


def test_a_law_without_a_fault_is_counted():
    done = _run(law, "check")

    assert done.exit_code == 0
    assert done.stdout == (
        "Không có lỗi: 59 danh hiệu, hình thức khen thưởng (20 danh hiệu, 39 hình thức), "
        f"133 quy tắc thủ tục, {len(store.book().texts)} văn bản.\n"
    )


def test_every_fault_is_told_and_the_exit_code_is_one(tmp_path: Path):
    folder = a_law(
        tmp_path,
        {
            "awards/dh_ldtt.yaml": ("rank: 10", "rank: ten"),
            "documents.yaml": ("name: Tờ trình", "nam: Tờ trình"),
        },
    )

    done = _run(law, "check", str(folder))

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{folder}/documents.yaml:1: khóa lạ “nam”",
        f"{folder}/documents.yaml:1: thiếu khóa “name”",
        f"{folder}/awards/dh_ldtt.yaml:6: giá trị không hợp lệ ở “rank”: phải là số nguyên",
    ]
    assert "3 lỗi" in done.stderr


def test_the_folder_of_the_installation_is_what_is_checked(tmp_path: Path):
    store.use(a_law(tmp_path, {"documents.yaml": ("name", "nam")}), None)

    done = _run(law, "check")

    assert done.exit_code == 1
    assert done.stdout.startswith(f"{tmp_path}/documents.yaml:1: ")


def test_with_a_faulty_folder_commands_answer_by_the_law_in_force_and_say_so(tmp_path: Path):
    store.use(a_law(tmp_path, {"documents.yaml": ("name", "nam")}), None)

    done = _run(bonus, "DH_CSTD_CS", "--recipient", "person", "--on", "2026-08-01", "--json")

    assert json.loads(done.stdout)["amount"] == 2_530_000
    assert "lỗi nên chưa được dùng" in done.stderr


def test_an_award_is_shown_as_a_person_reads_it(tmp_path: Path):
    store.use(a_law(tmp_path), None)

    done = _run(law, "show", "dh_cstd_cs", "--on", "01/08/2026")

    assert (
        done.stdout
        == """\
Chiến sĩ thi đua cơ sở (DH_CSTD_CS)
Danh hiệu thi đua, cấp cơ sở
Đối tượng: cá nhân
Ngày xem luật: 01/08/2026. Tiêu chuẩn theo Luật 06/2022/QH15, từ 01/01/2024.

Tiêu chuẩn
   • Đạt tất cả các điều kiện sau
      – Đạt tiêu chuẩn Lao động tiên tiến [Luật 06/2022/QH15 Điều 23]
      – Xếp loại hoàn thành xuất sắc nhiệm vụ trong năm xét [Luật 06/2022/QH15
        Điều 23]

Thẩm quyền
   – Giám đốc Sở [Luật 06/2022/QH15 Điều 80]

Hồ sơ
   – Tờ trình [NĐ 152/2025/NĐ-CP Điều 34]

Tiền thưởng theo quyết định ngày 01/08/2026
   – Cá nhân: 2.530.000 đồng (1 × 2.530.000 đồng, làm tròn lên) [NĐ
     152/2025/NĐ-CP Điều 50; NĐ 152/2025/NĐ-CP Điều 49 khoản 2; NĐ
     152/2025/NĐ-CP Điều 49]

Thành phố, cơ quan được quy định
   – Tỷ lệ phiếu: Tỷ lệ phiếu tối thiểu. Nơi quy định: Thành phố. [NĐ
     152/2025/NĐ-CP Điều 6]
"""
    )


def test_a_day_without_a_version_and_an_unread_later_law_are_said():
    before = _run(law, "show", "DH_CSTD_CS", "--on", "2023-12-31").stdout
    after = _run(law, "show", "DH_CSTD_CS", "--on", "2026-10-01").stdout

    assert "Không có bản nào của tiêu chuẩn" in before
    assert "Tiêu chuẩn\n" not in before
    assert "Chú ý: từ 01/10/2026 có luật chưa đọc" in after
    assert "Chú ý" not in _run(law, "show", "DH_CSTD_CS", "--on", "2026-09-30").stdout


def test_the_vote_and_the_papers_are_those_of_the_day():
    old = " ".join(_run(law, "show", "DH_CSTD_CS", "--on", "2025-03-01").stdout.split())
    now = " ".join(_run(law, "show", "DH_CSTD_CS", "--on", "2026-08-01").stdout.split())

    assert "Bỏ phiếu, đồng ý từ 80% trở lên trên tổng số thành viên" in old
    assert "NĐ 98/2023/NĐ-CP Điều 30 khoản 7" in old
    assert "Tỷ lệ và cách biểu quyết do cấp được phân cấp" in now
    assert "2.530.000 đồng" in now


def test_papers_of_other_days_alone_are_said_to_be_unknown():
    shown = _run(law, "show", "DH_CSTD_CS", "--on", "2023-12-31").stdout

    assert "Hồ sơ\n   – Dữ liệu chưa có quy định của ngày này.\n" in shown


def test_where_a_decree_is_over_the_papers_of_the_law_itself_are_told():
    asked = {"2025-06-30": "DH_CSTD_TQ", "2027-03-01": "DH_CSTD_CS"}
    shown = [
        " ".join(_run(law, "show", code, "--on", day).stdout.split()) for day, code in asked.items()
    ]

    assert all("[Luật 06/2022/QH15 Điều 84 khoản 1" in each for each in shown)
    assert "01 bộ bản chính" in shown[0]


def test_what_may_still_go_by_the_earlier_decree_is_told_until_its_last_day():
    last = " ".join(_run(law, "show", "DH_CSTD_CS", "--on", "2025-12-31").stdout.split())
    after = _run(law, "show", "DH_CSTD_CS", "--on", "2026-01-01").stdout

    assert "còn theo NĐ 98/2023/NĐ-CP đến hết 31/12/2025. (NĐ 152/2025/NĐ-CP Điều 60" in last
    assert "Bỏ phiếu, đồng ý từ 80% trở lên trên tổng số thành viên" in last
    assert "Kết quả bỏ phiếu;" in last
    assert "Chuyển tiếp" not in after


@pytest.mark.parametrize("code", [path.stem.upper() for path in sorted(DATA.glob("awards/*.yaml"))])
def test_every_award_can_be_shown_on_any_day(code: str):
    for day in ("2023-06-01", "2025-03-01", "2026-08-01", "2026-10-01", "2027-03-01"):
        done = _run(law, "show", code, "--on", day)

        assert done.exit_code == 0
        assert max(map(len, done.stdout.splitlines())) <= 80


def test_an_unknown_code_names_those_most_like_it():
    with pytest.raises(Refused, match="DH_CSTD_CS"):
        CliRunner().invoke(law, ["show", "DH_CSTDCS"], catch_exceptions=False)
    with pytest.raises(Refused, match="có thể là DH_LDTT"):
        CliRunner().invoke(law, ["show", "lao dong tien tien"], catch_exceptions=False)
    with pytest.raises(Refused, match="vinhdanh law list"):
        CliRunner().invoke(law, ["show", "?"], catch_exceptions=False)


def test_the_list_has_every_award_titles_first(tmp_path: Path):
    assert len(_run(law, "list").stdout.splitlines()) == 59
    store.use(a_law(tmp_path), None)

    assert [line.split()[0] for line in _run(law, "list").stdout.splitlines()] == [
        "DH_LDTT",
        "DH_CSTD_CS",
    ]


def test_changes_are_listed_under_their_days(tmp_path: Path):
    store.use(a_law(tmp_path), None)

    done = _run(law, "changes", "--on", "2026-07-01")

    assert done.stdout == (
        "01/07/2026\n"
        "   Lương cơ sở: Mức lương cơ sở 2.530.000 đồng một tháng [NĐ 152/2025/NĐ-CP Điều\n"
        "   49]\n"
    )
    assert _run(law, "changes", "--on", "2026-07-02").stdout == (
        "Không có thay đổi nào vào ngày 02/07/2026.\n"
    )
    assert [line for line in _run(law, "changes").stdout.splitlines() if line[:1].isdigit()] == [
        "01/01/2024",
        "01/07/2024",
        "01/07/2025",
        "01/07/2026",
        "01/03/2027",
    ]


def test_what_is_left_to_the_city_is_shown_from_its_day_on():
    def shown(day: str) -> bool:
        return "Tỷ lệ phiếu tối thiểu:" in _run(law, "show", "DH_CSTD_CS", "--on", day).stdout

    days = ("2025-03-01", "2025-06-30", "2025-07-01", "2027-02-28", "2027-03-01")
    assert [shown(day) for day in days] == [False, False, True, True, False]


def test_a_bonus_is_told_to_machines_and_to_people():
    of = ("HT_BK_TINH_TT", "--recipient", "collective", "--on", "2026-08-01")

    assert json.loads(_run(bonus, *of, "--json").stdout) == {
        "code": "HT_BK_TINH_TT",
        "amount": 7_590_000,
        "source": "NĐ 152/2025/NĐ-CP Điều 54 khoản 2 điểm a; NĐ 152/2025/NĐ-CP Điều 49 khoản 2; "
        "NĐ 161/2026/NĐ-CP Điều 3",
    }
    assert "7.590.000 đồng (3 × 2.530.000 đồng, làm tròn lên)" in _run(bonus, *of).stdout


def test_a_bonus_unknown_to_the_law_is_refused():
    after = ["DH_LDTT", "--recipient", "person", "--on", "2027-03-01"]
    with pytest.raises(Refused, match="người có thẩm quyền"):
        CliRunner().invoke(bonus, after, catch_exceptions=False)


@pytest.mark.parametrize("day", ["2026-02-30", "30/02/2026", "hôm qua"])
def test_a_day_that_is_none_is_a_usage_error(day: str):
    done = CliRunner().invoke(law, ["show", "DH_LDTT", "--on", day])

    assert done.exit_code == 2
    assert "không phải là ngày" in done.stderr


def test_without_a_day_it_is_today(tmp_path: Path):
    store.use(a_law(tmp_path), None)

    shown = _run(law, "show", "DH_LDTT").stdout.splitlines()[3]

    day, month, year = shown.removeprefix("Ngày xem luật: ")[:10].split("/")
    assert abs((date(int(year), int(month), int(day)) - date.today()).days) <= 1


def _run(command, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments], catch_exceptions=False)
