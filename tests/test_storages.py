"""The store of files as the environment names it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from config import storages
from config.check import findings
from vinhdanh.documents import actions, queries
from vinhdanh.documents.tests.stores import NOW, a_bucket, an_s3_server

TEXT = "Đã hoàn thành.".encode() * 600_000  # more than the smallest part of a parted upload


@pytest.fixture(scope="module")
def address():
    with an_s3_server() as found:
        yield found


@pytest.fixture
def bucket(address, monkeypatch, settings, tmp_path):
    found = a_bucket(address)
    named = {
        "BUCKET": found.name,
        "ENDPOINT": address,
        "REGION": "us-east-1",
        "KEY": "reader",
        "SECRET": "secret",
        "FOLDER": "vinh-danh",
    }
    for name, value in named.items():
        monkeypatch.setenv(f"DOCUMENTS_S3_{name}", value)
    settings.STORAGES = {**settings.STORAGES, "default": storages.documents(tmp_path)}
    return found


def a_sender():
    return get_user_model().objects.create_user(username="sender")


def test_without_a_bucket_files_lie_in_a_folder_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.delenv("DOCUMENTS_S3_BUCKET", raising=False)

    assert storages.documents(tmp_path) == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media"},
    }


@pytest.mark.django_db
def test_files_lie_in_the_folder_of_the_bucket_and_are_sent_once(bucket, tmp_path):
    bucket.Versioning().enable()
    sender = a_sender()

    first = actions.keep(("a.txt", TEXT), by=sender, at=NOW)
    actions.keep(("b.txt", TEXT), by=sender, at=NOW)

    with queries.open_file(first) as stream:
        assert stream.read() == TEXT
    assert [one.key for one in bucket.object_versions.all()] == [f"vinh-danh/{first.place}"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_an_upload_that_breaks_off_leaves_nothing_in_the_bucket(bucket):
    class Broken(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            yield TEXT
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.keep(Broken("a.txt", TEXT), by=a_sender(), at=NOW)

    assert list(bucket.objects.all()) == []
    assert list(bucket.multipart_uploads.all()) == []


@pytest.mark.django_db
def test_a_store_that_does_not_answer_is_named_by_the_check(bucket, settings):
    assert "Kho tệp trả lời." in [finding.text for finding in findings()]

    default = settings.STORAGES["default"]
    gone = {**default["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": gone}}

    wrong = [finding.text for finding in findings() if not finding.good]
    assert any(text.startswith("Kho tệp không trả lời:") for text in wrong)
    assert default_storage.endpoint_url == "http://127.0.0.1:9"
