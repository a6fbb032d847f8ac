"""A file of data is read strictly, and every mistake is told with its line."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import Field

from vinhdanh.law.criteria import Group, Strict
from vinhdanh.law.files import MalformedError, read, read_with_lines


class Thing(Strict):
    name: str
    since: date = Field(alias="from")
    share: Decimal = Decimal(0)
    factor: Fraction = Fraction(1)
    count: int = 0
    flag: bool = False
    ratings: Mapping[int, str] = {}
    sizes: tuple[float, ...] = Field(default=(), min_length=0)
    pair: tuple[int, int] | None = None


GOOD = "name: a\nfrom: 2025-07-01\n"


def test_a_file_becomes_its_model(tmp_path: Path):
    text = "share: 0.7\nfactor: 2/3\ncount: 5\nflag: true\nratings: {2023: good}\nsizes: [1, 2.5]\n"

    made = read(_written(tmp_path, GOOD + text), Thing)

    assert (made.name, made.since, made.share) == ("a", date(2025, 7, 1), Decimal("0.7"))
    assert (made.factor, made.count, made.flag) == (Fraction(2, 3), 5, True)
    assert (made.ratings, made.sizes) == ({2023: "good"}, (1.0, 2.5))


def test_a_list_becomes_a_tuple_and_tells_where_its_items_stand(tmp_path: Path):
    path = _written(tmp_path, "- {name: a, from: 2025-07-01}\n- name: b\n  from: 2025-07-02\n")

    made, lines = read_with_lines(path, tuple[Thing, ...])

    assert [thing.name for thing in made] == ["a", "b"]
    assert (lines.of(0), lines.of(1), lines.of(1, "from"), lines.of(1, "nothing")) == (1, 2, 3, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: a\n", ["1: thiếu khóa “from”"]),
        (GOOD + "nam: b\n", ["3: khóa lạ “nam”"]),
        (GOOD + "name: b\n", ["3: khóa lặp lại “name”"]),
        (GOOD + "ratings:\n  2023: good\n  2023: bad\n", ["5: khóa lặp lại “2023”"]),
        (GOOD + "count: '5'\n", ["3: giá trị không hợp lệ ở “count”: phải là số nguyên"]),
        (GOOD + "count: 1.5\n", ["3: giá trị không hợp lệ ở “count”: phải là số nguyên"]),
        (GOOD + "flag: 1\n", ["3: giá trị không hợp lệ ở “flag”: phải là true hoặc false"]),
        (GOOD + "share: x\n", ["3: giá trị không hợp lệ ở “share”: phải là số"]),
        (GOOD + "share: .nan\n", ["3: giá trị không hợp lệ ở “share”: phải là số"]),
        (GOOD + "factor: 1/0\n", ["3: giá trị không hợp lệ ở “factor”: phải là phân số, như 2/3"]),
        (GOOD + "sizes: 5\n", ["3: giá trị không hợp lệ ở “sizes”: phải là danh sách"]),
        (GOOD + "sizes: [1, x]\n", ["3: giá trị không hợp lệ ở “sizes”: phải là số"]),
        (GOOD + "ratings: {x: a}\n", ["3: giá trị không hợp lệ ở “x”: phải là số nguyên"]),
        ("name: 5\nfrom: 2025-07-01\n", ["1: giá trị không hợp lệ ở “name”: phải là chữ"]),
        (
            "name: a\nfrom: someday\n",
            ["2: giá trị không hợp lệ ở “from”: phải là ngày, như 2025-07-01"],
        ),
        (GOOD + "count: !!binary aGVsbG8=\n", ["3: giá trị không hợp lệ “aGVsbG8=”"]),
        (GOOD + "count: !!python/object:x y\n", ["3: giá trị không hợp lệ “y”"]),
        (GOOD + f"count: {'9' * 5000}\n", [f"3: giá trị không hợp lệ “{'9' * 60}…”"]),
        (GOOD + "pair: [1]\n", ["3: thiếu mục thứ 2 ở “pair”"]),
        (GOOD + "pair: [1, 2, 3]\n",
         ["3: giá trị không hợp lệ ở “pair”: có tối đa 2 mục"]),
        (GOOD + f"# {'x' * 2**20}\n", ["1: tệp quá lớn, tối đa 1 MB"]),
        ("name: a\nfrom: 2025-02-30\n", ["2: giá trị không hợp lệ “2025-02-30”"]),
        ("- 5\n", ["1: giá trị không hợp lệ: phải là các khóa và giá trị"]),
        ("name: [a\nfrom: {\n", ["2: không đúng cú pháp YAML"]),
        ("name: &x a\nfrom: *x\n", ["1: không dùng tham chiếu (& và *) trong tệp này"]),
        ("name: &x [*x]\n", ["1: không dùng tham chiếu (& và *) trong tệp này"]),
        ("? [1]\n: 2\n", ["1: khóa phải là một từ"]),
        ("# nothing\n", ["1: tệp không có nội dung"]),
        ("\x00", ["1: không đúng cú pháp YAML"]),
        (f"name: {'[' * 200_000}\n", ["1: tệp lồng quá nhiều lớp"]),
        ("nam: a\ncount: x\n", ["1: khóa lạ “nam”", "1: thiếu khóa “from”", "1: thiếu khóa “name”",
                                "2: giá trị không hợp lệ ở “count”: phải là số nguyên"]),
    ],
)  # fmt: skip
def test_every_mistake_is_said_with_its_line(tmp_path: Path, text: str, said: list[str]):
    path = _written(tmp_path, text)

    with pytest.raises(MalformedError) as malformed:
        read(path, Thing)

    assert list(malformed.value.faults) == [f"{path}:{line}" for line in said]
    assert str(malformed.value) == "\n".join(malformed.value.faults)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("all:\n  - {criterion: luck}\n", "2: giá trị không hợp lệ ở “all”: không có loại điều "
         "kiện “luck”"),
        ("all:\n  - {source: x}\n", "2: giá trị không hợp lệ ở “all”: phải có khóa criterion, all "
         "hoặc any"),
        ("branch: a\n", "1: giá trị không hợp lệ: nhóm điều kiện phải có đúng một trong hai khóa "
         "all và any, và không để trống"),
        ("any:\n  - criterion: rating\n    at_least: great\n    source: x\n    grade: A\n",
         "3: giá trị không hợp lệ ở “at_least”: phải là một trong các từ 'failed', 'completed', "
         "'good', 'excellent'"),
        ("any:\n  - criterion: rating\n    at_least: good\n    grade: A\n",
         "2: thiếu khóa “source”"),
        ("any:\n  - criterion: share\n    of: advanced\n    at_least: 1.5\n    source: x\n"
         "    grade: A\n", "4: giá trị không hợp lệ ở “at_least”: không được quá 1"),
        ("any:\n  - criterion: rating\n    at_least: good\n    years: 0\n    source: x\n"
         "    grade: A\n", "4: giá trị không hợp lệ ở “years”: phải từ 1 trở lên"),
    ],
)  # fmt: skip
def test_a_mistake_deep_in_a_condition_has_its_own_line(tmp_path: Path, text: str, said: str):
    path = _written(tmp_path, text)

    with pytest.raises(MalformedError) as malformed:
        read(path, Group)

    assert list(malformed.value.faults) == [f"{path}:{said}"]


def test_a_file_that_is_missing_or_no_text_is_a_mistake_of_its_first_line(tmp_path: Path):
    picture = tmp_path / "picture.yaml"
    picture.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(MalformedError, match=r"picture\.yaml:1: tệp không phải là văn bản UTF-8"):
        read(picture, Thing)
    with pytest.raises(MalformedError, match=r"none\.yaml:1: không đọc được tệp"):
        read(tmp_path / "none.yaml", Thing)


def _written(folder: Path, text: str) -> Path:
    path = folder / "law.yaml"
    path.write_text(text, encoding="utf-8")
    return path
