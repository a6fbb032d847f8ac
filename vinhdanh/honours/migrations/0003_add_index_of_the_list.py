from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("honours", "0002_keep_screening_exports")]

    operations = [
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(
                models.F("office"),
                models.OrderBy(models.F("year"), descending=True),
                models.F("sort_key"),
                models.F("id"),
                condition=models.Q(("withdrawn_at__isnull", True)),
                name="conferral_list",
            ),
        ),
    ]
