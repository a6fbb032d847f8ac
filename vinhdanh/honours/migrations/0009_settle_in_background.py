from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("honours", "0008_drop_screening_export")]

    operations = [
        migrations.AlterField(
            model_name="historyimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "Đang đọc tệp"),
                    ("mapping", "Chọn cột"),
                    ("matching", "Đang đối chiếu"),
                    ("settling", "Chờ xác nhận"),
                    ("deciding", "Đang xác nhận nhiều dòng"),
                    ("storing", "Đang ghi vào sổ"),
                    ("done", "Đã ghi vào sổ"),
                    ("failed", "Không đọc được"),
                ],
                default="reading",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="historyimport",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("best", "Chọn người cùng họ tên"),
                    ("anew", "Nhập mới"),
                    ("skip", "Bỏ qua"),
                ],
                default="",
                max_length=4,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historyimport",
            name="settled_count",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
