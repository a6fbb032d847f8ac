"""Eligibility on the command line."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.commands import eligibility

FACTS = """\
recipient: person
year: 2025
sex: female
ratings: {2023: excellent, 2024: excellent, 2025: excellent}
awards: [{code: DH_CSTD_CS, year: 2024}, {code: DH_CSTD_CS, year: 2025}]
initiatives: [{year: 2025, reach: grassroots}]
positions: [{title: department_director, from: 2010-01-01, to: 2025-06-30}]
retires_on: 2025-07-01
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    return path


def _run(*words: object) -> Result:
    return CliRunner().invoke(eligibility, [str(word) for word in words], catch_exceptions=False)


def test_answers_are_json_for_machines(file):
    done = _run(file, "--on", "2025-12-01", "--award", "HT_HCLD_1_CH", "--json")

    (answer,) = json.loads(done.stdout)
    assert [answer[key] for key in ("award", "version", "verdict")] == [
        "HT_HCLD_1_CH",
        "2025-07-01",
        "met",
    ]
    assert answer["findings"][1] == {
        "criterion": "Đã có thông báo hoặc quyết định nghỉ hưu",
        "verdict": "met",
        "measure": "nghỉ hưu từ 01/07/2025",
        "needed": "có thông báo nghỉ hưu",
        "sources": ["NĐ 152/2025/NĐ-CP Điều 9 khoản 2 điểm a"],
    }


def test_every_award_open_to_the_recipient_is_answered(file):
    found = json.loads(_run(file, "--on", "2025-12-01", "--json").stdout)
    verdicts = {answer["award"]: answer["verdict"] for answer in found}

    assert {code: verdicts[code] for code in ("DH_LDTT", "DH_CSTD_TINH", "HT_HCLD_2_CH")} == {
        "DH_LDTT": "judge",
        "DH_CSTD_TINH": "unmet",
        "HT_HCLD_2_CH": "judge",
    }
    assert "DH_TTLDXS" not in verdicts
    assert {tuple(answer) for answer in found} == {("award", "version", "verdict", "findings")}


def test_a_person_reads_verdict_measure_and_source(file):
    done = _run(file, "--on", "01/12/2025", "--award", "HT_HCLD_1_CH")

    assert done.stdout.splitlines()[1:3] == [
        "Huân chương Lao động hạng Nhất – quá trình cống hiến [HT_HCLD_1_CH]",
        "  Đủ điều kiện (bản luật từ 01/07/2025)",
    ]
    assert "    ✓ Đã có thông báo hoặc quyết định nghỉ hưu" in done.stdout
    assert "      nghỉ hưu từ 01/07/2025 (cần: có thông báo nghỉ hưu)" in done.stdout
    assert "      NĐ 152/2025/NĐ-CP Điều 9 khoản 2 điểm a" in done.stdout


def test_branches_are_headed_by_their_clause(file):
    done = _run(file, "--on", "2025-12-01", "--award", "HT_BK_TINH_CN")

    assert "  Điều 74 khoản 1 điểm d:" in done.stdout.splitlines()


def test_an_unknown_award_is_refused(file):
    with pytest.raises(Refused, match="nào mã HT_NONE; có thể là HT_"):
        _run(file, "--award", "HT_NONE")


def test_a_faulty_file_is_refused_with_its_line(file):
    file.write_text("recipient: person\nyear: 2025\nsex: unknown\n", encoding="utf-8")

    with pytest.raises(Refused, match=r"facts\.yaml:3: giá trị không hợp lệ ở “sex”"):
        _run(file)


def test_no_database_and_no_django_are_loaded(file):
    script = (
        "import sys; from vinhdanh.honours.commands import eligibility;"
        f"eligibility([{str(file)!r}, '--json'], standalone_mode=False);"
        "sys.exit('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
