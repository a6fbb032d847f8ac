from dataclasses import dataclass
from datetime import date

import pytest

from vinhdanh.law.papers import Style, layout, versions
from vinhdanh.law.reading import MalformedError, read


def test_the_layout_of_papers_is_read_with_source_and_grade():
    held = layout(date(2026, 1, 1))

    assert (held.since, held.text) == (date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP")
    assert held.styles["issuer"] == Style(
        (12.0, 13.0), "upper", "bold", "upright", "PL I.I.II.2b", "A"
    )
    assert held.stamps["THƯỢNG KHẨN"].frame == (40.0, 8.0)
    assert (held.page.left, held.paragraph.indents) == ((30.0, 35.0), (10.0, 12.7))


def test_the_kinds_are_the_29_of_the_decree():
    kinds = layout(None).kinds

    assert len(kinds) == len({kind.name for kind in kinds}) == 29
    assert [kind.name for kind in kinds if not kind.abbreviation] == ["Công văn", "Thư công"]


def test_a_day_before_the_first_version_has_the_first_and_no_day_the_last():
    assert layout(date(2019, 1, 1)) is versions()[0]
    assert layout(None) is versions()[-1]


@dataclass(frozen=True)
class _Version:
    since: date
    size: tuple[float, float]
    name: str


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{since}\n  {size}", "1: missing key 'name'"),
        ("{since}\n  {size}\n  {name}\n  nam: b", "4: unknown key 'nam'"),
        ("{since}\n  {size}\n  {name}\n  {name}", "4: key 'name' stands twice"),
        ("{since}\n  size: [1, x]\n  {name}", "2: 'x' is not of the type float"),
        ("{since}\n  size: [1]\n  {name}", "2: 2 values are wanted"),
        ("{since}\n  size: [1, [2]]\n  {name}", "2: a value is wanted"),
        ("- from: sometime\n  {size}\n  {name}", "1: 'sometime' is not of the type date"),
        ("from: 2020-01-01", "1: a list is wanted"),
        ("- 5", "1: keys and values are wanted"),
        ("", "1: nothing in the file"),
    ],
)
def test_a_mistake_in_a_file_is_said_with_its_line(tmp_path, text, says):
    path = tmp_path / "law.yaml"
    path.write_text(text.format(since="- from: 2020-01-01", size="size: [1, 2]", name="name: a"))

    with pytest.raises(MalformedError, match=f"law.yaml:{says}"):
        read(path, _Version)
