"""The secrets of channels in the database: sealed, those from before too."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from vinhdanh.notices import actions
from vinhdanh.notices.models import Delivery, Hook
from vinhdanh.notices.tests.make import AT, a_hook

pytestmark = pytest.mark.django_db
MIGRATION = import_module("vinhdanh.notices.migrations.0002_seal_secrets_of_channels")


def in_the_database(hook: Hook) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_secret FROM notices_hook WHERE id = %s", [hook.pk])
        (stored,) = cursor.fetchone()
    return str(stored)


def test_the_secret_of_a_channel_cannot_be_read_in_the_database():
    hook = a_hook(secret="bi-mat-cua-kenh")

    assert "bi-mat" not in in_the_database(hook)
    assert Hook.objects.get().secret == "bi-mat-cua-kenh"


def test_secrets_from_before_are_sealed_and_can_be_opened_again():
    hook = a_hook()
    Hook.objects.update(sealed_secret="bi-mat-tu-truoc")

    MIGRATION.seal(apps, None)
    assert in_the_database(hook).startswith("sealed:")
    assert Hook.objects.get().secret == "bi-mat-tu-truoc"

    MIGRATION.unseal(apps, None)
    assert in_the_database(hook) == "bi-mat-tu-truoc"


def test_a_post_that_cannot_be_signed_fails_and_says_what_to_do(settings):
    hook = a_hook()
    actions.post(hook, key="thử", kind="system", title="Thử", at=AT)
    settings.SECRET_KEY = "khóa của nơi khác"

    actions.hand_over(at=AT, channels=["hook"])

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == (
        "failed",
        "Không mở được khóa ký của kênh; hãy cấp khóa ký mới rồi gửi lại.",
    )
