"""The law in the browser: for everybody logged in, on any day, with its source; searched, told."""

import shutil
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.honours.queries import law as queries
from vinhdanh.law import store
from vinhdanh.law.book import DATA

pytestmark = pytest.mark.django_db

TABS = ["law", "law_rules", "law_texts", "law_changes", "local"]


@pytest.fixture
def somebody():
    """A user without any role: the law is for everybody."""
    return a_user()


def page(user, name, /, *args, **query):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"honours:{name}", args=args), query)


def text(answer) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def found(query: str = "", *, on: date = date(2026, 3, 2), **conditions) -> set[str]:
    listed = queries.found_awards(store.book(), on=on, text=query, **conditions)
    return {each.award.code for each in listed}


@pytest.mark.parametrize("name", TABS)
def test_everybody_logged_in_opens_the_pages_and_nobody_else(somebody, name):
    assert page(somebody, name).status_code == 200
    assert page(None, name)["Location"].startswith(reverse("account_login"))
    assert page(None, "law_award", "DH_CSTD_CS")["Location"].startswith(reverse("account_login"))


def test_the_list_holds_every_award_titles_and_forms_apart(somebody):
    shown = text(page(somebody, "law"))

    for award in store.book().awards.values():
        assert reverse("honours:law_award", args=[award.code]) in shown
    titles, forms = shown.split("<h2>Hình thức khen thưởng")
    assert "DH_CSTD_CS" in titles
    assert "HT_HCLD_3_CN" in forms
    assert "HT_HCLD_3_CN" not in titles


@pytest.mark.parametrize("day", ["2023-06-01", "2025-03-01", "2026-11-01"])
def test_each_award_is_told_on_any_day(somebody, day):
    for award in store.book().awards.values():
        assert award.name in text(page(somebody, "law_award", award.code, day=day))


def test_an_unknown_award_or_text_is_not_found(somebody):
    assert page(somebody, "law_award", "DH_KHONG_CO").status_code == 404
    assert page(somebody, "law_text", "luat-khong-co").status_code == 404


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("chien si thi dua co so", "DH_CSTD_CS"),
        ("Chiến sĩ thi đua cơ sở", "DH_CSTD_CS"),
        ("HT_HCLD_3_CN", "HT_HCLD_3_CN"),
        ("hcld 3 cn", "HT_HCLD_3_CN"),
        ("Điều 44 khoản 1 điểm e", "HT_HCLD_3_CN"),
        ("dieu 44 khoan 1 diem đ", "HT_HCLD_3_CN"),
        ("phat minh sang che", "HT_HCLD_3_CN"),
    ],
)
def test_awards_are_found_by_name_code_clause_and_condition_accents_or_not(query, code):
    assert code in found(query)


def test_what_nobody_wrote_is_found_nowhere():
    assert found("xyzzy") == set()


def test_a_line_of_the_law_says_why_an_award_was_found():
    listed = queries.found_awards(store.book(), on=date(2026, 3, 2), text="phat minh sang che")

    award = next(each for each in listed if each.award.code == "HT_HCLD_3_CN")
    assert "phát minh, sáng chế" in award.because[0]
    assert "Luật 06/2022/QH15 Điều 44 khoản 1 điểm b" in award.because[0]


def test_filters_narrow_the_list_and_stand_as_chips(somebody):
    assert found(kind="title", recipient="person", level="grassroots") >= {"DH_LDTT", "DH_CSTD_CS"}
    assert all(store.book().awards[code].local for code in found(local="yes"))
    assert found(local="yes") | found(local="no") == set(store.book().awards)

    shown = text(page(somebody, "law", kind="title", recipient="household", q="gia dinh"))

    assert "DH_GIA_DINH_VH" in shown
    assert "DH_CSTD_CS" not in shown
    assert "Loại: Danh hiệu thi đua" in shown
    assert "Không thấy danh hiệu, hình thức nào" in text(page(somebody, "law", q="xyzzy"))


