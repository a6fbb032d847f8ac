"""The guide inside the system. It holds nothing of any office, so whoever logs in may read it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.django_db
GUIDE = Path(settings.ROOT) / "docs/huong-dan"


@pytest.fixture
def reader(client):
    client.force_login(get_user_model().objects.create_user("an", name="Nguyễn Văn An"))
    return client


def test_every_page_of_the_guide_opens_with_its_pictures(reader):
    for path in GUIDE.glob("*.md"):
        address = "/huong-dan/" if path.stem == "README" else f"/huong-dan/{path.stem}/"
        shown = reader.get(address).content.decode()

        title = path.read_text().splitlines()[0].removeprefix("# ")
        assert f"<h1>{title}</h1>" in shown
        for picture in re.findall(r'<img src="([^"]+)"', shown):
            if picture.startswith("/huong-dan/"):
                answer = reader.get(picture)
                assert answer["Content-Type"] == "image/png"
                assert b"".join(answer.streaming_content)[:4] == b"\x89PNG"


def test_pages_link_to_pages_and_not_to_files(reader):
    shown = reader.get("/huong-dan/").content.decode()

    assert '.md"' not in shown
    assert 'href="/huong-dan/dua-ke-hoach-vao/"' in shown


@pytest.mark.parametrize("address", ["/huong-dan/khong-co/", "/huong-dan/hinh/khong-co.png"])
def test_what_is_not_in_the_guide_is_not_found(reader, address):
    assert reader.get(address).status_code == 404


def test_a_visitor_logs_in_first(client):
    assert client.get("/huong-dan/").headers["Location"].startswith("/tai-khoan/dang-nhap/")


def test_pages_are_vietnamese_whatever_the_browser_asks_for(client):
    asked = client.get("/tai-khoan/dang-nhap/", headers={"Accept-Language": "en-US,en"})

    assert "Đăng nhập" in asked.content.decode()
    assert asked.headers["Content-Language"] == "vi"


def test_pages_speak_the_language_that_was_chosen(client):
    client.post("/ngon-ngu/", {"language": "en", "next": "/tai-khoan/dang-nhap/"})

    assert 'lang="en"' in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_a_browser_shows_no_page_again_after_log_out(reader):
    assert reader.get("/huong-dan/").headers["Cache-Control"] == "private, no-cache"

    assert reader.post("/tai-khoan/dang-xuat/").headers["Clear-Site-Data"] == '"cache"'
