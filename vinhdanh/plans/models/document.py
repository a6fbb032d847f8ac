from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.models import File
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit, UnitGroup


@tracked(exclude=["edited_at", "facts_edited_at", "folded"])
class Plan(models.Model):
    """The yearly plan of an office, from the document handed in to the year it governs."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang rà soát")
        STARTING = "starting", _("Đang đưa vào thực hiện")
        IN_FORCE = "in_force", _("Đang thực hiện")
        CLOSED = "closed", _("Đã khép lại")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(
        Unit, models.PROTECT, related_name="plans", verbose_name=_("Cơ quan")
    )
    year = models.PositiveSmallIntegerField(_("Năm"))
    # The month of `year` in which the plan's year begins: 8 for a school year.
    first_month = models.PositiveSmallIntegerField(_("Năm bắt đầu từ tháng"), default=1)
    title = models.CharField(_("Tên kế hoạch"), max_length=500)
    issuer = models.CharField(_("Cơ quan ban hành"), max_length=300, blank=True)
    number = models.CharField(_("Số, ký hiệu"), max_length=60, blank=True)
    issued_on = models.DateField(_("Ngày ban hành"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    file = models.ForeignKey(File, models.PROTECT, verbose_name=_("Văn bản"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người đưa vào")
    )
    edited_at = models.DateTimeField()
    # When the title, number, day, year or issuer was last corrected by hand.
    facts_edited_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    # The units that have a line in it, so that who may see it is quickly known.
    units = models.ManyToManyField(Unit, related_name="+", editable=False)
    # Folded title, number and issuer, for search.
    folded = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year"],
                condition=Q(state__in=["starting", "in_force"]),
                name="one_plan_in_force_per_year",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(f"{self.title} {self.number} {self.issuer}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        draft = self.state in {self.State.DRAFT, self.State.STARTING}
        return reverse("plans:review" if draft else "plans:plan", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Reading(models.Model):
    """A handed-in document being read in the background; `plan` is set when that is done.

    A refused document leaves only the sentence that says why, never its bytes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="+")
    refusal = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class PlanText(models.Model):
    """What else of the document the reader needs to check the draft again (rules.keeping)."""

    plan = models.OneToOneField(Plan, models.CASCADE, primary_key=True, related_name="text")
    kept = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.plan)


