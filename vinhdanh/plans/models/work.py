from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.documents.models import File
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit
from vinhdanh.plans.models.document import Plan, Task


@tracked()
class Occurrence(models.Model):
    """One time a task of a plan in force is due; a recurring task has one for each period."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="occurrences")
    task = models.ForeignKey(Task, models.PROTECT, related_name="occurrences")
    # "Tháng 3", "Quý I"; empty for a task that is due once.
    label = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    # The last day on which it is in time; none while it waits for somebody else's date.
    due_on = models.DateField(_("Hạn"), null=True, blank=True)
    due_reason = models.TextField(_("Căn cứ của hạn"), blank=True)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "task__position"]
        indexes = [models.Index(fields=["plan", "due_on"], name="occurrence_due")]
        constraints = [
            models.UniqueConstraint(fields=["task", "label"], name="occurrence_once"),
            models.CheckConstraint(
                name="occurrence_in_order",
                condition=Q(due_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(due_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.label})" if self.label else str(self.task)

    def get_absolute_url(self) -> str:
        """The task's page, open at this time of it."""
        task = reverse("plans:task", args=[self.task_id])
        return f"{task}?lan={self.pk}" if self.label else task


class Assignment(models.Model):
    """One unit's line of an occurrence: what it owes, and how that stands."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Chủ trì")
        SUPPORT = "support", _("Phối hợp")

    class State(models.TextChoices):
        OPEN = "open", _("Chưa báo cáo")
        REPORTED = "reported", _("Chờ xác nhận")
        RETURNED = "returned", _("Bị trả lại")
        ACCEPTED = "accepted", _("Đã hoàn thành")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=7, choices=Part)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    # Through which group it was named: "Các phòng, đơn vị thuộc Sở"; empty when by its own name.
    through = models.CharField(max_length=200, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["part", "unit__position", "unit__sort_key"]
        constraints = [
            # The state rides along, so that boards count from the index alone.
            models.UniqueConstraint(
                fields=["occurrence", "unit"], include=["state"], name="unit_once_per_occurrence"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="assignment_of_unit"),
            models.Index(
                fields=["occurrence"], condition=Q(state="reported"), name="assignment_waiting"
            ),
            # The few that are owed among the many done: what is late is found by these alone.
            models.Index(
                fields=["occurrence"],
                condition=Q(state__in=["open", "returned"]),
                name="assignment_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.occurrence}"


class Report(models.Model):
    """A unit says that its part is done, with a note and files; the office answers."""

    class Answer(models.TextChoices):
        WAITING = "", _("Chờ xác nhận")
        ACCEPTED = "accepted", _("Xác nhận hoàn thành")
        RETURNED = "returned", _("Trả lại")
        WITHDRAWN = "withdrawn", _("Đơn vị rút lại")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    note = models.TextField(_("Kết quả thực hiện"))
    files = models.ManyToManyField(File, blank=True, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The office recorded it for a unit that cannot report by itself.
    on_behalf = models.BooleanField(default=False)
    answer = models.CharField(max_length=9, choices=Answer, blank=True, default="")
    reason = models.TextField(_("Lý do trả lại"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(answer=""), name="one_report_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.reported_at:%d/%m/%Y}"
