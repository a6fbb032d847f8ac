"""Small files of every kind, made for a test: nothing is kept in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

LETTER_WIDTH = 0.5  # of the size: all letters of a made PDF are equally wide
SIZE = 12.0


def a_word(*bodies: str, numbering: str = "", styles: str = "") -> bytes:
    """A .docx whose body is the given WordprocessingML ("<w:p>…</w:p>"), in order.

    `numbering` and `styles` are put into those parts of the document.
    """
    document = Document()
    body = document.element.body
    for place, element in enumerate(_elements("".join(bodies))):
        body.insert(place, element)
    if numbering:
        part = document.part.numbering_part.element
        for child in list(part):
            part.remove(child)
        part.extend(_elements(numbering))
    document.styles.element.extend(_elements(styles))
    return saved(document)


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _elements(xml: str) -> list:
    return list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def a_paragraph(*runs: str, properties: str = "") -> str:
    """WordprocessingML of a paragraph; a run is plain text, or markup when it starts with "<"."""
    inner = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def a_table(*rows: Iterable[str]) -> str:
    """WordprocessingML of a table; a cell is plain text, or markup of its content when it starts
    with "<" (a w:tcPr first, if any)."""
    made = ""
    for row in rows:
        cells = "".join(
            f"<w:tc>{cell if cell.startswith('<') else a_paragraph(cell)}</w:tc>" for cell in row
        )
        made += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def a_zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_member(stored: bytes, name: str, content: bytes) -> bytes:
    """The archive with one member replaced or added."""
    with zipfile.ZipFile(io.BytesIO(stored)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    return a_zip({**members, name: content})


@dataclass(frozen=True)
class Text:
    """Text on a page of a PDF, `x` and `top` in points from its upper left corner."""

    x: float
    top: float
    text: str
    bold: bool = False
    size: float = SIZE


@dataclass(frozen=True)
class Stroke:
    """A straight line on a page of a PDF."""

    x0: float
    top: float
    x1: float
    bottom: float


def a_grid(across: list[float], down: list[float]) -> list[Stroke]:
    """The rules of a table with these borders."""
    return [Stroke(across[0], y, across[-1], y) for y in down] + [
        Stroke(x, down[0], x, down[-1]) for x in across
    ]


def some_lines(x: float, top: float, texts: Iterable[str], leading: float = 16) -> list[Text]:
    """Lines of text below one another."""
    return [Text(x, top + place * leading, text) for place, text in enumerate(texts)]


def a_pdf(
    *pages: list[Text | Stroke], width: float = 600, height: float = 800, trailer: str = ""
) -> bytes:
    """A PDF with these marks on its pages. Letters are half as wide as high."""
    signs = sorted(
        {sign for page in pages for mark in page if isinstance(mark, Text) for sign in mark.text}
    )
    codes = {sign: code for code, sign in enumerate(signs, start=1)}
    assert len(codes) < 256, "a made PDF has at most 255 different signs"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        _font("Plain", len(codes)),
        _font("Plain-Bold", len(codes)),
        _stream(_to_unicode(codes)),
    ]
    kids = []
    for page in pages:
        objects.append(_stream(_drawing(page, codes, height)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents"
            f" {len(objects)} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects, trailer)


def a_pdf_drawing(drawing: bytes, entries: str = "") -> bytes:
    """A PDF of one page with that content stream; `entries` go into the stream's dictionary."""
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            _stream(drawing, entries),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R >>",
        ]
    )


def a_scan(pages: int) -> bytes:
    """A PDF whose pages are pictures only."""
    picture = _stream(
        zlib.compress(b"\x7f" * 64 * 64),
        "/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray"
        " /BitsPerComponent 8 /Filter /FlateDecode",
    )
    drawing = _stream(b"q 600 0 0 800 0 0 cm /Im Do Q")
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /XObject << /Im 3 0 R >> >> >>"
    )
    kids = " ".join(f"{place + 5} 0 R" for place in range(pages))
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
            picture,
            drawing,
            *[page] * pages,
        ]
    )


def a_locked_pdf() -> bytes:
    """A PDF that opens only with a password that nobody knows."""
    encryption = "/Filter /Standard /V 1 /R 2 /P -44 /O <" + "11" * 32 + "> /U <" + "22" * 32 + ">"
    return a_pdf(
        [Text(50, 50, "mật")],
        trailer=f"/Encrypt << {encryption} >> /ID [<{'33' * 16}> <{'33' * 16}>]",
    )


def _font(name: str, count: int) -> bytes:
    widths = " ".join([str(int(LETTER_WIDTH * 1000))] * (count + 1))
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /FirstChar 0 /LastChar {count}"
        f" /Widths [{widths}] /ToUnicode 5 0 R /FontDescriptor << /Type /FontDescriptor"
        f" /FontName /{name} /Ascent 800 /Descent -200 /Flags 32 >> >>"
    ).encode()


def _to_unicode(codes: dict[str, int]) -> bytes:
    lines = "\n".join(
        f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def"
        " 1 begincodespacerange <00> <ff> endcodespacerange"
        f" {len(codes)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    ).encode()


def _drawing(marks: list[Text | Stroke], codes: dict[str, int], height: float) -> bytes:
    written = []
    for mark in marks:
        if isinstance(mark, Stroke):
            written.append(f"{mark.x0} {height - mark.top} m {mark.x1} {height - mark.bottom} l S")
        else:
            letters = "".join(f"{codes[sign]:02x}" for sign in mark.text)
            base = height - mark.top - 0.8 * mark.size
            written.append(
                f"BT /F{2 if mark.bold else 1} {mark.size} Tf {mark.x} {base} Td <{letters}> Tj ET"
            )
    return "\n".join(written).encode()


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: list[bytes], trailer: str = "") -> bytes:
    written = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return written + end.encode()


def a_picture() -> bytes:
    """A PNG of one grey point."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\x7f"))
        + chunk(b"IEND", b"")
    )
