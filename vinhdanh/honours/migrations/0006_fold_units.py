import re
import unicodedata

from django.db import migrations


def _folded(text):
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub("[\u0300-\u036f]+", "", plain)))


def fold(apps, schema_editor):
    conferrals = apps.get_model("honours", "Conferral").objects.exclude(unit_written="")
    written = list(conferrals.order_by().values_list("unit_written", flat=True).distinct())
    # One pass, however many units.
    schema_editor.execute(
        "UPDATE honours_conferral SET unit_folded = each.folded "
        "FROM unnest(%s::text[], %s::text[]) AS each (written, folded) "
        "WHERE unit_written = each.written",
        (written, [_folded(text) for text in written]),
    )


class Migration(migrations.Migration):
    dependencies = [("honours", "0005_find_units_and_decisions")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
