from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.documents.models import File
from vinhdanh.people.models import Person, Unit


class HistoryImport(models.Model):
    """A list of past facts as handed in: a spreadsheet, or a decision with its list.

    It goes through the states in their order; a person may leave it and come back at each. While
    it is `reading`, `matching`, `deciding` or `storing`, the work is done in the background and
    `done_count` of `line_count` says how far.
    """

    class Kind(models.TextChoices):
        CONFERRALS = "conferrals", _("Khen thưởng đã có")
        RATINGS = "ratings", _("Xếp loại hằng năm")
        RECOGNITIONS = "recognitions", _("Sáng kiến đã công nhận")
        DISCIPLINES = "disciplines", _("Kỷ luật")

    class State(models.TextChoices):
        READING = "reading", _("Đang đọc tệp")
        MAPPING = "mapping", _("Chọn cột")
        MATCHING = "matching", _("Đang đối chiếu")
        SETTLING = "settling", _("Chờ xác nhận")
        DECIDING = "deciding", _("Đang xác nhận nhiều dòng")
        STORING = "storing", _("Đang ghi vào sổ")
        DONE = "done", _("Đã ghi vào sổ")
        FAILED = "failed", _("Không đọc được")

    class How(models.TextChoices):
        BEST = "best", _("Chọn người cùng họ tên")
        ANEW = "anew", _("Nhập mới")
        SKIP = "skip", _("Bỏ qua")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("Nội dung"), max_length=12, choices=Kind)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    # The headings as read, and which column means what: {code of field: place from 0}.
    headings = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    # What holds for every line that does not say it itself: award, decision, year, class …
    common = models.JSONField(default=dict)
    problem = models.CharField(max_length=400, blank=True)
    line_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    # How many lines were settled at once the last time, and how.
    how = models.CharField(max_length=4, choices=How, blank=True)
    settled_count = models.PositiveIntegerField(default=0)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file.name


class ImportLine(models.Model):
    """One line of a list: its cells, whom it means, and what became of it."""

    class State(models.TextChoices):
        READ = "read", _("Đã đọc")
        CERTAIN = "certain", _("Đã khớp")
        NEAR = "near", _("Cần xác nhận người")
        UNKNOWN = "unknown", _("Chưa có trong danh sách")
        FAULTY = "faulty", _("Cần sửa")
        KNOWN = "known", _("Đã có trong sổ")
        SKIPPED = "skipped", _("Bỏ qua")
        STORED = "stored", _("Đã ghi")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    history_import = models.ForeignKey(HistoryImport, models.PROTECT, related_name="lines")
    # As the file counts: row of the sheet, or position in the list of the decision.
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.READ)
    problem = models.CharField(max_length=400, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # Near ones to choose from: [{"person" | "unit": id, "score": 0..100}].
    candidates = models.JSONField(default=list)
    # Whether a person must be entered anew for this line.
    enter_new = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["history_import", "number"], name="import_line_once")
        ]
        indexes = [
            models.Index(fields=["history_import", "state", "number"], name="import_line_state")
        ]

    def __str__(self) -> str:
        return f"{self.history_import_id} {self.number}"


class ColumnMapping(models.Model):
    """How an office last mapped the columns of lists with the same headings."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=HistoryImport.Kind)
    # The folded headings, joined by "|".
    headings = models.TextField()
    mapping = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "headings"], name="mapping_once"),
            models.CheckConstraint(name="mapping_has_headings", condition=~Q(headings="")),
        ]

    def __str__(self) -> str:
        return self.headings
