"""The command line, `vinhdanh`: what an administrator does without a browser.

Rooms offer their commands as `groups: list[click.Command]` in `vinhdanh/<room>/commands.py` and are
listed in `config/commands.py`. A room is loaded, Django set up and the database started only for
the command that was asked for.
"""

import contextlib
import gettext
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from config.commands import GROUPS, HEEDS_DATABASE, HEEDS_LAW, LIGHT
from vinhdanh.common.refusal import Refused

_SERVING = ("demo", "run", "web", "worker", "migrate", "check", "backup", "restore")
_INTRODUCTION = """\
Vinh Danh – quản lý công tác thi đua, khen thưởng của cơ quan.

Cách dùng:  vinhdanh LỆNH [THAM SỐ]
            vinhdanh LỆNH --help    giải thích một lệnh
"""
_EXAMPLES = """\
Ví dụ:
  vinhdanh demo                           chạy thử với một cơ quan giả định
  vinhdanh run                            chạy cơ sở dữ liệu, trang web và tác vụ nền
  vinhdanh plan read ke-hoach.pdf         đọc một kế hoạch, in ra nhiệm vụ và điều cần xem lại
  vinhdanh plan read ke-hoach.docx --json như trên, cho máy đọc
  vinhdanh law show DH_CSTD_CS            đọc pháp luật về một danh hiệu, hình thức khen thưởng

Thiết lập bằng biến môi trường: xem tệp .env.example.
"""


