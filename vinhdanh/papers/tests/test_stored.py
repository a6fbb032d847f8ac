import json

import pytest

from vinhdanh.papers.rules import stored
from vinhdanh.papers.rules.tree import Annex, Basis, Column, Heading, Paragraph, Row, Table

TABLE = Table(
    columns=(Column("STT", 0.5, "center"), Column("Nội dung")),
    rows=(Row(("Tháng 01/2026",), is_group=True), Row(("1", "Đăng ký\nthi đua"))),
    caption="Tiến độ",
)
ANNEX = Annex(
    "PHỤ LỤC",
    "Tiến độ",
    "(Kèm theo …)",
    (Basis("Căn cứ;"), Heading(1, "I.", "A"), Paragraph("b", "bold", "center", "Điều 1."), TABLE),
    landscape=True,
)


def test_a_row_with_too_few_cells_is_no_row_of_a_table():
    with pytest.raises(ValueError, match="row 1 has 1 cells"):
        Table(TABLE.columns, (Row(("1",)),))


def test_a_table_comes_back_from_json_as_it_was():
    assert stored.table_from_json(json.loads(json.dumps(stored.table_to_json(TABLE)))) == TABLE


def test_an_annex_comes_back_from_json_as_it_was():
    assert stored.annex_from_json(json.loads(json.dumps(stored.annex_to_json(ANNEX)))) == ANNEX
