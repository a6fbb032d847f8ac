"""The journal on the command line."""

import sys

import click


@click.group()
def journal() -> None:
    """Nhật ký: kiểm tra chuỗi ghi chép không bị sửa."""


@journal.command()
@click.option("--noted", metavar="SỐ:MÃ", help="Kết quả của lần kiểm tra trước, để so lại.")
def verify(noted: str | None) -> None:
    """Kiểm tra từng dòng nhật ký; báo dòng đầu tiên không còn nguyên vẹn.

    In ra số dòng và mã của dòng cuối (SỐ:MÃ). Ghi lại mã này ở nơi khác để lần sau biết các dòng
    mới nhất có bị cắt bỏ hay không.
    """
    from django.utils.translation import gettext

    from vinhdanh.journal import queries

    verdict = queries.verify(noted=_noted(noted))
    if verdict.fault is None:
        click.echo(
            gettext("Nhật ký nguyên vẹn: %(count)d dòng, mã cuối %(mark)s.")
            % {"count": verdict.count, "mark": f"{verdict.count}:{verdict.digest.hex()}"}
        )
        return
    click.echo(
        gettext("Nhật ký không còn nguyên vẹn sau dòng %(count)d: %(fault)s (%(line)s)")
        % {
            "count": verdict.count,
            "fault": gettext(verdict.fault.value),
            "line": verdict.line or "—",
        },
        err=True,
    )
    sys.exit(1)


def _noted(text: str | None) -> tuple[int, bytes] | None:
    if text is None:
        return None
    number, _colon, digest = text.partition(":")
    try:
        return int(number), bytes.fromhex(digest)
    except ValueError:
        raise click.BadParameter("SỐ:MÃ", param_hint="--noted") from None


groups = [journal]
