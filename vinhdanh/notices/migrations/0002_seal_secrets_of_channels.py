import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations, models


def _lock():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    drawn = (
        HKDF(SHA256(), length=32, salt=None, info=b"vinhdanh sealed secrets").derive(key.encode())
        for key in keys
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in drawn])


def seal(apps, schema_editor):
    lock = _lock()
    for hook in apps.get_model("notices", "Hook").objects.all():
        hook.sealed_secret = "sealed:" + lock.encrypt(hook.sealed_secret.encode()).decode()
        hook.save(update_fields=["sealed_secret"])


def unseal(apps, schema_editor):
    lock = _lock()
    for hook in apps.get_model("notices", "Hook").objects.all():
        hook.sealed_secret = lock.decrypt(hook.sealed_secret.removeprefix("sealed:")).decode()
        hook.save(update_fields=["sealed_secret"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.RenameField("hook", "secret", "sealed_secret"),
        migrations.AlterField("hook", "sealed_secret", models.CharField(max_length=300)),
        migrations.RunPython(seal, unseal),
    ]
