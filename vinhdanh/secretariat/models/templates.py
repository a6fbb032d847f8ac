from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.people.models import Unit


class Template(models.Model):
    """The wording an office uses for a kind of paper; edited by the office, every version kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="templates")
    kind = models.CharField(_("Loại văn bản"), max_length=20)
    name = models.CharField(_("Tên mẫu"), max_length=150)
    is_active = models.BooleanField(_("Đang dùng"), default=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="template_name_once_per_office")
        ]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """A template as it was saved at one time; never changed, a new one is saved instead."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    subject = models.CharField(_("Trích yếu"), max_length=500)
    addressees = models.TextField(_("Kính gửi"), blank=True)
    text = models.TextField(_("Nội dung"))
    recipients = models.TextField(_("Nơi nhận"), blank=True)
    note = models.CharField(_("Sửa gì, vì sao"), max_length=300, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.number})"
