from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.common.vietnamese import fold, given_name_key, sort_key
from vinhdanh.journal.models import tracked


@tracked(exclude=["path", "folded", "sort_key"])
class Unit(models.Model):
    """A unit in the one tree: a department, its offices, affiliated units, collectives, and the
    outside units it deals with. A unit that is merged, renamed or split ends and names who goes
    on for it."""

    class Kind(models.TextChoices):
        CITY = "city", _("Thành phố, tỉnh")
        MINISTRY = "ministry", _("Bộ, ngành trung ương")
        DEPARTMENT = "department", _("Sở, ban, ngành")
        OFFICE = "office", _("Phòng, văn phòng")
        AFFILIATED = "affiliated", _("Đơn vị trực thuộc")
        COLLECTIVE = "collective", _("Tập thể nhỏ")
        COUNCIL = "council", _("Hội đồng, ban chỉ đạo")
        BLOC = "bloc", _("Khối, cụm thi đua")
        OTHER = "other", _("Đơn vị khác")

    class Ending(models.TextChoices):
        MERGED = "merged", _("Hợp nhất, sáp nhập")
        RENAMED = "renamed", _("Đổi tên")
        SPLIT = "split", _("Chia, tách")
        DISSOLVED = "dissolved", _("Giải thể")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Thuộc"),
    )
    # The ids of the units above and its own, each followed by "/": a subtree is a prefix.
    path = models.CharField(max_length=400, editable=False, unique=True)
    name = models.CharField(_("Tên đầy đủ"), max_length=200)
    short_name = models.CharField(_("Tên viết tắt"), max_length=60, blank=True)
    kind = models.CharField(_("Loại"), max_length=12, choices=Kind)
    outside = models.BooleanField(_("Ngoài cơ quan"), default=False)
    valid_from = models.DateField(_("Có từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    successors = models.ManyToManyField(
        "self",
        through="Succession",
        through_fields=("unit", "successor"),
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("Đơn vị kế thừa"),
    )
    ending = models.CharField(_("Lý do kết thúc"), max_length=10, choices=Ending, blank=True)
    position = models.PositiveIntegerField(_("Thứ tự"), default=0)
    # Folded names, short names and other names, for search and for matching.
    folded = models.TextField(editable=False, default="")
    sort_key = models.TextField(editable=False, default="", db_collation="C")

    class Meta:
        ordering = ["position", "sort_key"]
        constraints = [
            models.CheckConstraint(
                name="unit_validity_in_order",
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [models.Index(fields=["path"], name="unit_path", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:unit", args=[self.pk])

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    @property
    def placed_name(self) -> str:
        """The name, with that of the unit above where it is not the office itself: "Phòng Hành
        chính, Nhà hát Kịch". Wants `parent` loaded."""
        if self.parent is None or self.parent.parent_id is None:
            return self.name
        return f"{self.name}, {self.parent.name}"

    @property
    def top_id(self) -> str:
        """The id of the topmost unit of its tree: the office whose rows these are."""
        return self.path.split("/", 1)[0]


@tracked()
class Succession(models.Model):
    """A unit that ended goes on in `successor`: a merged or renamed one in one unit, a split one in
    several."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(
        Unit, models.CASCADE, related_name="successions", verbose_name=_("Đơn vị")
    )
    successor = models.ForeignKey(
        Unit, models.PROTECT, related_name="successions_to_it", verbose_name=_("Đơn vị kế thừa")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="unit_not_its_own_successor", condition=~Q(unit=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.successor}"


@tracked(exclude=["folded"])
class UnitName(models.Model):
    """Another name of a unit: an abbreviation, a former name, a way of writing it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="other_names")
    name = models.CharField(_("Tên khác"), max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["unit", "folded"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


@tracked()
class UnitGroup(models.Model):
    """A name that means several units, such as "Các phòng, đơn vị thuộc Sở".

    It means the units of `kinds` right below `anchor` (or anywhere below, with `whole_subtree`)
    that are valid on the day asked, and `members` besides.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(
        Unit, models.CASCADE, related_name="groups", verbose_name=_("Của cơ quan")
    )
    name = models.CharField(_("Tên nhóm"), max_length=200)
    other_names = models.TextField(_("Cách gọi khác, mỗi dòng một cách"), blank=True)
    anchor = models.ForeignKey(
        Unit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Các đơn vị thuộc"),
    )
    kinds = models.JSONField(_("Gồm các loại"), default=list, blank=True)
    whole_subtree = models.BooleanField(_("Gồm cả cấp dưới nữa"), default=False)
    members = models.ManyToManyField(
        Unit, blank=True, related_name="in_groups", verbose_name=_("Và các đơn vị")
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="group_name_once_per_office")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:group", args=[self.pk])


@tracked(exclude=["folded", "sort_key"])
class Person(models.Model):
    """A natural person; may have an account."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Nữ")
        MALE = "male", _("Nam")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    code = models.CharField(_("Mã cán bộ"), max_length=40, blank=True)
    born_on = models.DateField(_("Ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("Giới tính"), max_length=6, choices=Sex, blank=True)
    retires_on = models.DateField(_("Nghỉ hưu từ ngày"), null=True, blank=True)
    email = models.EmailField(_("Thư điện tử"), blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=30, blank=True)
    folded = models.CharField(max_length=150, editable=False, default="", db_index=True)
    sort_key = models.TextField(editable=False, default="", db_collation="C")

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="person_code_once")
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(self.full_name)
        self.sort_key = given_name_key(self.full_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])


@tracked()
class Position(models.Model):
    """A person serves in a unit under a title for a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="positions", verbose_name=_("Đơn vị")
    )
    title = models.CharField(_("Chức vụ, chức danh"), max_length=150)
    is_head = models.BooleanField(_("Là người đứng đầu đơn vị"), default=False)
    from_on = models.DateField(_("Từ ngày"), null=True, blank=True)
    until_on = models.DateField(_("Đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["-from_on", "title"]
        constraints = [
            models.CheckConstraint(
                name="position_in_order",
                condition=Q(until_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until_on__gte=F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


@tracked()
class RoleHolding(models.Model):
    """A user holds a role at a unit; it covers the unit and all that is below it."""

    class Role(models.TextChoices):
        OFFICE = "office", _("Thường trực thi đua, khen thưởng")
        CLERK = "clerk", _("Cán bộ thi đua, khen thưởng của đơn vị")
        HEAD = "head", _("Thủ trưởng đơn vị")
        BLOC_HEAD = "bloc_head", _("Khối trưởng, Cụm trưởng")
        BLOC_DEPUTY = "bloc_deputy", _("Khối phó, Cụm phó")
        COUNCIL_CHAIR = "council_chair", _("Chủ tịch Hội đồng")
        COUNCIL_SECRETARY = "council_secretary", _("Thư ký Hội đồng")
        COUNCIL_MEMBER = "council_member", _("Ủy viên Hội đồng")
        DIRECTOR = "director", _("Giám đốc")
        INSPECTOR = "inspector", _("Cán bộ kiểm tra")
        JUDGE = "judge", _("Giám khảo")
        AUDITOR = "auditor", _("Kiểm toán, giám sát (chỉ xem)")
        ADMINISTRATOR = "administrator", _("Quản trị hệ thống")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="holdings")
    role = models.CharField(_("Vai trò"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="holdings", verbose_name=_("Tại đơn vị")
    )
    from_on = models.DateField(_("Từ ngày"), null=True, blank=True)
    until_on = models.DateField(_("Đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["role"]
        constraints = [
            models.CheckConstraint(
                name="holding_in_order",
                condition=Q(until_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until_on__gte=F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"


class Import(models.Model):
    """A spreadsheet of units or persons as handed in, waiting for its dry run to be confirmed.

    While it is `taking`, it is taken in by a job; `done_share` says how far. Its rows hold personal
    details, so they go once it is done; it goes itself when it is given up or a week old.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ nhập")
        TAKING = "taking", _("Đang nhập")
        DONE = "done", _("Đã nhập")

    class Kind(models.TextChoices):
        UNITS = "units", _("Đơn vị")
        PERSONS = "persons", _("Cán bộ")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=7, choices=Kind)
    office = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    # [{"number": 3, "cells": {"name": "…"}}], numbers as in the spreadsheet.
    rows = models.JSONField()
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # Whether wrong lines are left out.
    only_good = models.BooleanField(default=False)
    # In hundredths.
    done_share = models.PositiveSmallIntegerField(default=0)
    # Why it was not taken in the last time.
    problem = models.CharField(max_length=400, blank=True)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    # Keys of the persons who were given an account. Their one-time passwords are kept nowhere: they
    # follow from the seed and the secret key, and the seed goes when they have been shown.
    opened = models.JSONField(default=list)
    seed = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


def refresh_search(unit: Unit, other_names: list[str]) -> None:
    """Set what a unit is found by and sorted by from its names (the caller saves it)."""
    unit.folded = " | ".join(
        fold(name) for name in [unit.name, unit.short_name, *other_names] if name
    )
    unit.sort_key = sort_key(unit.name)
