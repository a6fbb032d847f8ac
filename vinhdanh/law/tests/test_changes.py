"""What changes on a day, as a list."""

from datetime import date
from pathlib import Path

from vinhdanh.law.book import read_book
from vinhdanh.law.changes import Change, changes
from vinhdanh.law.tests.make import a_law


def test_each_beginning_and_each_end_that_nothing_follows_is_a_change(tmp_path: Path):
    found = changes(read_book(a_law(tmp_path)))

    salary, decree = "NĐ 152/2025/NĐ-CP Điều 49", "NĐ 152/2025/NĐ-CP"
    law, bonus = "Luật 06/2022/QH15", "Cá nhân 1 lần mức lương cơ sở"
    assert found == (
        Change(date(2024, 1, 1), "", "text", f"{law} có hiệu lực", law),
        Change(date(2024, 1, 1), "", "transition", "Theo ngày tiếp nhận.", f"{law} Điều 96"),
        Change(date(2024, 1, 1), "DH_CSTD_CS", "criteria", f"Tiêu chuẩn theo {law}", law),
        Change(date(2024, 1, 1), "DH_CSTD_CS", "decider", "Giám đốc Sở", f"{law} Điều 80"),
        Change(date(2024, 1, 1), "DH_LDTT", "criteria", f"Tiêu chuẩn theo {law}", law),
        Change(date(2024, 1, 1), "DH_LDTT", "decider", "Giám đốc Sở", f"{law} Điều 80"),
        Change(
            date(2024, 7, 1),
            "",
            "salary",
            "Mức lương cơ sở 2.340.000 đồng một tháng",
            "NĐ 152/2025/NĐ-CP Điều 4",
        ),
        Change(date(2025, 7, 1), "", "text", f"{decree} có hiệu lực", decree),
        Change(
            date(2025, 7, 1), "", "rule", "Làm tròn lên hàng chục nghìn đồng.", f"{salary} khoản 2"
        ),
        Change(date(2025, 7, 1), "DH_CSTD_CS", "dossier", "Tờ trình", f"{decree} Điều 34"),
        Change(date(2025, 7, 1), "DH_CSTD_CS", "bonus", bonus, f"{decree} Điều 50"),
        Change(date(2026, 7, 1), "", "salary", "Mức lương cơ sở 2.530.000 đồng một tháng", salary),
        Change(date(2027, 3, 1), "", "text", f"{decree} hết hiệu lực", decree),
        Change(
            date(2027, 3, 1), "DH_CSTD_CS", "bonus", f"Hết hiệu lực: {bonus}", f"{decree} Điều 50"
        ),
    )


def test_the_packaged_law_changes_on_the_days_of_its_texts():
    found = changes(read_book())

    assert {change.day for change in found} >= {
        date(2024, 1, 1),
        date(2025, 7, 1),
        date(2026, 7, 1),
        date(2026, 10, 1),
        date(2027, 3, 1),
    }
    assert {c.award for c in found if c.aspect == "review"} >= {"DH_LDTT", "DH_CSTD_CS"}
