from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("honours", "0004_keep_facts_as_recorded")]

    operations = [
        migrations.AddField(
            model_name="conferral",
            name="unit_folded",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=["office", "unit_folded"],
                name="conferral_unit_prefix",
                opclasses=["uuid_ops", "text_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="conferral",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=["office", "decision_number"],
                name="conferral_decision_prefix",
                opclasses=["uuid_ops", "varchar_pattern_ops"],
            ),
        ),
    ]
