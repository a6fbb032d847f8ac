from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhdanh.common.vietnamese import fold, given_name_key, long_day, sort_key, squeeze, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thùy  Dung", "dang thuy dung"),
        ("THI ĐUA, KHEN THƯỞNG", "thi dua, khen thuong"),
        ("Phòng Tổ chức\n- Pháp chế", "phong to chuc - phap che"),
        ("", ""),
    ],
)
def test_fold_leaves_no_accents(text, folded):
    assert fold(text) == folded


def test_composed_and_decomposed_letters_are_the_same():
    assert fold("Nguyễn") == fold("Nguyễn")
    assert squeeze("Nguyễn  Ất") == "Nguyễn Ất"


@given(st.text())
def test_fold_changes_nothing_twice(text):
    assert fold(fold(text)) == fold(text)


def test_words_are_without_punctuation():
    assert words("Khối thi đua số 9, TP. Hà Nội") == [
        "khoi", "thi", "dua", "so", "9", "tp", "ha", "noi",
    ]  # fmt: skip


def test_letters_sort_before_tones():
    names = ["Ăn", "An", "Ân", "Án", "Bình", "Ánh", "Đào", "Dân"]

    assert sorted(names, key=sort_key) == ["An", "Án", "Ánh", "Ăn", "Ân", "Bình", "Dân", "Đào"]


def test_persons_sort_by_given_name_then_by_family_name():
    persons = ["Trần Văn An", "Lê Thị Bình", "Bùi An", "Đỗ Quang Ánh", "Nguyễn Ăn"]

    assert sorted(persons, key=given_name_key) == [
        "Bùi An",
        "Trần Văn An",
        "Đỗ Quang Ánh",
        "Nguyễn Ăn",
        "Lê Thị Bình",
    ]


def test_a_name_of_one_word_or_none_has_a_key():
    assert given_name_key("An") < given_name_key("Bình")
    assert given_name_key("") == given_name_key("  ")


def test_a_day_in_prose_names_its_weekday():
    assert long_day(date(2025, 2, 28)) == "thứ Sáu, 28/02/2025"
    assert long_day(date(2025, 3, 30)) == "Chủ nhật, 30/03/2025"
