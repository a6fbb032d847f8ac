"""Reading what is stored. Whether a person may read a file is decided by what it belongs to."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.storage import default_storage

from vinhdanh.documents.models import File

_CHUNK = 1024 * 1024


def open_file(file: File) -> BinaryIO:
    """The bytes of a file, to read and close; FileNotFoundError when the store has lost them."""
    return default_storage.open(file.place, "rb")  # type: ignore[return-value]


def damaged_files() -> Iterator[File]:
    """The files whose bytes the store has lost or no longer has as they were handed in.

    Reads every byte once, whatever number of files share it; memory is constant.
    """
    checked, sound = "", False
    for file in File.objects.order_by("sha256", "id").iterator():
        if file.sha256 != checked:
            checked, sound = file.sha256, _is_sound(file)
        if not sound:
            yield file


def _is_sound(file: File) -> bool:
    digest = hashlib.sha256()
    try:
        with open_file(file) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == file.sha256