class _Page(click.Group):
    """The whole command line; its help is one page, and rooms are loaded when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_SERVING, *GROUPS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in GROUPS:
            return super().get_command(ctx, cmd_name)
        room = f"vinhdanh.{GROUPS[cmd_name].room}.commands"
        if not any(cmd_name == group for group, _ in LIGHT):
            _set_up()
        if cmd_name in HEEDS_LAW:
            from config import law

            law.read_from_its_folder(_var())
        groups: list[click.Command] = importlib.import_module(room).groups
        return next(group for group in groups if group.name == cmd_name)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(_INTRODUCTION)
        own = [(name, self.commands[name].get_short_help_str(90)) for name in _SERVING]
        rooms = [(name, group.purpose) for name, group in GROUPS.items()]
        for title, rows in (("Chạy hệ thống", own), ("Công việc", rooms)):
            formatter.write(f"\n{title}:\n")
            for name, purpose in rows:
                formatter.write(f"  {name:<13}{purpose}\n")
        formatter.write(f"\n{_EXAMPLES}")


@click.group(cls=_Page)
def cli() -> None:
    """Everything an administrator does without a browser."""


_port = click.option(
    "--port", envvar="VINHDANH_PORT", default=8000, show_default=True, help="Cổng của trang web."
)
_bind = click.option(
    "--bind",
    envvar="VINHDANH_BIND",
    default="127.0.0.1",
    show_default=True,
    help="Địa chỉ mạng mà trang web lắng nghe.",
)


_path = click.Path(path_type=Path)


@cli.command()
@_port
@_bind
def demo(port: int, bind: str) -> None:
    """Chạy thử với một cơ quan giả định; in địa chỉ và tài khoản đăng nhập."""
    from config import run

    os.environ.setdefault("VINHDANH_LOG", "WARNING")
    os.environ["VINHDANH_DEMONSTRATION"] = "1"
    run.demonstrate(bind=bind, port=port)


@cli.command("run")
@_port
@_bind
def run_everything(port: int, bind: str) -> None:
    """Chạy cơ sở dữ liệu, trang web và tác vụ nền; Ctrl-C dừng tất cả."""
    from config import run

    run.supervise(bind=bind, port=port)


@cli.command()
@_port
@_bind
def web(port: int, bind: str) -> None:
    """Chỉ chạy trang web (khi mỗi phần là một dịch vụ riêng)."""
    from config import serve

    serve.web(bind=bind, port=port)


@cli.command()
def worker() -> None:
    """Chỉ chạy tác vụ nền (khi mỗi phần là một dịch vụ riêng)."""
    from config import serve

    serve.worker()


@cli.command()
@click.option("--with-demo", is_flag=True, hidden=True)
@click.option("--only-static", is_flag=True, hidden=True)
@click.option("--only-tables", is_flag=True, hidden=True)
def migrate(with_demo: bool, only_static: bool, only_tables: bool) -> None:
    """Tạo hoặc nâng cấp cơ sở dữ liệu và các tệp tĩnh; chạy lại không sao."""
    _set_up()
    from config import prepare

    if only_static:
        prepare.collect_static()
        return
    with _house():
        if only_tables:
            prepare.upgrade_tables()
        else:
            prepare.prepare(with_demo=with_demo)


@cli.command()
def check() -> None:
    """Kiểm tra bản cài đặt: nói rõ điều gì chưa ổn và cách sửa."""
    with _house():
        from config import check as checking

        findings = checking.findings()
    for finding in findings:
        click.echo(f"{'✓' if finding.good else '✗'} {finding.text}")
    if not all(finding.good for finding in findings):
        sys.exit(1)


@cli.command()
@click.option("--to", "path", metavar="TỆP", type=_path, required=True, help="Tệp sao lưu.")
@click.option("--encrypt", is_flag=True, help="Mã hóa bằng mật khẩu (VINHDANH_BACKUP_PASSPHRASE).")
def backup(path: Path, *, encrypt: bool) -> None:
    """Sao lưu cơ sở dữ liệu và mọi tệp vào một tệp, trong lúc hệ thống vẫn chạy."""
    _set_up()
    from django.utils import timezone

    from config import backup as backing_up

    passphrase = _passphrase(confirm=True) if encrypt else None
    with _house():
        taken = backing_up.write(path, passphrase=passphrase, at=timezone.now())
    click.echo(
        f"Đã sao lưu vào {path} ({path.stat().st_size:,} byte): {sum(taken.counts.values())} dòng, "
        f"{taken.files - len(taken.lacking)} tệp, nhật ký {taken.journal[0]} dòng."
    )
    if taken.lacking:
        raise Refused(
            f"Kho tệp thiếu hoặc hỏng {len(taken.lacking)} tệp từ trước; bản sao lưu không có các "
            "tệp đó. Chạy vinhdanh documents verify để biết là tệp nào."
        )


@cli.command()
@click.argument("path", metavar="TỆP", type=_path)
@click.option("--into", metavar="THƯ_MỤC", type=_path, required=True, help="Thư mục trống.")
@click.option("--database", "url", metavar="URL", help="Nạp vào cơ sở dữ liệu trống này.")
def restore(path: Path, into: Path, url: str | None) -> None:
    """Khôi phục một bản sao lưu vào thư mục trống, rồi kiểm tra nhật ký, tệp, số dòng."""
    signal.signal(signal.SIGTERM, _leave)
    _set_up()
    from django.utils import timezone

    from config import restore as restoring

    found = restoring.restore(path, into, ask=lambda: _passphrase(confirm=False), url=url)
    rows = sum(found.manifest.counts.values())
    at = timezone.localtime(datetime.fromisoformat(found.manifest.at))
    click.echo(
        f"Đã khôi phục vào {into} bản sao lưu lúc {at:%H:%M ngày %d/%m/%Y}: {rows} dòng, "
        f"{found.files} tệp nguyên vẹn, nhật ký {found.manifest.journal[0]} dòng nguyên vẹn."
    )
    if not found.has_key:
        click.echo(
            "Khóa bí mật không nằm trong bản sao lưu. Trước khi chạy, đặt VINHDANH_SECRET_KEY như "
            f"nơi cũ, hoặc chép tệp secret-key của nơi cũ đè lên {into.resolve() / 'secret-key'}. "
            "Thiếu khóa đó thì ứng dụng xác thực, mã dự phòng, khóa ký của kênh phải thiết lập lại."
        )
    named = "DATABASE_URL=… " if url else ""
    click.echo(f"Chạy từ đó:  {named}VINHDANH_VAR={into.resolve()} vinhdanh run")


def _passphrase(*, confirm: bool) -> str:
    """What locks a backup: from the environment, or asked for where somebody is there to answer."""
    known = os.environ.get("VINHDANH_BACKUP_PASSPHRASE")
    if not known and not sys.stdin.isatty():
        raise Refused("Thiếu mật khẩu của bản sao lưu: hãy đặt VINHDANH_BACKUP_PASSPHRASE.")
    return known or click.prompt(
        "Mật khẩu của bản sao lưu", hide_input=True, confirmation_prompt=confirm
    )


def _speak_vietnamese() -> None:
    """Let the library say what it says by itself ("Usage:", "No such command") in Vietnamese."""
    os.environ.update(LANGUAGE="vi")
    gettext.bindtextdomain("click", Path(__file__).parent.parent / "locale")
    gettext.textdomain("click")


def main() -> None:
    """The entry of `vinhdanh`. A refusal is one sentence and exit code 1; a bug crashes loudly."""
    _speak_vietnamese()
    needs = _needs_house(sys.argv[1:])
    try:
        with _house() if needs else contextlib.nullcontext():
            cli(prog_name="vinhdanh")
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)


def _needs_house(arguments: list[str]) -> bool:
    """Whether the command is a room's that works on the database."""
    words = [word for word in arguments if not word.startswith("-")]
    if len(words) < 2 or words[0] not in GROUPS or "--help" in arguments:
        return False
    if (words[0], "") in LIGHT:
        return False
    command = (words[0], words[1])
    return command not in LIGHT or (command in HEEDS_DATABASE and _has_database())


def _has_database() -> bool:
    """Whether a database is named, or an embedded one has been made on this machine."""
    return bool(os.environ.get("DATABASE_URL")) or (_var() / "postgres/PG_VERSION").exists()


def _var() -> Path:
    return Path(os.environ.get("VINHDANH_VAR") or Path(__file__).parent.parent / "var")


@contextlib.contextmanager
def _house() -> Iterator[None]:
    """Django set up, and the embedded database running unless another is named."""
    signal.signal(signal.SIGTERM, _leave)
    settings = _set_up()
    from config import database

    with database.running(os.environ.get("DATABASE_URL"), Path(settings.VAR)):
        yield
        from django.db import connections

        connections.close_all()


def _set_up() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    django.setup()
    return settings


def _leave(*_: Any) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


if __name__ == "__main__":
    main()
