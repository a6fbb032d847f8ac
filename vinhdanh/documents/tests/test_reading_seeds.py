"""The founding plan in its three forms reads the same."""

from vinhdanh.documents.rules.content import Content
from vinhdanh.documents.rules.reading import read
from vinhdanh.documents.tests.seeds import SEEDS, needs_seeds

pytestmark = needs_seeds


def the_plan(ending: str) -> Content:
    (path,) = SEEDS.glob(f"*.{ending}")
    return read(path.read_bytes())


def texts(content: Content) -> list[str]:
    return [paragraph.line for paragraph in content.paragraphs]


def cells(content: Content) -> str:
    """All words of the tables, headings once, in the order of columns: where a page cuts a row,
    its halves differ from form to form."""
    heading = [cell.text for cell in content.tables[0].rows[0]]
    rows = [
        [cell.text for cell in row]
        for table in content.tables
        for row in table.rows
        if [cell.text for cell in row] != heading
    ]
    return "\n".join(" ".join(filter(None, column)) for column in zip(*rows, strict=True))


def test_the_paragraphs_are_the_same():
    word = texts(the_plan("docx"))

    assert texts(the_plan("pdf")) == word
    # Only the text form has the line under the heading of the annex.
    plain = [text for text in texts(the_plan("txt")) if not text.startswith("Kèm theo Kế hoạch")]
    assert plain == word


def test_the_tables_have_the_same_words_in_the_same_columns():
    word = cells(the_plan("docx"))

    assert cells(the_plan("pdf")) == word
    assert cells(the_plan("txt")) == word
    assert word.startswith(" ".join(f"{number}." for number in range(1, 23)) + "\n")
