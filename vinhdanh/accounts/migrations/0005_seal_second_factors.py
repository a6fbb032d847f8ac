import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

# What must be read again: of an app that gives codes its secret, of recovery codes their seed.
PLACES = {"totp": "secret", "recovery_codes": "seed"}


def _lock():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    drawn = (
        HKDF(SHA256(), length=32, salt=None, info=b"vinhdanh sealed secrets").derive(key.encode())
        for key in keys
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in drawn])


def _rewrite(apps, rewritten):
    factors = apps.get_model("mfa", "Authenticator").objects.filter(type__in=PLACES)
    for factor in factors.iterator():
        place = PLACES[factor.type]
        factor.data[place] = rewritten(factor.data[place])
        factor.save(update_fields=["data"])


def seal(apps, schema_editor):
    lock = _lock()
    _rewrite(apps, lambda secret: "sealed:" + lock.encrypt(secret.encode()).decode())


def unseal(apps, schema_editor):
    lock = _lock()
    _rewrite(apps, lambda sealed: lock.decrypt(sealed.removeprefix("sealed:")).decode())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_row_history"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
