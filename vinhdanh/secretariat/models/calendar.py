from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.journal.models import tracked


@tracked(exclude=["entered_at", "entered_by"])
class SpecialDay(models.Model):
    """A day off or a working day as announced for the year, beside what the calendar knows."""

    class Kind(models.TextChoices):
        OFF = "off", _("Được nghỉ")
        WORKING = "working", _("Làm việc (làm bù)")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(_("Ngày"), unique=True)
    kind = models.CharField(_("Loại"), max_length=7, choices=Kind)
    name = models.CharField(_("Lý do"), max_length=120)
    source = models.CharField(_("Căn cứ"), max_length=300)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"
