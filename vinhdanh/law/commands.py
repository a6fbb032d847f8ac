"""The law on the command line: checked, shown, reckoned with; without database."""

import json
import re
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import click

from vinhdanh.law import show as showing
from vinhdanh.law import store, words
from vinhdanh.law.bonus import bonus as reckoned
from vinhdanh.law.book import Book, read_book
from vinhdanh.law.changes import changes as all_changes
from vinhdanh.law.criteria import Recipient
from vinhdanh.law.files import MalformedError

_PRINTED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_HERE = timedelta(hours=7)
_WIDEST = 110


class Day(click.ParamType):
    """A day as machines (2025-03-01) or people (01/03/2025) write it."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        printed = _PRINTED.fullmatch(value)
        try:
            if printed:
                return date(int(printed[3]), int(printed[2]), int(printed[1]))
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” không phải là ngày; hãy viết như 2025-03-01 hoặc 01/03/2025.")


def today() -> date:
    """Today in Vietnam, wherever the machine stands."""
    return (datetime.now(UTC) + _HERE).date()


def law_in_force() -> Book:
    """The law in force, with a word on standard error where a later one was refused."""
    held = store.in_force()
    if held.faults:
        click.echo(
            f"Thư mục pháp luật có {len(held.faults)} lỗi nên chưa được dùng; kết quả theo bản "
            "pháp luật đang dùng. Chạy vinhdanh law check để xem lỗi.",
            err=True,
        )
    return held.book


_on = click.option(
    "--on", metavar="NGÀY", type=Day(), default=today, help="Ngày xem luật; mặc định hôm nay."
)


@click.group()
def law() -> None:
    """Pháp luật thi đua, khen thưởng: kiểm tra tệp, xem danh hiệu, điều thay đổi."""


@law.command()
@click.argument(
    "folder",
    metavar="[THƯ_MỤC]",
    required=False,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
def check(folder: Path | None) -> None:
    """Kiểm tra mọi tệp pháp luật; nêu từng lỗi theo tệp và dòng, kết thúc với mã 1 khi có lỗi.

    Không có THƯ_MỤC thì kiểm tra thư mục đang dùng (VINHDANH_LAW hoặc bản đóng gói sẵn).
    """
    folder = folder or store.folder()
    try:
        book = read_book(folder)
    except MalformedError as malformed:
        for fault in malformed.faults:
            click.echo(fault)
        click.echo(f"Có {len(malformed.faults)} lỗi; pháp luật đang dùng không thay đổi.", err=True)
        sys.exit(1)
    titles = sum(award.kind == "title" for award in book.awards.values())
    rules = sum(map(len, book.rules.values()))
    click.echo(
        f"Không có lỗi: {len(book.awards)} danh hiệu, hình thức khen thưởng ({titles} danh hiệu, "
        f"{len(book.awards) - titles} hình thức), {rules} quy tắc thủ tục, "
        f"{len(book.texts)} văn bản."
    )


@law.command("list")
def list_awards() -> None:
    """Liệt kê mã và tên mọi danh hiệu thi đua, hình thức khen thưởng."""
    click.echo(showing.list_of([*law_in_force().awards.values()]))


@law.command()
@click.argument("code", metavar="MÃ")
@_on
def show(code: str, on: date) -> None:
    """In pháp luật về danh hiệu, hình thức có MÃ vào một ngày, mỗi điều kèm nguồn.

    Hạng A là điều đã đọc trong văn bản; hạng B, C để người xét.
    """
    book = law_in_force()
    award = showing.award_of(code, book)
    click.echo(showing.law_of(award, on=on, book=book, width=_width()))


@law.command()
@click.option("--on", metavar="NGÀY", type=Day(), help="Chỉ những thay đổi của ngày này.")
def changes(on: date | None) -> None:
    """Liệt kê điều thay đổi trong pháp luật theo từng ngày."""
    found = [change for change in all_changes(law_in_force()) if on is None or change.day == on]
    if found:
        click.echo(showing.changes_of(found, width=_width()))
    else:
        click.echo(f"Không có thay đổi nào vào ngày {on:%d/%m/%Y}.")


@click.command()
@click.argument("code", metavar="MÃ")
@click.option(
    "--recipient",
    type=click.Choice(get_args(Recipient)),
    required=True,
    help="Cá nhân (person), tập thể (collective) hay hộ gia đình (household).",
)
@click.option("--on", metavar="NGÀY", type=Day(), default=today, help="Ngày ban hành quyết định.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def bonus(code: str, recipient: Recipient, on: date, *, as_json: bool) -> None:
    """In tiền thưởng của danh hiệu, hình thức có MÃ theo quyết định ban hành vào một ngày."""
    book = law_in_force()
    award = showing.award_of(code, book)
    amount = reckoned(award.code, recipient, on=on, book=book)
    if as_json:
        found = {"code": amount.code, "amount": amount.amount, "source": amount.source}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    click.echo(f"{award.name}, {words.RECIPIENTS[recipient]}: {showing.bonus_of(amount)}")


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


groups = [law, bonus]
