"""The law as one book: what does not fit together is refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from vinhdanh.law.book import read_book
from vinhdanh.law.files import MalformedError
from vinhdanh.law.tests.make import FILES, a_law

CSTD, LDTT = "awards/dh_cstd_cs.yaml", "awards/dh_ldtt.yaml"


def test_a_folder_becomes_a_book(tmp_path: Path):
    book = read_book(a_law(tmp_path))

    assert sorted(book.awards) == ["DH_CSTD_CS", "DH_LDTT"]
    assert (sorted(book.texts), sorted(book.documents), sorted(book.positions)) == (
        ["CV 5007/BNV-TĐKT", "Luật 06/2022/QH15", "NĐ 152/2025/NĐ-CP"],
        ["proposal"],
        ["department_director"],
    )
    assert [salary.amount for salary in book.salaries] == [2_340_000, 2_530_000]
    assert book.rule("TH_02", date(2025, 6, 30)) is None
    assert book.rule("TH_02", date(2025, 7, 1)) == book.rules["TH_02"][0]


def test_the_digest_is_that_of_the_files_wherever_they_lie(tmp_path: Path):
    one, same = read_book(a_law(tmp_path / "one")), read_book(a_law(tmp_path / "two"))
    other = read_book(a_law(tmp_path / "other", {LDTT: ("rank: 10", "rank: 11")}))

    assert one.digest == same.digest != other.digest


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        (LDTT, "code: DH_LDTT", "code: DH_LD", [
            "awards/dh_cstd_cs.yaml:12: không có danh hiệu, hình thức nào mã DH_LDTT",
            "awards/dh_ldtt.yaml:1: tệp của DH_LD phải tên là dh_ld.yaml"]),
        (CSTD, "award: DH_LDTT", "award: DH_NO", [
            "awards/dh_cstd_cs.yaml:12: không có danh hiệu, hình thức nào mã DH_NO"]),
        (CSTD, "award: DH_LDTT,", "award: DH_LDTT, branches: ['24.3'],", [
            "awards/dh_cstd_cs.yaml:12: DH_LDTT không có nhánh 24.3"]),
        (CSTD, "at_least: excellent", "at_least: excellent\n          or_award: [DH_NO]", [
            "awards/dh_cstd_cs.yaml:13: không có danh hiệu, hình thức nào mã DH_NO"]),
        (CSTD, "documents: [proposal]", "documents: [poem]", [
            "awards/dh_cstd_cs.yaml:20: không có giấy tờ nào mã poem trong documents.yaml"]),
        (CSTD, "source: NĐ 152/2025/NĐ-CP Điều 34", "source: NĐ 1525/2025/NĐ-CP Điều 34", [
            "awards/dh_cstd_cs.yaml:20: nguồn “NĐ 1525/2025/NĐ-CP Điều 34” không bắt đầu bằng tên "
            "một văn bản trong texts.yaml"]),
        (CSTD, "source: NĐ 152/2025/NĐ-CP Điều 34", "source: NĐ 152/2025/NĐ-CP", [
            "awards/dh_cstd_cs.yaml:20: nguồn “NĐ 152/2025/NĐ-CP” hạng A phải nêu điều, khoản"]),
        (CSTD, "Luật 06/2022/QH15 Điều 23, grade: A", "'Luật 06/2022/QH15 Điều 23; x', grade: A", [
            "awards/dh_cstd_cs.yaml:12: nguồn “x” không bắt đầu bằng tên một văn bản trong "
            "texts.yaml"]),
        (CSTD, "text: Luật 06/2022/QH15", "text: Luật cũ", [
            "awards/dh_cstd_cs.yaml:8: nguồn “Luật cũ” không bắt đầu bằng tên một văn bản trong "
            "texts.yaml"]),
        (CSTD, "until: 2027-02-28", "until: 2025-01-01", [
            "awards/dh_cstd_cs.yaml:26: ngày cuối đứng trước ngày đầu"]),
        (LDTT, "{criterion: rating, at_least: good,", "{criterion: meets, award: DH_CSTD_CS,", [
            "awards/dh_cstd_cs.yaml:1: điều kiện dẫn vòng về chính nó: DH_CSTD_CS → DH_LDTT → "
            "DH_CSTD_CS"]),
        (LDTT, "{criterion: rating, at_least: good,",
         "{criterion: meets, award: DH_LDTT, branches: ['24.1'],", [
            "awards/dh_ldtt.yaml:1: điều kiện dẫn vòng về chính nó: DH_LDTT 24.1 → DH_LDTT 24.1"]),
        (LDTT, "{criterion: rating, at_least: good,",
         "{criterion: tenure, positions: [{title: king, at_least: 5}],", [
            "awards/dh_ldtt.yaml:14: không có chức vụ nào mã king trong positions.yaml"]),
        ("delegated.yaml", "[DH_CSTD_CS]", "[DH_NO]", [
            "delegated.yaml:1: không có danh hiệu, hình thức nào mã DH_NO"]),
        ("salaries.yaml", "until: 2026-06-30", "until: 2026-07-01", [
            "salaries.yaml:2: có hai mục cùng có hiệu lực ngày 01/07/2026"]),
        ("rules/bonuses.yaml", "topic: bonuses", "topic: money", [
            "rules/bonuses.yaml:2: quy tắc chủ đề money không nằm trong tệp bonuses.yaml"]),
        ("documents.yaml", "- {", "- {code: proposal, name: Tờ}\n- {", [
            "documents.yaml:2: “proposal” đã có ở chỗ khác"]),
        ("rules/bonuses.yaml", "- code: TH_02", "- {code: TH_02, topic: bonuses, from: null, text: "
         "x, source: NĐ 152/2025/NĐ-CP Điều 49, grade: A}\n- code: TH_02", [
            "rules/bonuses.yaml:2: TH_02 có hai mục cùng có hiệu lực ngày 01/07/2025"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(
    tmp_path: Path, file: str, before: str, after: str, said: list[str]
):
    folder = a_law(tmp_path, {file: (before, after)})

    with pytest.raises(MalformedError) as malformed:
        read_book(folder)

    assert sorted(malformed.value.faults) == sorted(f"{folder}/{fault}" for fault in said)


def test_versions_that_hold_on_one_day_are_refused(tmp_path: Path):
    later = (
        "  - from: 2025-01-01\n    text: Luật 06/2022/QH15\n    criteria:\n      all:\n        - "
    )
    later += "{criterion: once, source: Luật 06/2022/QH15 Điều 1, grade: A}\n"
    folder = a_law(tmp_path, {LDTT: ("deciders:", f"{later}deciders:")})

    with pytest.raises(MalformedError, match=r"dh_ldtt.yaml:15: .* versions .* ngày 01/01/2025"):
        read_book(folder)


def test_a_file_that_would_not_be_read_is_refused(tmp_path: Path):
    folder = a_law(tmp_path)
    (folder / "papers.yaml").write_text("- the layout of papers is not of the book")
    read_book(folder)
    for name in ("awards/dh_x.yml", "award.yaml", "awards/old/dh_y.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("code: DH_X")

    with pytest.raises(MalformedError) as malformed:
        read_book(folder)

    assert [
        fault.removeprefix(f"{folder}/").split(", ")[0] for fault in malformed.value.faults
    ] == [
        "award.yaml:1: tệp lạ",
        "awards/dh_x.yml:1: tệp lạ",
        "awards/old/dh_y.yaml:1: tệp lạ",
    ]


def test_a_folder_without_awards_or_that_is_missing_is_refused(tmp_path: Path):
    with pytest.raises(MalformedError) as malformed:
        read_book(tmp_path / "none")

    awards = f"{tmp_path}/none/awards:1: không có danh hiệu, hình thức nào"
    assert malformed.value.faults[0] == awards
    assert len(malformed.value.faults) == 7


def test_every_file_is_read_before_anything_is_refused(tmp_path: Path):
    folder = a_law(tmp_path, {LDTT: ("rank: 10\n", ""), CSTD: ("kind: title", "kind: x")})
    (folder / "documents.yaml").unlink()

    with pytest.raises(MalformedError) as malformed:
        read_book(folder)

    assert [
        fault.removeprefix(f"{folder}/").split(": ")[0] for fault in malformed.value.faults
    ] == [
        "documents.yaml:1",
        "awards/dh_cstd_cs.yaml:3",
        "awards/dh_ldtt.yaml:1",
    ]


def test_a_circle_that_no_day_closes_is_none(tmp_path: Path):
    ended = "from: 2024-01-01\n    until: 2025-12-31\n    text"
    begins = "from: 2026-01-01\n    text"
    back = "{criterion: meets, award: DH_CSTD_CS,"
    folder = a_law(tmp_path, {CSTD: ("from: 2024-01-01\n    text", ended)})
    path = folder / LDTT
    path.write_text(
        FILES[LDTT]
        .replace("from: 2024-01-01\n    text", begins)
        .replace("{criterion: rating, at_least: good,", back)
    )

    assert sorted(read_book(folder).awards) == ["DH_CSTD_CS", "DH_LDTT"]
