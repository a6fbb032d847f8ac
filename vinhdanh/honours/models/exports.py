from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.documents.models import File
from vinhdanh.people.models import Unit


class ScreeningExport(models.Model):
    """A screening being written as a spreadsheet in the background, for whoever asked.

    `file` is set when it is ready; a day later both are removed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    # What the page showed: its conditions as in the address, and the day it was asked.
    query = models.TextField(blank=True)
    on = models.DateField()
    language = models.CharField(max_length=10)
    line_count = models.PositiveIntegerField(_("Số dòng"))
    written_count = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.scope} {self.on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("honours:screening_written", args=[self.pk])
