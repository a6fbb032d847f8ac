"""The Word document of a paper, shown by LibreOffice, beside the PDF of the same paper."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from vinhdanh.papers.rules import fonts
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.papers.rules.tree import Letterhead, Paper, Signature
from vinhdanh.papers.tests.make import a_letterhead, a_long_plan, a_paper, of_every_kind

pytestmark = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is missing: install libreoffice-writer"
)

# Word's type is not free; ours is as wide, letter by letter.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""
NEAR = 8 / 25.4 * 72
LONG_NAME = "Trung tâm Bảo tồn di tích và Phát huy giá trị văn hóa khu phố cổ tỉnh An Bình"
LONG_SUBJECT = (
    "Tổ chức phong trào thi đua thực hiện thắng lợi các nhiệm vụ chính trị, các chỉ tiêu phát "
    "triển kinh tế - xã hội năm 2026 của ngành Văn hóa và Thể thao trên địa bàn tỉnh An Bình"
)


def papers() -> dict[str, Paper]:
    long_names = {
        "letterhead": Letterhead("Ủy ban nhân dân tỉnh An Bình", LONG_NAME, "An Bình"),
        "signature": Signature("Chủ tịch", "Công Tằng Tôn Nữ Thị Quỳnh Hương", "TM. Hội đồng"),
        "subject": LONG_SUBJECT,
        "addressees": (LONG_NAME, LONG_SUBJECT),
        "recipients": tuple(f"Cơ quan, đơn vị thứ {number}" for number in range(1, 31)),
    }
    return {
        **of_every_kind(),
        "long names": a_paper("report", **long_names),
        "long names, letter": a_paper("letter", **long_names),
        "no recipients": a_paper("report", recipients=()),
        "long plan": a_long_plan(),
        "address at the foot": replace(of_every_kind()["proposal"], letterhead=a_letterhead()),
        "address at the foot, long plan": replace(a_long_plan(), letterhead=a_letterhead()),
    }


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """By name, what LibreOffice makes of each paper's Word document."""
    folder = tmp_path_factory.mktemp("papers")
    names = {f"{place}": name for place, name in enumerate(papers())}
    for stem, name in names.items():
        (folder / f"{stem}.docx").write_bytes(docx(papers()[name]))
    settings = FONTS.format(folder=fonts.files()[0].parent, cache=folder / "cache")
    (folder / "fonts.conf").write_text(settings)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            *sorted(map(str, folder.glob("*.docx"))),
        ],
        cwd=folder,
        env={"PATH": _path(), "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: (folder / f"{stem}.pdf").read_bytes() for stem, name in names.items()}


def _path() -> str:
    return str(Path(shutil.which("soffice") or "").parent) + ":/usr/bin:/bin"


@pytest.mark.xdist_group("papers look")
@pytest.mark.parametrize("name", papers())
def test_word_and_pdf_look_alike(name: str, shown: dict[str, bytes]):
    with (
        pdfplumber.open(io.BytesIO(pdf(papers()[name]))) as ours,
        pdfplumber.open(io.BytesIO(shown[name])) as theirs,
    ):
        assert {letter["fontname"].split("+")[1].split("-")[0] for letter in theirs.chars} == {
            "Tinos"
        }
        pages, others = ours.pages, theirs.pages
        assert abs(len(pages) - len(others)) <= (len(pages) > 1)
        assert _body_words(pages) == _body_words(others)
        assert [(page.width > page.height) for page in pages][:4] == [
            (page.width > page.height) for page in others
        ][:4]
        for words in (
            ["CỘNG", "HÒA", "XÃ", "HỘI"],
            ["Số:"],
            ["Nơi", "nhận:"],
            papers()[name].signature.name.split()[-2:],
            ["KẾ", "HOẠCH"],
            ["DỰ", "THẢO"],
            ["Kính", "gửi:"],
            ["HỎA", "TỐC"],
            ["THƯỢNG", "KHẨN"],
            ["E-Mail:"],
        ):
            assert _place(pages, words) == pytest.approx(_place(others, words), abs=NEAR)


def _body_words(pages: list[pdfplumber.page.Page]) -> list[str]:
    """All words, cell by cell as they are written into the file; without page numbers and the
    titles repeated on every page."""
    words: list[str] = []
    for page in pages:
        table = page.find_table() if page.width > page.height else None
        top = 50.0
        if table is not None and page is not pages[0] and table.bbox[1] < 80:
            top = table.rows[0].bbox[3]
        body = page.crop((0, top, page.width, page.height))
        words += [word["text"] for word in body.extract_words(use_text_flow=True)]
    return words


def _place(pages: list[pdfplumber.page.Page], wanted: list[str]) -> list[float]:
    """Page, left and top of the first place where the words follow one another; empty if none."""
    for number, page in enumerate(pages):
        found = page.extract_words()
        texts = [word["text"] for word in found]
        for place in range(len(texts) - len(wanted) + 1):
            if texts[place : place + len(wanted)] == wanted:
                return [number * 1000, found[place]["x0"], found[place]["top"]]
    return []
