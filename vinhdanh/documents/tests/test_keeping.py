import hashlib
import io
import threading
import zipfile
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from vinhdanh.common.refusal import Refused
from vinhdanh.documents import actions, queries
from vinhdanh.documents.commands import documents
from vinhdanh.documents.models import File
from vinhdanh.documents.responses import download
from vinhdanh.documents.rules.accepted import safe_name
from vinhdanh.documents.tests.stores import (
    NOW,
    a_bucket,
    an_s3_server,
    in_bucket,
    on_disk,
    overwrite,
    stored_files,
)

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(scope="module")
def s3_server():
    with an_s3_server() as address:
        yield address


@pytest.fixture(autouse=True, params=["disk", "s3"])
def _a_store_of_its_own(request, tmp_path, settings):
    if request.param == "disk":
        store = on_disk(tmp_path / "media")
    else:
        address = request.getfixturevalue("s3_server")
        store = in_bucket(address, a_bucket(address).name)
    settings.STORAGES = {**settings.STORAGES, "default": store}


def a_sender():
    return get_user_model().objects.create_user(username=f"sender-{File.objects.count()}")


def office_file(main_part: str) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types>application/vnd.x.{main_part}</Types>")
    return stored.getvalue()


@pytest.mark.django_db
def test_a_kept_file_says_what_it_is_and_gives_its_bytes_back():
    sender = a_sender()

    file = actions.keep(SimpleUploadedFile("Báo cáo quý I.pdf", PDF), by=sender, at=NOW)

    assert (file.name, file.kind, file.size) == ("Báo cáo quý I.pdf", "pdf", len(PDF))
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (file.uploaded_by_id, file.uploaded_at) == (sender.pk, NOW)
    with queries.open_file(file) as stream:
        assert stream.read() == PDF
    assert stored_files() == [file.place]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        ("Đã hoàn thành.".encode(), "txt"),
        ("Đã hoàn thành.".encode("utf-16"), "txt"),
        (office_file("wordprocessingml.document.main+xml"), "docx"),
        (office_file("spreadsheetml.sheet.main+xml"), "xlsx"),
        (office_file("presentationml.presentation.main+xml"), "pptx"),
    ],
)
def test_the_kind_is_told_from_the_content(stored, kind):
    file = actions.keep(("tep.exe", stored), by=a_sender(), at=NOW)

    assert file.kind == kind
    assert file.name == f"tep.exe.{kind}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        (b"", "không có nội dung"),
        (b"MZ\x90\x00\x03", "Chỉ nhận"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "Office cũ"),
        (b"PK\x03\x04 cut off", "Chỉ nhận"),
        (office_file("ms-word.document.macroEnabled.main+xml"), "Chỉ nhận"),
    ],
)
def test_other_files_are_refused_and_leave_nothing(stored, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.keep(("tep.pdf", stored), by=a_sender(), at=NOW)

    assert not File.objects.exists()
    assert stored_files() == []


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_and_leaves_nothing():
    with pytest.raises(Refused, match="lớn quá 1 MB"):
        actions.keep(("lon.txt", b"a" * 1_048_577), by=a_sender(), at=NOW, limit=1_048_576)

    assert not File.objects.exists()
    assert stored_files() == []


@pytest.mark.django_db
def test_an_upload_that_breaks_off_leaves_nothing():
    class Broken(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            yield PDF
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.keep(Broken("a.pdf", PDF), by=a_sender(), at=NOW)

    assert stored_files() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_lie_once_and_go_with_the_last_row():
    sender = a_sender()
    first = actions.keep(("a.pdf", PDF), by=sender, at=NOW)
    second = actions.keep(("b.pdf", PDF), by=sender, at=NOW)
    assert stored_files() == [first.place]

    actions.discard(first)
    assert stored_files() == [second.place]

    actions.discard(second)
    assert stored_files() == []


@pytest.mark.django_db(transaction=True)
def test_bytes_of_a_discarded_file_stay_when_the_transaction_fails():
    file = actions.keep(("a.pdf", PDF), by=a_sender(), at=NOW)

    with transaction.atomic():
        actions.discard(file)
        transaction.set_rollback(True)

    assert File.objects.count() == 1
    assert stored_files() == [file.place]


@pytest.mark.django_db(transaction=True)
def test_bytes_are_not_taken_from_a_row_that_is_being_committed():
    sender = a_sender()
    first = actions.keep(("a.pdf", PDF), by=sender, at=NOW)
    holds, may_end = threading.Event(), threading.Event()

    def keep_slowly():
        with transaction.atomic():
            actions.keep(("b.pdf", PDF), by=sender, at=NOW)
            holds.set()
            may_end.wait(60)
        connection.close()

    def discard():
        actions.discard(first)
        connection.close()

    keeper, remover = threading.Thread(target=keep_slowly), threading.Thread(target=discard)
    keeper.start()
    holds.wait(60)
    remover.start()
    remover.join(0.3)
    may_end.set()
    keeper.join(60)
    remover.join(60)

    kept = File.objects.get()
    assert kept.name == "b.pdf"
    assert stored_files() == [kept.place]


@pytest.mark.django_db(transaction=True)
def test_sweeping_removes_what_failed_transactions_left_after_a_day():
    sender = a_sender()
    kept = actions.keep(("a.pdf", PDF), by=sender, at=NOW)
    with transaction.atomic():
        actions.keep(("b.pdf", PDF + b"other"), by=sender, at=NOW)
        transaction.set_rollback(True)
    overwrite("incoming/broken-off", b"half")
    assert len(stored_files()) == 3
    written = default_storage.get_modified_time(kept.place)

    assert actions.sweep(at=written + timedelta(hours=1)) == 0
    assert actions.sweep(at=written + timedelta(days=2)) == 2

    assert stored_files() == [kept.place]


@pytest.mark.django_db
def test_sweeping_an_empty_store_removes_nothing():
    assert actions.sweep(at=NOW) == 0


@pytest.mark.django_db
def test_damaged_files_are_found_and_lost_bytes_mended_by_keeping_them_again():
    sender = a_sender()
    whole = actions.keep(("tot.txt", b"con nguyen"), by=sender, at=NOW)
    first = actions.keep(("a.pdf", PDF), by=sender, at=NOW)
    second = actions.keep(("b.pdf", PDF), by=sender, at=NOW)
    assert list(queries.damaged_files()) == []

    overwrite(first.place, b"%PDF")
    assert set(queries.damaged_files()) == {first, second}
    default_storage.delete(first.place)
    assert whole not in queries.damaged_files()

    actions.keep(("a.pdf", PDF), by=sender, at=NOW)
    assert list(queries.damaged_files()) == []


@pytest.mark.django_db
def test_the_command_names_damaged_files_and_fails():
    sender = a_sender()
    actions.keep(("tot.txt", b"con nguyen"), by=sender, at=NOW)
    sound = CliRunner().invoke(documents, ["verify"])
    lost = actions.keep(("Kế hoạch.pdf", PDF), by=sender, at=NOW)
    overwrite(lost.place, PDF.replace(b"1", b"2"))

    damaged = CliRunner().invoke(documents, ["verify"])

    assert (sound.exit_code, damaged.exit_code) == (0, 1)
    assert "Kho tệp nguyên vẹn: 1 tệp." in sound.output
    assert f"Kế hoạch.pdf ({lost.pk})" in damaged.output


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("../../etc/Kế hoạch.docx", "docx", "Kế hoạch.docx"),
        ("C:\\tai lieu\\biên  bản.PDF", "pdf", "biên bản.PDF"),
        ("ảnh\x00\u202egpj.jpeg", "jpg", "ảnhgpj.jpeg"),
        ("", "txt", "Tệp không tên.txt"),
        ("...", "png", "Tệp không tên.png"),
        ("trang.html", "txt", "trang.html.txt"),
        ("a" * 300 + ".xlsx", "xlsx", "a" * 195 + ".xlsx"),
        ('"<tên>".pdf', "pdf", "tên.pdf"),
    ],
)
def test_names_are_made_safe(name, kind, safe):
    assert safe_name(name, kind) == safe


@pytest.mark.django_db
def test_a_download_is_an_attachment_that_browsers_do_not_guess_about():
    file = actions.keep(("Quyết định 12.pdf", PDF), by=a_sender(), at=NOW)

    response = download(file)

    assert b"".join(response.streaming_content) == PDF
    response.close()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2012.pdf"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "how"), [(PDF, "inline"), (b"<script>alert(1)</script>", "attachment")]
)
def test_only_papers_and_images_open_inside_a_page(stored, how):
    file = actions.keep(("tep.pdf", stored), by=a_sender(), at=NOW)

    response = download(file, in_page=True)

    response.close()
    assert response["Content-Disposition"].startswith(how)
