from datetime import date

from vinhdanh.law.papers import Style, layout, versions


def test_the_layout_of_papers_is_read_with_source_and_grade():
    held = layout(date(2026, 1, 1))

    assert (held.since, held.text) == (date(2020, 3, 5), "Nghị định 30/2020/NĐ-CP")
    assert held.styles["issuer"] == Style(
        size=(12.0, 13.0),
        case="upper",
        weight="bold",
        slant="upright",
        source="PL I.I.II.2b",
        grade="A",
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
