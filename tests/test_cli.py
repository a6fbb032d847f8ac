"""The command line: one readable page, quick, and honest about what rooms offer."""

import importlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from config.commands import GROUPS, LIGHT

ROOT = Path(__file__).resolve().parents[1]


def test_the_help_is_a_page_with_every_command_and_an_example():
    done = _vinhdanh("--help")

    assert done.returncode == 0
    for word in ("run", "web", "worker", "demo", "migrate", "check", *GROUPS):
        assert f"\n  {word} " in done.stdout
    assert "Ví dụ:" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_the_help_answers_without_loading_django_or_starting_anything(tmp_path: Path):
    begun = _seconds_of_children()
    done = _vinhdanh("--help", importtime=True, VINHDANH_VAR=str(tmp_path / "var"))
    taken = _seconds_of_children() - begun

    assert "import time" in done.stderr
    assert "django" not in done.stderr
    assert not (tmp_path / "var").exists()
    assert taken < 3


def test_rooms_offer_exactly_the_groups_that_the_help_lists():
    rooms = {path.parent.name for path in (ROOT / "vinhdanh").glob("*/commands.py")}

    offered = {
        group.name: room
        for room in rooms
        for group in importlib.import_module(f"vinhdanh.{room}.commands").groups
    }

    assert offered == {name: group.room for name, group in GROUPS.items()}


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_explains_itself_in_vietnamese(name: str):
    module = f"vinhdanh.{GROUPS[name].room}.commands"
    assert find_spec(module)
    groups = {group.name: group for group in importlib.import_module(module).groups}

    for command in [groups[name], *getattr(groups[name], "commands", {}).values()]:
        assert command.help
        assert not command.help.isascii()


@pytest.mark.parametrize(("group", "command"), sorted(LIGHT))
def test_a_light_command_explains_itself_without_django(group: str, command: str, tmp_path: Path):
    words = filter(None, (group, command))
    done = _vinhdanh(*words, "--help", importtime=True, VINHDANH_VAR=str(tmp_path / "var"))

    assert done.returncode == 0
    assert "django" not in done.stderr
    assert not (tmp_path / "var").exists()


def test_an_unknown_command_is_a_usage_error():
    done = _vinhdanh("khong-co")

    assert done.returncode == 2
    assert "khong-co" in done.stderr


def test_a_refusal_is_one_sentence_and_exit_code_one(tmp_path: Path):
    novel = tmp_path / "truyen.txt"
    novel.write_text("Ngày xửa ngày xưa, có một chàng trai nghèo sống bên bờ sông.\n" * 20)

    done = _vinhdanh("plan", "read", str(novel))

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_the_check_says_what_is_not_well_and_fails(tmp_path: Path):
    done = _vinhdanh(
        "check", VINHDANH_VAR=str(tmp_path), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"
    )

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "✗ " in done.stdout


def test_a_backup_to_be_encrypted_with_nobody_to_ask_says_what_to_set(tmp_path: Path):
    backup = tmp_path / "ban-sao-luu"

    done = _vinhdanh(
        *("backup", "--to", str(backup), "--encrypt"),
        VINHDANH_VAR=str(tmp_path / "var"),
        VINHDANH_BACKUP_PASSPHRASE="",
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "Thiếu mật khẩu của bản sao lưu: hãy đặt VINHDANH_BACKUP_PASSPHRASE.\n",
    )
    assert not backup.exists()


def test_the_command_line_speaks_vietnamese_also_about_its_own_mistakes():
    explained = _vinhdanh("plan", "read", "--help")
    mistaken = _vinhdanh("plan", "read", "khong-co.docx")

    assert "Cách dùng:" in explained.stdout
    assert "'khong-co.docx' không có" in mistaken.stderr
    assert mistaken.returncode == 2


def _seconds_of_children() -> float:
    """What ended programs have worked, however long a busy machine let them wait."""
    so_far = os.times()
    return so_far.children_user + so_far.children_system


def _vinhdanh(
    *arguments: str, importtime: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command line; with `importtime`, Python tells on standard error what it imports."""
    told = ["-X", "importtime"] if importtime else []
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return subprocess.run(
        [sys.executable, *told, "-m", "config.cli", *arguments],
        cwd=ROOT,
        env={**clean, **environment, "PYTHONIOENCODING": "utf-8"},
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=300,
    )
