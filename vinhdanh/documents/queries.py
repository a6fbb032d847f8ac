"""Reading what is stored. Whether a person may read a file is decided by what it belongs to."""

from typing import BinaryIO

from django.core.files.storage import default_storage

from vinhdanh.documents.models import File


def open_file(file: File) -> BinaryIO:
    """The bytes of a file, to read and close; FileNotFoundError when the store has lost them."""
    return default_storage.open(file.place, "rb")  # type: ignore[return-value]


def lost_files() -> list[File]:
    """The files whose bytes the store does not have at their full size; for a health check."""
    return [
        file
        for file in File.objects.iterator()
        if not default_storage.exists(file.place) or default_storage.size(file.place) != file.size
    ]
