from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("honours", "0007_move_screening_exports")]

    operations = [migrations.DeleteModel(name="ScreeningExport")]
