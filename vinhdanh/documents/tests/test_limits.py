import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils import timezone

from vinhdanh.documents import actions, tasks
from vinhdanh.documents.middleware import refuse_enormous


def answer(request):
    request.user = AnonymousUser()
    return refuse_enormous(lambda _: HttpResponse("reached"))(request)


def a_request(rf, size: int):
    body = io.BytesIO(b"a" * size)
    request = rf.generic("POST", "/ke-hoach/", b"", content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = body
    return request, body


def test_a_request_within_the_limit_reaches_its_page(rf, settings):
    settings.UPLOAD_LIMIT = 100
    request, body = a_request(rf, 400)

    assert answer(request).content == b"reached"
    assert body.tell() == 0


def test_a_length_that_is_no_number_counts_as_none(rf):
    request, _body = a_request(rf, 4)
    request.META["CONTENT_LENGTH"] = "bốn"

    assert answer(request).content == b"reached"


def test_an_enormous_request_is_read_away_and_told_why(rf, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    request, body = a_request(rf, 5 * 1024 * 1024)

    response = answer(request)

    assert response.status_code == 413
    assert "mỗi tệp tối đa 1 MB" in response.content.decode()
    assert body.tell() == 5 * 1024 * 1024


@pytest.mark.django_db
def test_the_nightly_sweep_leaves_what_is_kept_and_what_is_fresh(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    sender = get_user_model().objects.create_user(username="sender")
    kept = actions.keep(("a.txt", b"co chu"), by=sender, at=timezone.now())
    fresh = default_storage.save("ab/abcdef0123456789", ContentFile(b"fresh"))

    tasks.sweep(timestamp=0)

    assert default_storage.exists(kept.place)
    assert default_storage.exists(fresh)
