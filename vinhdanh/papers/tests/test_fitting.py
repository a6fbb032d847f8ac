import pytest

from vinhdanh.law.papers import layout
from vinhdanh.papers.rules import fitting, words
from vinhdanh.papers.rules.house import look
from vinhdanh.papers.rules.tree import Column, Letterhead, Row, Table
from vinhdanh.papers.tests.make import a_paper

LOOK = look(None)


def test_lines_are_as_long_as_the_decree_asks():
    said = words.of(a_paper())
    lines = fitting.rules(said, LOOK)

    assert lines["motto"] == pytest.approx(56.06, abs=0.01)
    assert 1 / 3 <= lines["issuer"] / 55.5 <= 1 / 2
    assert 1 / 3 <= lines["subject"] / 66 <= 1 / 2


def test_the_line_under_a_name_of_several_lines_fits_one_line():
    long = Letterhead("", "Trung tâm Bảo tồn di tích và Phát huy giá trị văn hóa khu phố cổ", "")
    lines = fitting.rules(words.of(a_paper(letterhead=long)), LOOK)

    assert lines["issuer"] == pytest.approx(LOOK.issuer_column * LOOK.rule_share)


def test_no_line_stands_under_a_subject_that_is_not_there():
    assert fitting.rules(words.of(a_paper("letter")), LOOK)["subject"] == 0


def test_columns_share_the_room_and_keep_the_words_of_their_headings_whole():
    columns = (Column("STT", 0.1), Column("Nội dung", 9.9))
    narrow, wide = fitting.column_widths(Table(columns, ()), 100, LOOK)

    assert narrow == pytest.approx(12.2, abs=0.3)
    assert narrow + wide == pytest.approx(100)


def test_columns_too_many_for_their_headings_keep_their_shares():
    columns = (Column("Nghiêng", 1),) * 20

    assert fitting.column_widths(Table(columns, ()), 100, LOOK) == [5.0] * 20


def test_only_a_row_with_a_long_cell_may_be_cut():
    assert [fitting.is_long(Row(("a", "b" * length))) for length in (400, 401)] == [False, True]


def test_the_house_keeps_within_what_the_decree_allows():
    law = layout(None)
    for name, style in law.styles.items():
        least, most = style.size
        assert least <= LOOK.styles[name].size <= most
    for side in ("top", "bottom", "left", "right"):
        least, most = getattr(law.page, side)
        assert least <= getattr(LOOK, side) <= most
    least, most = law.rules["issuer"].share
    assert least <= LOOK.rule_share <= most
    least, most = law.paragraph.line_spacing
    assert least <= LOOK.line_spacing <= most
    assert law.styles["body"].size[0] <= LOOK.table_size <= law.styles["body"].size[1]
