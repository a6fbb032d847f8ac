from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("honours", "0009_settle_in_background")]

    operations = [
        migrations.RemoveIndex(model_name="conferral", name="conferral_list"),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(
                fields=["office", "-year", "sort_key", "id"],
                include=("folded", "withdrawn_at"),
                name="conferral_list",
            ),
        ),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(
                fields=["office", "sort_key", "-year", "id"], name="conferral_by_name"
            ),
        ),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(fields=["office", "kind"], name="conferral_kind"),
        ),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(fields=["office", "recorded_at"], name="conferral_recorded"),
        ),
    ]
