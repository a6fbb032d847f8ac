"""Where files handed in are kept: in a folder of this machine, or in an S3-compatible store."""

import os
from pathlib import Path
from typing import Any

# Larger than any file kept, so that each goes in one request: one that breaks off leaves nothing.
_IN_ONE_REQUEST = 1024**3
_MOST_IN_MEMORY = 5 * 1024 * 1024


def documents(var: Path) -> dict[str, Any]:
    """Django's settings for the store of files: the bucket that the environment names, else
    `var`/media."""
    bucket = os.environ.get("DOCUMENTS_S3_BUCKET", "")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": var / "media"},
        }
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("DOCUMENTS_S3_ENDPOINT") or None,
            "region_name": os.environ.get("DOCUMENTS_S3_REGION") or None,
            "access_key": os.environ.get("DOCUMENTS_S3_KEY") or None,
            "secret_key": os.environ.get("DOCUMENTS_S3_SECRET") or None,
            "location": os.environ.get("DOCUMENTS_S3_FOLDER", ""),
            "default_acl": None,  # private, as the bucket is
            "file_overwrite": True,  # a name is the hash of the bytes
            "max_memory_size": _MOST_IN_MEMORY,
            "transfer_config": TransferConfig(
                multipart_threshold=_IN_ONE_REQUEST, use_threads=False
            ),
            # Stores other than Amazon's know neither its newest checksums nor names as hosts.
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=5,
                read_timeout=60,
                retries={"max_attempts": 3, "mode": "standard"},
            ),
        },
    }