def test_a_wrong_day_in_the_address_is_today(somebody):
    assert "Luật của một ngày khác hôm nay" not in text(page(somebody, "law", day="hôm qua"))
    assert "Luật của một ngày khác hôm nay" in text(page(somebody, "law", day="2025-03-01"))


def test_the_conditions_stand_as_a_tree_with_clause_class_source_and_grade(somebody):
    shown = text(page(somebody, "law_award", "HT_HCLD_3_CN", day="2026-03-02"))

    assert "Điều 44 khoản 1 điểm e" in shown
    assert "công trạng" in shown
    assert "đạt một trong các điều kiện" in shown.lower()
    assert 'href="/khen-thuong/phap-luat/van-ban/luat-06-2022-qh15/">Luật 06/2022/QH15</a>' in shown
    assert "A – đã đọc" in shown
    assert ">Xem HT_BK_TTG_CN</a>" in shown
    assert ">Xem HT_HCLD_3_CN</a>" not in shown
    assert "Chủ tịch nước" in shown


def test_what_was_not_read_is_marked_for_a_person(somebody):
    shown = text(page(somebody, "law_award", "DH_CSTD_TINH", day="2026-03-02"))

    assert "C – để người xét" in shown


def test_law_known_but_not_read_is_told_before_and_after_its_day(somebody):
    before = text(page(somebody, "law_award", "DH_CSTD_TINH", day="2026-09-30"))
    after = text(page(somebody, "law_award", "DH_CSTD_TINH", day="2026-10-01"))

    assert "Từ 01/10/2026 có Luật 06/2026/QH16" in before
    assert "kết luận nào cũng để người xét" not in before
    assert "Luật 06/2026/QH16 có hiệu lực từ 01/10/2026 nhưng hệ thống chưa có nội dung" in after
    assert "Toàn văn chưa đọc" in after


def test_the_bonus_is_that_of_the_day_for_each_recipient(somebody):
    shown = text(page(somebody, "law_award", "HT_HCLD_3_CN", day="2025-08-01"))
    unknown = text(page(somebody, "law_award", "HT_HCLD_3_CN", day="2023-06-01"))

    assert "10.530.000 đồng</strong> cho cá nhân (4,5 × 2.340.000 đồng)" in shown
    assert "Quyết định ngày 01/06/2023: chưa có quy định về tiền thưởng" in unknown


def test_the_vote_of_each_time_is_told_with_what_is_past(somebody):
    shown = text(page(somebody, "law_award", "DH_CSTD_TINH", day="2026-03-02"))

    assert "đồng ý từ 90% trở lên" in shown
    assert "Đã hết" in shown
    assert "cấp được phân cấp" in shown


def test_what_may_still_go_by_the_earlier_decree_is_told_until_its_last_day(somebody):
    last = text(page(somebody, "law_award", "DH_CSTD_CS", day="2025-12-31"))
    after = text(page(somebody, "law_award", "DH_CSTD_CS", day="2026-01-01"))

    assert last.count("Còn dùng khi tỉnh chưa quy định") == 2
    assert "còn theo NĐ 98/2023/NĐ-CP đến hết 31/12/2025" in last
    assert "Còn dùng khi tỉnh chưa quy định" not in after


def test_rules_of_procedure_are_searched_by_topic_and_day(somebody):
    shown = text(page(somebody, "law_rules", q="mot thanh tich", day="2026-03-02"))
    before = text(page(somebody, "law_rules", day="2022-01-01"))

    assert "không khen thưởng nhiều lần" in shown
    assert "tạm dừng" not in shown
    assert "không khen thưởng nhiều lần" not in before
    assert "Không thấy quy tắc nào" in text(page(somebody, "law_rules", q="xyzzy"))


def test_every_topic_of_the_rules_has_a_vietnamese_name():
    book = store.book()

    assert [topic for topic in queries.topics(book) if queries.topic_name(topic) == topic] == []


