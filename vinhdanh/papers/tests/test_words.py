from dataclasses import replace
from datetime import date

import pytest

from vinhdanh.papers.rules import words
from vinhdanh.papers.rules.kinds import BLANK
from vinhdanh.papers.rules.tree import Heading, Letterhead, Signature
from vinhdanh.papers.rules.words import Words
from vinhdanh.papers.tests.make import a_letterhead, a_paper


def test_the_words_of_a_plan_are_those_of_the_decree():
    assert words.of(a_paper()) == Words(
        title="KẾ HOẠCH Công tác thi đua năm 2026",
        author="Sở Văn hóa và Thể thao",
        upper="UBND TỈNH AN BÌNH",
        issuer="SỞ VĂN HÓA VÀ THỂ THAO",
        number="Số: 05/KH-SVHTT",
        letter_subject="",
        place_and_date="An Bình, ngày 05 tháng 02 năm 2026",
        kind="KẾ HOẠCH",
        subject="Công tác thi đua năm 2026",
        greeting="Kính gửi:",
        addressees=(),
        recipients=("- Ban Thi đua - Khen thưởng tỉnh;", "- Các đơn vị;", "- Lưu: VT, VP."),
        stamp="",
        draft="",
        contact=(),
    )


def test_a_draft_has_blanks_for_number_and_day():
    said = words.of(a_paper(is_draft=True, number=None, signed_on=None))

    assert said.number == f"Số: {BLANK}/KH-SVHTT"
    assert said.place_and_date == f"An Bình, ngày{BLANK}tháng{BLANK}năm{BLANK}"
    assert said.draft == "DỰ THẢO"


@pytest.mark.parametrize("subject", ["đôn đốc", "V/v đôn đốc", "Về việc đôn đốc", "v/v: đôn đốc"])
def test_a_letter_has_its_subject_under_the_number_and_no_heading(subject):
    said = words.of(a_paper("letter", subject=subject, number=12))

    assert (said.kind, said.subject, said.letter_subject) == ("", "", "V/v đôn đốc")
    assert (said.number, said.title) == ("Số: 12/SVHTT-VP", "Công văn V/v đôn đốc")


def test_minutes_name_no_place_and_day_at_their_head():
    assert words.of(a_paper("minutes")).place_and_date == ""


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
        (date(2019, 12, 31), "ngày 31 tháng 12 năm 2019"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_nought(day, written):
    assert words.day_in_words(day) == written


def test_several_addressees_are_listed_and_one_is_not():
    two = words.of(a_paper("letter", addressees=("Sở Nội vụ;", "- Sở Tài chính", " ")))
    one = words.of(a_paper("letter", addressees=("Sở Nội vụ.",)))

    assert two.addressees == ("- Sở Nội vụ;", "- Sở Tài chính.")
    assert one.addressees == ("Sở Nội vụ",)


@pytest.mark.parametrize(
    ("recipients", "listed"),
    [
        (("Như trên", "Lưu VT"), ("- Như trên;", "- Lưu VT, TĐKT (Q).")),
        (("Như trên",), ("- Như trên;", "- Lưu: VT, TĐKT (Q).")),
        (("Lưu: VT, TĐKT (Q).",), ("- Lưu: VT, TĐKT (Q).",)),
        ((), ("- Lưu: VT, TĐKT (Q).",)),
    ],
)
def test_the_mark_of_who_drafted_stands_with_what_is_kept(recipients, listed):
    paper = a_paper(recipients=recipients, drafter_mark="TĐKT (Q)")

    assert words.of(paper).recipients == listed


def test_a_paper_without_recipients_and_mark_lists_nobody():
    assert words.of(a_paper(recipients=())).recipients == ()


def test_an_annex_is_named_in_small_letters_and_its_number_kept():
    assert words.annex_label("PHỤ LỤC II") == "Phụ lục II"
    assert words.annex_label("Biểu 01") == "Biểu 01"


def test_titles_of_the_first_level_are_in_capitals():
    assert words.heading(Heading(1, "I.", "Mục đích")) == "I. MỤC ĐÍCH"
    assert words.heading(Heading(2, "1.", "Mục đích:")) == "1. Mục đích:"


def test_authority_and_title_are_in_capitals_and_the_name_is_not():
    printed = words.signature(Signature("Chủ tịch", "Trần Văn An", "TM. Ủy ban nhân dân"))

    assert printed == Signature("CHỦ TỊCH", "Trần Văn An", "TM. ỦY BAN NHÂN DÂN")


def test_text_is_composed_and_free_of_what_no_file_may_hold():
    decomposed = "Tie\u0302\u0301n\u00a0 độ\x00\x07\ud800\n\tđến 1\uffff"

    assert words.plain(decomposed) == "Tiến độ\nđến 1"


def test_a_body_without_another_above_it_stands_alone():
    paper = a_paper()
    alone = replace(paper, letterhead=Letterhead("", "UBND tỉnh An Bình", "An Bình"))

    assert (words.of(alone).upper, words.of(alone).issuer) == ("", "UBND TỈNH AN BÌNH")


def test_where_the_body_is_reached_stands_on_up_to_three_lines():
    assert words.contact(a_letterhead()) == (
        "Số 12 đường Trần Phú, phường Trung Tâm, tỉnh An Bình",
        "ĐT: (0200) 3822 111, Fax: (0200) 3822 112",
        "E-Mail: vanphong@anbinh.example, Website: anbinh.example",
    )
    assert words.contact(a_letterhead(phone=" ", fax="", email="")) == (
        "Số 12 đường Trần Phú, phường Trung Tâm, tỉnh An Bình",
        "Website: anbinh.example",
    )
    assert words.contact(Letterhead("", "Sở", "An Bình")) == ()
