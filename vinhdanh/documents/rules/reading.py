"""Reading a file, or pasted text, into its paragraphs and tables."""

from vinhdanh.documents.rules import legacy
from vinhdanh.documents.rules.content import Content
from vinhdanh.documents.rules.kinds import kind_of
from vinhdanh.documents.rules.pdf.apart import read_pdf_apart
from vinhdanh.documents.rules.plain.encodings import decode
from vinhdanh.documents.rules.plain.reading import read_plain
from vinhdanh.documents.rules.word.reading import read_word


def read(stored: bytes, *, name: str = "") -> Content:
    """The content of a .docx, .pdf or text file, told apart by what is in it.

    `name` is not believed. Refused, with what to do instead, when the file is empty, too large,
    broken, encrypted, without text, in an old Vietnamese font encoding, or of another kind.
    """
    kind = kind_of(stored)
    if kind == "docx":
        return legacy.checked(read_word(stored))
    if kind == "pdf":
        return legacy.checked(read_pdf_apart(stored))
    return read_text(decode(stored))


def read_text(text: str) -> Content:
    """The content of pasted text, `kind` "txt".

    Blank lines part paragraphs; lines with tabs or `| … |` are tables. Refused when there is no
    text, too much of it, or it is in an old Vietnamese font encoding.
    """
    return legacy.checked(read_plain(text))