def test_a_text_says_where_it_was_read_and_what_stands_on_it(somebody):
    listed = text(page(somebody, "law_texts", q="152 2025"))
    shown = text(page(somebody, "law_text", "nd-152-2025-nd-cp"))

    assert reverse("honours:law_text", args=["nd-152-2025-nd-cp"]) in listed
    assert "luat-06-2022-qh15" not in listed
    assert "01/07/2025 đến 28/02/2027" in shown
    assert "https://vbpl.vn/" in shown
    assert reverse("honours:law_award", args=["HT_HCLD_3_CN"]) in shown
    assert "Tỷ lệ phiếu tối thiểu" in shown


def test_each_text_has_its_own_page(somebody):
    for found in store.book().texts.values():
        assert found.title in text(page(somebody, "law_text", queries.slug(found)))
        assert queries.text_by_slug(queries.slug(found), store.book()) == found


def test_each_source_of_the_book_leads_to_a_text():
    book = store.book()
    sources = {rule.source for versions in book.rules.values() for rule in versions}
    sources |= {duty.source for award in book.awards.values() for duty in award.duties}

    lost = [part for source in sources for part, named in queries.cited(source, book) if not named]
    assert lost == []


def test_what_changes_on_a_day_is_listed_the_latest_first(somebody):
    shown = text(page(somebody, "law_changes"))
    of_one = text(page(somebody, "law_changes", award="DH_CSTD_TINH"))

    assert shown.index("01/10/2026") < shown.index("01/07/2025") < shown.index("01/01/2024")
    assert "NĐ 152/2025/NĐ-CP có hiệu lực" in shown
    assert "Mức lương cơ sở" in shown
    assert "Mức lương cơ sở" not in of_one
    assert "<h3>Luật chưa đọc</h3>" in of_one


def test_a_day_of_change_tells_everything_that_changes_on_it(somebody):
    shown = text(page(somebody, "law_changes", day="2025-07-01"))

    assert "Luật thay đổi ngày 01/07/2025" in shown
    assert "NĐ 98/2023/NĐ-CP hết hiệu lực" in shown
    assert reverse("honours:law_award", args=["DH_CSTD_TINH"]) + "?day=2025-07-01" in shown
    assert "Không có thay đổi nào" in text(page(somebody, "law_changes", day="2025-07-02"))


@pytest.mark.parametrize("name", TABS)
def test_no_page_is_too_heavy_for_a_slow_line(somebody, name):
    assert len(page(somebody, name).content) < 100 * 1024


def test_files_with_a_fault_are_told_on_every_page_and_the_law_stays(somebody, tmp_path):
    folder, before = tmp_path / "law", store.folder()
    shutil.copytree(DATA, folder)
    with (folder / "texts.yaml").open("a") as file:
        file.write("\n- name: Thiếu tên đầy đủ\n  lạ: 1\n")
    store.use(folder, None)
    try:
        faults = store.in_force().faults
        pages = [text(page(somebody, name)) for name in TABS]
        pages.append(text(page(somebody, "law_award", "DH_CSTD_CS")))
    finally:
        store.use(before, None)

    assert faults
    for shown in pages:
        assert "có lỗi nên không được dùng. Luật đang áp dụng vẫn giữ nguyên" in shown
        assert faults[0] in shown
    assert "có lỗi nên không được dùng" not in text(page(somebody, "law"))


def test_the_pages_cost_few_queries_and_as_many_for_every_award(somebody):
    client = Client()
    client.force_login(somebody)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    listed = [cost(reverse("honours:law")), cost(reverse("honours:law") + "?q=xyzzy")]
    told = {
        cost(reverse("honours:law_award", args=[code]))
        for code in ("DH_CSTD_CS", "HT_HCLD_3_CN", "DH_GIA_DINH_VH")
    }
    assert len(set(listed)) == 1
    assert len(told) == 1
