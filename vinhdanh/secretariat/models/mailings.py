from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.documents.models import File
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit


@tracked(exclude=["edited_at"])
class Mailing(models.Model):
    """What an office sends to many: waits in the outbox until a person releases or discards it."""

    class Kind(models.TextChoices):
        URGING = "urging", _("Đôn đốc")
        GUIDANCE = "guidance", _("Hướng dẫn, thông báo")
        INVITATION = "invitation", _("Giấy mời")

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ gửi")
        RELEASED = "released", _("Đã cho gửi")
        DISCARDED = "discarded", _("Đã bỏ")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="mailings")
    kind = models.CharField(_("Loại"), max_length=10, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    subject = models.CharField(_("Tiêu đề"), max_length=300)
    # May hold {người nhận}, {đơn vị} and {việc}: what concerns each recipient.
    text = models.TextField(_("Nội dung"))
    url = models.CharField(max_length=500, blank=True)
    files = models.ManyToManyField(File, blank=True, related_name="+")
    # Of an invitation: goes along as a calendar file.
    starts_at = models.DateTimeField(_("Bắt đầu lúc"), null=True, blank=True)
    ends_at = models.DateTimeField(_("Kết thúc lúc"), null=True, blank=True)
    place = models.CharField(_("Địa điểm"), max_length=300, blank=True)
    # The first invitation to the meeting that this one moves or calls off.
    changes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="changed_by"
    )
    calls_off = models.BooleanField(default=False)
    # How often the meeting had been changed when this was released, this change included.
    sequence = models.PositiveSmallIntegerField(default=0)
    about_label = models.CharField(max_length=300, blank=True)
    about_url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "state", "-id"], name="mailing_of_office")]
        constraints = [
            models.CheckConstraint(
                name="mailing_times_in_order",
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=True)
                | Q(ends_at__gte=models.F("starts_at")),
            ),
            models.UniqueConstraint(
                fields=["changes"],
                condition=Q(state="waiting"),
                name="mailing_one_change_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("secretariat:mailing", args=[self.pk])


class Recipient(models.Model):
    """Who gets a mailing: an account, or an address outside; for which unit, about what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    # Empty: the person is told in the application only.
    email = models.EmailField(blank=True)
    # What {việc} stands for in this person's copy.
    concern = models.TextField(blank=True)
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["unit__position", "unit__sort_key", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "user"],
                condition=Q(user__isnull=False),
                name="mailing_reaches_a_person_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
