import pytest

from vinhdanh.common.refusal import Refused
from vinhdanh.papers.rules.fields import fill, names, table_names

TEXT = "Đề nghị {đơn vị nhận} trước ngày { hạn }, {đơn vị nhận}.\n{bảng việc quá hạn}\n{}"


def test_fields_are_named_once_in_order_and_tables_apart():
    assert names(TEXT) == ["đơn vị nhận", "hạn"]
    assert table_names(TEXT) == ["việc quá hạn"]


def test_fields_are_filled_and_tables_left_alone():
    filled = fill(TEXT, {"đơn vị nhận": "Bảo tàng", "hạn": "{hạn}", "thừa": "x"})

    assert filled == "Đề nghị Bảo tàng trước ngày {hạn}, Bảo tàng.\n{bảng việc quá hạn}\n{}"


def test_fields_without_a_value_are_refused_by_name():
    with pytest.raises(Refused, match=r"\{đơn vị nhận\}, \{hạn\}"):
        fill(TEXT, {})


def test_a_table_not_among_the_known_ones_is_refused():
    with pytest.raises(Refused, match=r"\{bảng việc quá hạn\}"):
        fill(TEXT, {"đơn vị nhận": "", "hạn": ""}, tables=["tiến độ"])
