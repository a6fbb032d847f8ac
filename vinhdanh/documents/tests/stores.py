"""Stores of files for a test: a folder, and a bucket of a real S3-compatible server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def on_disk(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder},
    }


@contextmanager
def an_s3_server() -> Iterator[str]:
    """The address of a server that keeps everything in memory."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def a_bucket(address: str) -> Any:
    """An empty bucket, as boto3 knows it."""
    store = boto3.resource(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="reader",
        aws_secret_access_key="secret",
    )
    return store.create_bucket(Bucket=f"documents-{uuid4()}")


def in_bucket(address: str, name: str) -> dict[str, Any]:
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": address,
            "region_name": "us-east-1",
            "access_key": "reader",
            "secret_key": "secret",
            "addressing_style": "path",
        },
    }


def stored_files() -> list[str]:
    """The places of everything that lies in the store."""
    try:
        folders, files = default_storage.listdir("")
    except FileNotFoundError:
        return []
    return sorted(
        [*files, *(f"{one}/{name}" for one in folders for name in default_storage.listdir(one)[1])]
    )


def overwrite(place: str, stored: bytes) -> None:
    """What a failing disk, or somebody with access to the store, may do to a file."""
    default_storage.delete(place)
    default_storage.save(place, ContentFile(stored))