class Section(models.Model):
    """A numbered part of the plan's body ("III.2.1"), in the order of the document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"


@tracked(exclude=["position", "edited_at", "folded"])
class Task(models.Model):
    """A row of the plan: a duty with its owners and its time, as printed and as edited."""

    class Due(models.TextChoices):
        BEFORE = "before", _("Trước ngày")
        BY = "by", _("Chậm nhất ngày")
        PERIOD = "period", _("Trong khoảng")
        RECURRING = "recurring", _("Định kỳ")
        CONTINUOUS = "continuous", _("Thường xuyên")
        EXTERNAL = "external", _("Theo lịch của nơi khác")

    class Every(models.TextChoices):
        MONTH = "month", _("Hằng tháng")
        QUARTER = "quarter", _("Hằng quý")
        HALF_YEAR = "half-year", _("6 tháng một lần")
        YEAR = "year", _("Hằng năm")

    class Part(models.TextChoices):
        ANNEX = "annex", _("Phụ lục")
        BODY = "body", _("Phần lời")
        ADDED = "added", _("Thêm khi rà soát")
        BACK = "back", _("Bước của lịch lùi")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    number = models.CharField(_("Số thứ tự"), max_length=20, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    content = models.TextField(_("Nội dung nhiệm vụ"))
    group = models.CharField(_("Nhóm nhiệm vụ"), max_length=300, blank=True)
    product = models.CharField(_("Sản phẩm"), max_length=500, blank=True)
    due_kind = models.CharField(_("Cách định hạn"), max_length=10, choices=Due, blank=True)
    due_text = models.CharField(_("Thời gian ghi trong kế hoạch"), max_length=300, blank=True)
    # before, by: the day named. period: the last day; `due_from` the first.
    due_on = models.DateField(_("Ngày"), null=True, blank=True)
    due_from = models.DateField(_("Từ ngày"), null=True, blank=True)
    every = models.CharField(_("Chu kỳ"), max_length=10, choices=Every, blank=True)
    day = models.PositiveSmallIntegerField(_("Ngày trong kỳ"), null=True, blank=True)
    # recurring with a day: the day itself is too late ("Trước ngày 15 hàng tháng"); the day lies
    # in the period after the one it closes ("Ngày 05 của tháng đầu quý sau").
    excludes_day = models.BooleanField(_("Không tính chính ngày đó"), default=False)
    next_period = models.BooleanField(_("Ngày thuộc kỳ sau"), default=False)
    # The day itself stands in the plan; it is not the end of a printed month or period.
    day_printed = models.BooleanField(default=False, editable=False)
    # before, by: further days printed in the same place, as "YYYY-MM-DD".
    more_days = models.JSONField(_("Các ngày khác"), default=list, blank=True)
    part = models.CharField(max_length=5, choices=Part)
    # Which task table it stands in, from 1; 0 in the running text, where `section` is its part.
    table = models.PositiveSmallIntegerField(default=0)
    section = models.CharField(max_length=100, blank=True)
    quote = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # Struck out while the draft is reviewed: can be taken back until the plan is put into force.
    removed = models.BooleanField(default=False)
    # Folded content and owners as printed, for search.
    folded = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["plan", "position"], name="task_place")]

    def __str__(self) -> str:
        return f"{self.number}. {self.content}" if self.number else self.content

    def get_absolute_url(self) -> str:
        return reverse("plans:task", args=[self.pk])


@tracked(exclude=["position"])
class TaskOwner(models.Model):
    """Who a row names, as printed, and the unit or group of units it was matched to."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Chủ trì")
        SUPPORT = "support", _("Phối hợp")

    class Match(models.TextChoices):
        EXACT = "exact", _("Đúng tên")
        ABBREVIATION = "abbreviation", _("Theo tên viết tắt, tên khác")
        NEAR = "near", _("Gần giống, cần xác nhận")
        CHOSEN = "chosen", _("Do người rà soát chọn")
        NONE = "none", _("Chưa khớp đơn vị nào")
        IGNORED = "ignored", _("Không giao trên hệ thống")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="owners")
    part = models.CharField(max_length=7, choices=Part)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("Tên ghi trong kế hoạch"), max_length=300)
    match = models.CharField(max_length=12, choices=Match, default=Match.NONE)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    unit_group = models.ForeignKey(
        UnitGroup, models.PROTECT, null=True, blank=True, related_name="+"
    )

    # Why it is not given to anybody in the system.
    reason = models.CharField(_("Lý do"), max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="owner_is_a_unit_or_a_group",
                condition=Q(unit__isnull=True) | Q(unit_group__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """Something in the plan that a careful clerk would point out, and how it was settled."""

    class Kind(models.TextChoices):
        CONFLICTING_DUE = "conflicting-due", _("Hai thời hạn khác nhau")
        DAY_OFF = "day-off", _("Hạn rơi vào ngày nghỉ")
        NUMBERING = "numbering", _("Đánh số")
        NAME = "name", _("Tên gọi")
        ROLE = "role", _("Vai trò")
        BLANK = "blank", _("Chỗ còn trống")
        DATE = "date", _("Ngày tháng")
        MISSING = "missing", _("Thiếu")

    class State(models.TextChoices):
        OPEN = "open", _("Chưa xử lý")
        CORRECTED = "corrected", _("Đã sửa")
        ACCEPTED = "accepted", _("Chấp nhận")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    # The sentence with named places, and what stands in them.
    template = models.TextField()
    values = models.JSONField(default=dict)
    dates = models.JSONField(default=list)
    tasks = models.ManyToManyField(Task, blank=True, related_name="findings")
    quotes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reason = models.TextField(_("Lý do"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return gettext(self.template).format(**self.values)
