import io

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404
from django.template.loader import render_to_string
from PIL import Image

from vinhdanh.common.refusal import Refused
from vinhdanh.documents import actions
from vinhdanh.documents.responses import Preview, page_picture, preview
from vinhdanh.documents.rules.pdf import drawing
from vinhdanh.documents.tests.make_files import (
    Text,
    a_locked_pdf,
    a_pdf,
    a_pdf_drawing,
    a_picture,
    a_scan,
)
from vinhdanh.documents.tests.stores import NOW, on_disk


@pytest.fixture(autouse=True)
def _a_store_of_its_own(tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": on_disk(tmp_path)}


def kept(name: str, stored: bytes):
    sender = get_user_model().objects.create_user(username="sender")
    return actions.keep((name, stored), by=sender, at=NOW)


def two_pages(**fields) -> bytes:
    return a_pdf(
        [Text(50, 50, "Sở Thí điểm")], [Text(50, 50, "Kết quả"), Text(50, 80, "quý I")], **fields
    )


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


def test_a_page_is_given_as_its_words_and_as_a_picture():
    assert drawing.page_words(two_pages(), 2) == drawing.Page(2, 2, "Kết quả\nquý I")
    assert size_of(drawing.page_picture(two_pages(), 2)) == (1_100, 1_467)


def test_a_scan_has_a_picture_and_no_words():
    assert drawing.page_words(a_scan(1), 1) == drawing.Page(1, 1, "")
    assert size_of(drawing.page_picture(a_scan(1), 1)) == (1_100, 1_467)


@pytest.mark.parametrize(
    ("stored", "number", "says"),
    [
        (two_pages(), 0, "không có trang này"),
        (two_pages(), 3, "không có trang này"),
        (a_locked_pdf(), 1, "mật khẩu"),
        (b"%PDF-1.7\n1 0 obj\n", 1, "Không xem trước được"),
        (b"", 1, "Không xem trước được"),
    ],
)
def test_what_cannot_be_drawn_is_refused(stored, number, says):
    with pytest.raises(Refused, match=says):
        drawing.page_picture(stored, number)
    with pytest.raises(Refused, match=says):
        drawing.page_words(stored, number)


@pytest.mark.parametrize(("width", "height"), [(14_400, 14_400), (1, 14_000), (100_000, 3)])
def test_paper_of_any_size_makes_a_picture_to_be_borne(width, height):
    across, down = size_of(drawing.page_picture(two_pages(width=width, height=height), 1))

    assert across <= 1_101
    assert across * down <= 4_100_000


def test_a_page_that_draws_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(drawing, "_SPARE_SECONDS", 0.05 - drawing.limits.PICTURE_SECONDS)

    with pytest.raises(Refused, match="Không xem trước được"):
        drawing.page_picture(a_pdf_drawing(b"0 0 m 600 800 l S\n" * 200_000), 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "number"), [(None, 1), ("2", 2), ("hai", 1), ("٢", 1), ("", 1)])
def test_an_address_asks_for_a_page(asked, number):
    assert preview(kept("a.pdf", two_pages()), asked).number == number


@pytest.mark.django_db
def test_a_page_that_is_not_there_and_a_kind_that_cannot_be_shown_are_not_found(rf):
    file = kept("a.pdf", two_pages())

    with pytest.raises(Http404):
        preview(file, "3")
    with pytest.raises(Http404):
        page_picture(rf.get("/"), file, 3)
    table = actions.keep(("a.txt", b"a;b"), by=file.uploaded_by, at=NOW)
    assert not table.has_preview
    with pytest.raises(Http404):
        preview(table, None)
    with pytest.raises(Http404):
        page_picture(rf.get("/"), table, 1)


@pytest.mark.django_db
def test_a_file_that_cannot_be_opened_says_so_in_the_page():
    seen = preview(kept("a.pdf", a_locked_pdf()), None)

    assert seen == Preview(
        refusal="Tệp PDF được đặt mật khẩu nên không xem trước được; hãy tải về để xem."
    )


@pytest.mark.django_db
def test_a_picture_is_shown_as_it_is(rf):
    file = kept("anh.png", a_picture())

    response = page_picture(rf.get("/"), file, 1)

    assert preview(file, "7") == Preview()
    assert b"".join(response.streaming_content) == a_picture()
    response.close()
    assert response["Content-Disposition"].startswith("inline")
    with pytest.raises(Http404):
        page_picture(rf.get("/"), file, 2)


@pytest.mark.django_db
def test_a_drawn_page_is_private_and_not_drawn_again_for_a_browser_that_has_it(rf):
    file = kept("a.pdf", two_pages())

    first = page_picture(rf.get("/"), file, 1)
    again = page_picture(rf.get("/", headers={"If-None-Match": first["ETag"]}), file, 1)
    other = page_picture(rf.get("/", headers={"If-None-Match": first["ETag"]}), file, 2)

    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert first["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


@pytest.mark.django_db
def test_the_page_turns_its_pages_by_links_and_gives_the_words(rf):
    file = kept("Báo cáo.pdf", two_pages())

    shown = render_to_string(
        "documents/_preview.html",
        {"file": file, "seen": preview(file, "2"), "picture_url": "/anh/2/"},
        request=rf.get("/?trang=2&tu=1"),
    )

    assert "Trang 2 trong 2 trang" in shown
    assert 'href="?trang=1&amp;tu=1"' in shown
    assert 'rel="next"' not in shown
    assert 'src="/anh/2/"' in shown
    assert "Kết quả<br>quý I" in shown
