"""The calendar on the command line; it answers without a database, heeding the announced days
where there is one."""

import json
import re
from datetime import date
from typing import Any

import click

from vinhdanh.common.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    SpecialDays,
    day_off_name,
    is_weekend,
    off_between,
    worked_weekends,
    working_days_before,
)
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import long_day

_MOST_DAYS = 2_500
_PRINTED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class _Day(click.ParamType):
    """A day as machines (2026-03-16) or people (16/03/2026) write it."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        printed = _PRINTED.fullmatch(value)
        try:
            if printed:
                day = date(int(printed[3]), int(printed[2]), int(printed[1]))
            else:
                day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” không phải là ngày; hãy viết như 2026-03-16 hoặc 16/03/2026.")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"Lịch chỉ có các năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
        return day


@click.group()
def calendar() -> None:
    """Lịch làm việc: ngày nghỉ của năm, đếm ngược ngày làm việc."""


@calendar.command("days-off")
@click.argument("year", metavar="NĂM", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@click.option("--json", "as_json", is_flag=True, help="In ra JSON cho máy đọc.")
def days_off(year: int, *, as_json: bool) -> None:
    """In các ngày nghỉ lễ, tết, nghỉ bù trong NĂM và các ngày cuối tuần phải làm việc.

    Gồm cả những ngày cơ quan đã nhập. JSON không kể ngày nghỉ hằng tuần: "off" là ngày trong tuần
    được nghỉ, "working" là thứ Bảy, Chủ nhật phải làm việc.
    """
    special = _special_days()
    first, last = date(year, 1, 1), date(year, 12, 31)
    runs = off_between(first, last, off=special.off, working=special.working, names=special.names)
    worked = worked_weekends(first, last, off=special.off, working=special.working)
    if as_json:
        days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
        off = [
            day
            for day in days
            if not is_weekend(day) and day_off_name(day, off=special.off, working=special.working)
        ]
        found = {"off": off, "working": worked}
        click.echo(json.dumps({key: [f"{day}" for day in of] for key, of in found.items()}))
        return
    click.echo(f"Ngày nghỉ năm {year}, ngoài thứ Bảy và Chủ nhật hằng tuần:")
    for begins, ends, name in runs:
        until = f" đến {long_day(ends)}" if ends > begins else ""
        click.echo(f"  {long_day(begins)}{until}: {name}")
    click.echo("Ngày cuối tuần phải làm việc:")
    for day in worked:
        click.echo(f"  {long_day(day)}: {special.names.get(day) or 'hoán đổi ngày làm việc'}")
    if not worked:
        click.echo("  không có")


@calendar.command()
@click.argument("day", metavar="NGÀY", type=_Day())
@click.option(
    "--working-days",
    "count",
    metavar="SỐ",
    required=True,
    type=click.IntRange(0, _MOST_DAYS),
    help="Số ngày làm việc.",
)
def back(day: date, count: int) -> None:
    """In ngày làm việc đứng trước NGÀY đúng SỐ ngày làm việc, không tính NGÀY."""
    special = _special_days()
    click.echo(working_days_before(day, count, off=special.off, working=special.working))


def _special_days() -> SpecialDays:
    """The announced days; none on a machine that has no database yet."""
    from django.conf import settings

    if not settings.configured:
        return SpecialDays()
    from django.db import DatabaseError, connection

    from vinhdanh.secretariat.models import SpecialDay
    from vinhdanh.secretariat.queries.calendar import special_days

    try:
        if SpecialDay._meta.db_table not in connection.introspection.table_names():
            return SpecialDays()
    except DatabaseError:
        raise Refused("Không kết nối được cơ sở dữ liệu để xem các ngày đã nhập.") from None
    return special_days()


groups = [calendar]
