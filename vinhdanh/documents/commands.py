"""The stored files on the command line."""

import sys

import click


@click.group()
def documents() -> None:
    """Kho tệp: kiểm tra các tệp đã nộp còn nguyên vẹn."""


@documents.command()
def verify() -> None:
    """Đọc lại mọi tệp đã nộp; nêu tên tệp bị mất hoặc bị sửa so với lúc nộp.

    Nên chạy sau khi khôi phục từ bản sao lưu.
    """
    from django.utils.translation import gettext

    from vinhdanh.documents import queries
    from vinhdanh.documents.models import File

    damaged = 0
    for file in queries.damaged_files():
        damaged += 1
        click.echo(
            gettext("Tệp bị mất hoặc bị sửa: %(name)s (%(id)s)")
            % {"name": file.name, "id": file.pk},
            err=True,
        )
    if damaged:
        sys.exit(1)
    click.echo(gettext("Kho tệp nguyên vẹn: %(count)d tệp.") % {"count": File.objects.count()})


groups = [documents]
