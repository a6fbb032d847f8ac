"""Second factors lie sealed in the database, those from before too."""

import re
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.urls import reverse

from vinhdanh.accounts.tests.make import a_user
from vinhdanh.accounts.tests.test_log_in import (
    code_now,
    log_in,
    log_in_and_confirm,
    text_of,
    who_is_in,
)
from vinhdanh.common.sealing import unseal

pytestmark = pytest.mark.django_db


def test_second_factors_lie_sealed_and_need_the_key_of_this_installation(client, settings):
    a_user(username="thuy")
    log_in_and_confirm(client, "thuy")
    secret = re.search(
        r"<code[^>]*>(\w+)</code>", text_of(client.get(reverse("mfa_activate_totp")))
    )[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    factors = dict(Authenticator.objects.values_list("type", "data"))
    sealed = [factors["totp"]["secret"], factors["recovery_codes"]["seed"]]
    assert [each.startswith("sealed:") for each in sealed] == [True, True]
    assert secret not in str(factors)

    migration = import_module("vinhdanh.accounts.migrations.0005_seal_second_factors")
    migration.unseal(apps, None)
    assert Authenticator.objects.get(type="totp").data["secret"] == secret
    migration.seal(apps, None)
    assert unseal(Authenticator.objects.get(type="totp").data["secret"]) == secret

    client.post(reverse("account_logout"))
    log_in(client, "thuy")
    Authenticator.objects.filter(type="totp").update(data={"secret": "sealed:gAAAAABx"})
    page = text_of(client.post(reverse("mfa_authenticate"), {"code": code_now(secret, offset=1)}))
    assert "không đọc được yếu tố xác thực" in page
    assert who_is_in(client) is None
