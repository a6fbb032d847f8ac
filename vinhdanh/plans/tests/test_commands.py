"""Reading a plan on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from vinhdanh.common.refusal import Refused
from vinhdanh.plans.commands import plan

WORDS = """\
SỞ VĂN HÓA VÀ THỂ THAO TỈNH AN BÌNH

KẾ HOẠCH
Công tác thi đua, khen thưởng năm 2026

I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao chất lượng phong trào thi đua.
2. Khen thưởng kịp thời, đúng người, đúng việc.
II. NỘI DUNG
1. Tổ chức phong trào thi đua trong toàn ngành.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở chủ trì thực hiện Kế hoạch này.

TT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian
1\tXây dựng kế hoạch thi đua\tVăn phòng Sở\tCác phòng, đơn vị\tTrước ngày 15/01/2026
2\tSơ kết phong trào thi đua\tPhòng Tổ chức\tVăn phòng Sở\tTháng 7
"""


def test_a_plan_is_printed_for_a_person(tmp_path: Path):
    done = CliRunner().invoke(plan, ["read", str(_written(tmp_path, WORDS))])

    assert done.exit_code == 0
    assert "Nhiệm vụ (2):" in done.output
    assert "1     Xây dựng kế hoạch thi đua" in done.output
    assert "→ Văn phòng Sở (phối hợp: Các phòng, đơn vị) · Trước ngày 15/01/2026" in done.output
    assert "Điều cần xem lại (" in done.output


def test_a_plan_is_printed_for_a_machine(tmp_path: Path):
    done = CliRunner().invoke(plan, ["read", str(_written(tmp_path, WORDS)), "--json"])

    read = json.loads(done.output)
    keys = ["title", "issuer", "year", "number", "issued_on", "sections", "tasks", "findings"]
    assert list(read) == keys
    assert [task["lead"] for task in read["tasks"]] == [["Văn phòng Sở"], ["Phòng Tổ chức"]]
    assert read["tasks"][1]["due"] == {
        "kind": "period",
        "from": "2026-07-01",
        "to": "2026-07-31",
        "text": "Tháng 7",
    }


def test_what_is_no_plan_is_refused(tmp_path: Path):
    novel = _written(tmp_path, "Ngày xửa ngày xưa, có một chàng trai sống bên sông.\n" * 20)

    with pytest.raises(Refused):
        CliRunner().invoke(plan, ["read", str(novel)], catch_exceptions=False)


def test_an_enormous_file_is_refused_before_it_is_read(tmp_path: Path):
    enormous = tmp_path / "ke-hoach.pdf"
    with enormous.open("wb") as file:
        file.truncate(60 * 2**20)

    with pytest.raises(Refused, match="lớn hơn"):
        CliRunner().invoke(plan, ["read", str(enormous)], catch_exceptions=False)


def _written(folder: Path, words: str) -> Path:
    file = folder / "ke-hoach.txt"
    file.write_text(words)
    return file
