"""Lists as spreadsheets: what was a day, a number or text is one in the file."""

import io
from datetime import date

from python_calamine import CalamineWorkbook

from vinhdanh.common import spreadsheets


def test_days_numbers_and_text_stay_what_they_are():
    told: list[int] = []
    stream = io.BytesIO()

    spreadsheets.write(
        stream,
        name="Sổ",
        title="Sổ việc",
        above=["Năm 2026"],
        columns=[("Việc", 40), ("Hạn", 12), ("Số", 8)],
        rows=((f"=việc {number}", date(2026, 3, 31), number) for number in range(2_001)),
        told=told.append,
    )

    rows = _rows(stream)
    assert rows[:3] == [["Sổ việc", "", ""], ["Năm 2026", "", ""], ["Việc", "Hạn", "Số"]]
    assert rows[3] == ["=việc 0", date(2026, 3, 31), 0.0]
    assert len(rows) == 3 + 2_001
    assert told == [1_000, 2_000]


def test_no_rows_leave_the_headings():
    stream = io.BytesIO()

    spreadsheets.write(stream, name="Sổ", columns=[("Việc", 40)], rows=[])

    assert _rows(stream) == [["Việc"]]


def _rows(stream: io.BytesIO) -> list[list[object]]:
    stream.seek(0)
    return CalamineWorkbook.from_filelike(stream).get_sheet_by_name("Sổ").to_python()


def test_more_rows_than_a_sheet_holds_go_on_in_further_sheets(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 5)
    stream = io.BytesIO()

    counts = [
        spreadsheets.write(
            into, name="Sổ", title="Sổ", above=["Lập ngày 1"], columns=[("Việc", 40)],
            rows=([f"Việc {number}"] for number in range(many)),
        )
        for into, many in ((stream, 5), (io.BytesIO(), 4))
    ]  # fmt: skip

    book = CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue()))
    head = [["Sổ"], ["Lập ngày 1"], ["Việc"]]
    assert counts == [5, 4]
    assert {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} == {
        "Sổ": [*head, ["Việc 0"], ["Việc 1"]],
        "Sổ (2)": [*head, ["Việc 2"], ["Việc 3"]],
        "Sổ (3)": [*head, ["Việc 4"]],
    }
