from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.plans.models.work import Occurrence


@tracked(exclude=["edited_at", "edited_by"])
class ReminderPolicy(models.Model):
    """When an office reminds whom of a kind of duty; without one the defaults of the rules hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.CASCADE, related_name="reminder_policies")
    # One of plans.rules.reminders.Duty.
    duty = models.CharField(max_length=12)
    is_active = models.BooleanField(default=True)
    # The shape of a step stands in plans.rules.reminders.
    steps = models.JSONField(default=list)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["duty"]
        constraints = [
            models.UniqueConstraint(fields=["office", "duty"], name="reminder_policy_once")
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.duty}"


class Extension(models.Model):
    """A due date moved by the office while the plan is in force (gia hạn), with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="extensions")
    before = models.DateField(null=True)
    after = models.DateField(_("Hạn mới"))
    reason = models.TextField(_("Lý do gia hạn"))
    extended_at = models.DateTimeField()
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.after:%d/%m/%Y}"


class BackPlan(models.Model):
    """The steps that lead to a day on which somebody else wants something (lịch lùi).

    `wanted_on` is the day from which the confirmed dates were counted; while the occurrence is due
    on another day, or before anybody confirmed, the dates are suggestions.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    occurrence = models.OneToOneField(Occurrence, models.PROTECT, related_name="back_plan")
    wanted_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.occurrence)


class BackStep(models.Model):
    """One step of a back-plan: done so many working days before the step after it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    back_plan = models.ForeignKey(BackPlan, models.CASCADE, related_name="steps")
    # From 1, the last before the wanted day.
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Việc"), max_length=300)
    working_days = models.PositiveSmallIntegerField(_("Số ngày làm việc trước bước sau"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Đơn vị")
    )
    unit_group = models.ForeignKey(
        UnitGroup, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The confirmed step is work like any other.
    result = models.OneToOneField(Occurrence, models.PROTECT, null=True, related_name="back_step")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["back_plan", "position"],
                name="back_step_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="back_step_is_a_units_or_a_groups",
                condition=Q(unit__isnull=True) | Q(unit_group__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
