from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_sex_and_retirement")]

    operations = [
        migrations.AddField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[("waiting", "Chờ nhập"), ("taking", "Đang nhập"), ("done", "Đã nhập")],
                default="waiting",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="only_good",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="import",
            name="done_share",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="import",
            name="problem",
            field=models.CharField(blank=True, default="", max_length=400),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="import",
            name="created",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="import",
            name="changed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="import",
            name="left_out",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="import",
            name="opened",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="import",
            name="seed",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
