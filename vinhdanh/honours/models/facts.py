from collections.abc import Sequence

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.common.vietnamese import fold, given_name_key
from vinhdanh.documents.models import File
from vinhdanh.honours.models.imports import ImportLine
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Person, Unit

_WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawn_because")


def _kept_as_recorded(but_for: Sequence[str] = ()) -> list[pgtrigger.Trigger]:
    """The database itself refuses to change what a fact says, to withdraw it twice or to bring it
    back, and to delete it. Rows entered cost what they did."""
    # df: IS DISTINCT FROM
    changed = [
        pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in _WITHDRAWN
    ]
    again = pgtrigger.Q(old__withdrawn_at__isnull=False) & (changed[0] | changed[1] | changed[2])
    return [
        pgtrigger.ReadOnly(name="as_recorded", exclude=[*_WITHDRAWN, *but_for]),
        pgtrigger.Protect(name="withdrawn_once", operation=pgtrigger.Update, condition=again),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
    ]


@tracked(exclude=["folded", "sort_key"])
class Household(models.Model):
    """A household (hộ gia đình) that an office honours, by its head."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    head_name = models.CharField(_("Chủ hộ"), max_length=150)
    address = models.CharField(_("Địa chỉ"), max_length=300, blank=True)
    folded = models.CharField(max_length=460, editable=False, default="")
    sort_key = models.TextField(editable=False, default="", db_collation="C")

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(
                fields=["office", "folded"],
                name="household_folded",
                opclasses=["uuid_ops", "varchar_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.head_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(f"{self.head_name} {self.address}")
        self.sort_key = given_name_key(self.head_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Origin(models.Model):
    """Where a fact of the register comes from (nguồn): a decision, a list, an entry by hand.

    `file` is the paper itself where it was kept; `line` the row of an import; `note` the words of
    whoever entered it.
    """

    class How(models.TextChoices):
        ENTRY = "entry", _("Nhập tay")
        SHEET = "sheet", _("Bảng tính")
        DECISION = "decision", _("Danh sách trong quyết định")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    how = models.CharField(_("Cách nhập"), max_length=8, choices=How)
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    line = models.ForeignKey(ImportLine, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("Ghi rõ nguồn"), max_length=300, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.note or self.get_how_display()


class Fact(models.Model):
    """One fact of the register about one recipient, as recorded: never changed afterwards.

    A correction withdraws it with a reason and records another that replaces it; so what the
    register said at any instant stays known: the facts recorded by then and not withdrawn by then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="%(class)s_set"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="%(class)s_set"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="%(class)s_set"
    )
    # As written at the time, in the decision or the list.
    name_written = models.CharField(_("Tên ghi khi đó"), max_length=200)
    unit_written = models.CharField(_("Đơn vị ghi khi đó"), max_length=300, blank=True)
    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(_("Lý do đính chính"), max_length=300, blank=True)

    class Meta:
        abstract = True
        triggers = _kept_as_recorded()
        constraints = [
            models.CheckConstraint(
                name="%(class)s_one_recipient",
                condition=Q(person__isnull=False, unit__isnull=True, household__isnull=True)
                | Q(person__isnull=True, unit__isnull=False, household__isnull=True)
                | Q(person__isnull=True, unit__isnull=True, household__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
            ),
        ]


class Conferral(Fact):
    """An award conferred on a recipient: what, for which period, by which decision."""

    class Class(models.TextChoices):
        MERIT = "merit", _("Công trạng")
        MOVEMENT = "movement", _("Phong trào thi đua")
        THEME = "theme", _("Chuyên đề")
        AD_HOC = "ad_hoc", _("Đột xuất")
        SERVICE = "service", _("Quá trình cống hiến")
        SENIORITY = "seniority", _("Niên hạn")
        FOREIGN = "foreign", _("Đối ngoại")

    award = models.CharField(_("Danh hiệu, hình thức"), max_length=30)
    achieved_from = models.DateField(_("Thành tích từ ngày"))
    achieved_until = models.DateField(_("Thành tích đến ngày"))
    kind = models.CharField(_("Loại hình"), max_length=9, choices=Class, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)
    signer = models.CharField(_("Người ký"), max_length=150, blank=True)
    body = models.CharField(_("Cơ quan quyết định"), max_length=200, blank=True)
    certificate_number = models.CharField(_("Số vào sổ, số bằng"), max_length=60, blank=True)
    # The last year of the achievement, by which conditions count.
    year = models.PositiveSmallIntegerField(editable=False)
    # Name, unit, decision, folded: for search.
    folded = models.TextField(editable=False, default="")
    # The unit alone, by whose beginning it is sought.
    unit_folded = models.TextField(editable=False, default="")
    sort_key = models.TextField(editable=False, default="", db_collation="C")

    class Meta(Fact.Meta):
        ordering = ["-year", "sort_key", "pk"]
        # What it is found by is made of what it says.
        triggers = _kept_as_recorded(but_for=["folded", "unit_folded", "sort_key"])
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="conferral_period_in_order",
                condition=Q(achieved_until__gte=F("achieved_from")),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "year"], name="conferral_person"),
            models.Index(fields=["unit", "year"], name="conferral_unit"),
            models.Index(fields=["office", "award", "year"], name="conferral_award"),
            models.Index(
                fields=["office", "folded"],
                name="conferral_prefix",
                opclasses=["uuid_ops", "text_pattern_ops"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.Index(
                fields=["office", "unit_folded"],
                name="conferral_unit_prefix",
                opclasses=["uuid_ops", "text_pattern_ops"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.Index(
                fields=["office", "decision_number"],
                name="conferral_decision_prefix",
                opclasses=["uuid_ops", "varchar_pattern_ops"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            GinIndex(SearchVector("folded", config="simple"), name="conferral_words"),
            # The orders of the register's list. In the first, what many rows hold is found without
            # a look at the rows.
            models.Index(
                fields=["office", "-year", "sort_key", "id"],
                name="conferral_list",
                include=["folded", "withdrawn_at"],
            ),
            models.Index(fields=["office", "sort_key", "-year", "id"], name="conferral_by_name"),
            models.Index(fields=["office", "kind"], name="conferral_kind"),
            models.Index(fields=["office", "recorded_at"], name="conferral_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.year}: {self.name_written}"


class YearRating(Fact):
    """How well the duties of a year were done (mức độ hoàn thành nhiệm vụ)."""

    class Level(models.TextChoices):
        EXCELLENT = "excellent", _("Hoàn thành xuất sắc nhiệm vụ")
        GOOD = "good", _("Hoàn thành tốt nhiệm vụ")
        COMPLETED = "completed", _("Hoàn thành nhiệm vụ")
        FAILED = "failed", _("Không hoàn thành nhiệm vụ")

    year = models.PositiveSmallIntegerField(_("Năm"))
    level = models.CharField(_("Mức xếp loại"), max_length=9, choices=Level)

    class Meta(Fact.Meta):
        ordering = ["-year", "pk"]
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(withdrawn_at__isnull=True, person__isnull=False),
                name="one_rating_of_a_person_a_year",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=Q(withdrawn_at__isnull=True, unit__isnull=False),
                name="one_rating_of_a_unit_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_level_display()}"


class Recognition(Fact):
    """A recognised initiative (sáng kiến), with the reach for which it was recognised."""

    class Reach(models.TextChoices):
        GRASSROOTS = "grassroots", _("Cơ sở")
        PROVINCE = "province", _("Bộ, tỉnh, Thành phố")
        NATION = "nation", _("Toàn quốc")

    title = models.CharField(_("Tên sáng kiến, đề tài"), max_length=500)
    reach = models.CharField(_("Phạm vi ảnh hưởng"), max_length=10, choices=Reach)
    year = models.PositiveSmallIntegerField(_("Năm"))
    decision_number = models.CharField(_("Số quyết định, xác nhận"), max_length=60, blank=True)
    decided_on = models.DateField(_("Ngày công nhận"), null=True, blank=True)
    body = models.CharField(_("Người, cơ quan công nhận"), max_length=200, blank=True)

    class Meta(Fact.Meta):
        ordering = ["-year", "pk"]
        indexes = [models.Index(fields=["person", "year"], name="recognition_person")]

    def __str__(self) -> str:
        return self.title


class Discipline(Fact):
    """A disciplinary measure (kỷ luật) and the time for which it ran; None: it still runs."""

    class Form(models.TextChoices):
        REPRIMAND = "reprimand", _("Khiển trách")
        WARNING = "warning", _("Cảnh cáo")
        SALARY = "salary", _("Hạ bậc lương")
        DEMOTION = "demotion", _("Giáng chức")
        REMOVAL = "removal", _("Cách chức")
        DISMISSAL = "dismissal", _("Buộc thôi việc")

    form = models.CharField(_("Hình thức kỷ luật"), max_length=9, choices=Form)
    from_on = models.DateField(_("Từ ngày"))
    until_on = models.DateField(_("Chấp hành xong ngày"), null=True, blank=True)
    decision_number = models.CharField(_("Số quyết định"), max_length=60, blank=True)
    decided_on = models.DateField(_("Ngày quyết định"), null=True, blank=True)

    class Meta(Fact.Meta):
        ordering = ["-from_on", "pk"]
        indexes = [models.Index(fields=["person", "from_on"], name="discipline_person")]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.from_on:%d/%m/%Y}"


class OpenMatter(Fact):
    """What stops commendation until it is settled: a petition, an inquiry, an inspection."""

    class Kind(models.TextChoices):
        PETITION = "petition", _("Có đơn khiếu nại, tố cáo")
        INVESTIGATION = "investigation", _("Đang bị điều tra")
        INSPECTION = "inspection", _("Thanh tra, kiểm tra có dấu hiệu vi phạm")
        DISCIPLINE = "discipline", _("Đang xem xét kỷ luật")

    kind = models.CharField(_("Vụ việc"), max_length=13, choices=Kind)
    opened_on = models.DateField(_("Từ ngày"))
    closed_on = models.DateField(_("Kết thúc ngày"), null=True, blank=True)

    class Meta(Fact.Meta):
        ordering = ["-opened_on", "pk"]
        indexes = [models.Index(fields=["person", "opened_on"], name="open_matter_person")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
