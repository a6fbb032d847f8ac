"""Units, persons and the first administrator from the command line."""

from pathlib import Path

import click

from vinhdanh.common.refusal import Refused


@click.group("people")
def people() -> None:
    """Đơn vị và cá nhân: nhập từ bảng tính."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(["units", "persons"]), required=True, help="Bảng gì.")
@click.option("--unit", "unit_name", required=True, help="Tên cơ quan nhập vào.")
@click.option("--by", "username", required=True, help="Tên đăng nhập của người nhập.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem thử, không nhập.")
@click.option("--only-good", is_flag=True, help="Bỏ lại các dòng có lỗi.")
def import_(
    file: Path, kind: str, unit_name: str, username: str, *, dry_run: bool, only_good: bool
) -> None:
    """Nhập đơn vị hoặc cán bộ từ FILE (.xlsx, .csv): mọi dòng hoặc không dòng nào."""
    from django.db import transaction
    from django.utils import timezone

    from vinhdanh.accounts.models import User
    from vinhdanh.people import access, actions, queries

    today, now = timezone.localdate(), timezone.now()
    by = User.objects.filter(username=username, is_active=True).first()
    if by is None:
        raise Refused(f"Không có tài khoản “{username}” đang hoạt động.")
    named = [
        unit
        for unit in queries.units_named(unit_name, on=today)
        if access.covers(by, unit, access.EDITS, on=today)
    ]
    if len(named) != 1:
        raise Refused(f"“{unit_name}” không phải là một đơn vị người này quản lý.")
    with transaction.atomic():
        handed_in = actions.hand_in(
            kind=kind, office=named[0], name=file.name, content=file.read_bytes(), by=by, at=now
        )
        _tell(queries.outcomes(handed_in, by=by, on=today))
        if dry_run:
            actions.give_up(handed_in)
            return
        done = actions.take_in(handed_in, by=by, on=today, at=now, only_good=only_good)
    click.echo(f"Đã thêm {done.created}, sửa {done.changed}, bỏ lại {done.left_out} dòng.")
    for person, name, password in done.passwords:
        click.echo(f"{person}\t{name}\t{password}")


def _tell(outcomes: list) -> None:
    """Every problem by row, and how many rows would do what."""
    from django.utils.translation import gettext as _

    counts: dict[str, int] = {}
    for outcome in sorted(outcomes, key=lambda each: each.line.number):
        counts[outcome.verdict] = counts.get(outcome.verdict, 0) + 1
        for problem in outcome.problems:
            click.echo(f"Dòng {outcome.line.number}: {_(problem.sentence) % problem.values}")
    words = {"new": "sẽ thêm", "change": "sẽ sửa", "same": "không đổi", "wrong": "có lỗi"}
    click.echo("; ".join(f"{words[verdict]} {count}" for verdict, count in counts.items()))


@click.group("account")
def account() -> None:
    """Tài khoản: tạo người quản trị đầu tiên."""


@account.command("create-admin")
@click.option("--username", required=True, help="Tên đăng nhập.")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--unit", "unit_name", required=True, help="Tên cơ quan; được lập nếu chưa có gì.")
def create_admin(username: str, name: str, unit_name: str) -> None:
    """Tạo người quản trị hệ thống và in mật khẩu dùng một lần."""
    from django.utils import timezone

    from vinhdanh.people import actions

    user, password = actions.create_administrator(
        username=username,
        name=name,
        unit_name=unit_name,
        at=timezone.now(),
        on=timezone.localdate(),
    )
    click.echo(f"Tên đăng nhập: {user.username}")
    click.echo(f"Mật khẩu dùng một lần: {password}")


groups = [people, account]
