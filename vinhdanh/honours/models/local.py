from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit


@tracked(exclude=["entered_at", "entered_by"])
class LocalValue(models.Model):
    """What the City or the office set where the law leaves it to them (phân cấp), dated, sourced.

    `code` is one of the law book's `delegated`; `award` "" where one value holds for all.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="local_values")
    code = models.CharField(_("Nội dung được phân cấp"), max_length=60)
    award = models.CharField(_("Danh hiệu, hình thức"), max_length=30, blank=True)
    value = models.TextField(_("Giá trị"))
    source = models.CharField(_("Văn bản quy định"), max_length=300)
    from_on = models.DateField(_("Áp dụng từ ngày"))
    until_on = models.DateField(_("Đến hết ngày"), null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code", "award", "-from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "code", "award", "from_on"], name="local_value_once_a_day"
            ),
            models.CheckConstraint(
                name="local_value_in_order",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.award}".strip()


@tracked()
class UnitTrait(models.Model):
    """What conditions ask of a collective and nothing else tells, declared by the office.

    `trait`: "no_flags" (không thuộc đối tượng tặng cờ), "enterprise" …, as in the law book.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="traits")
    trait = models.CharField(_("Thuộc tính"), max_length=40)
    source = models.CharField(_("Căn cứ"), max_length=300, blank=True)

    class Meta:
        ordering = ["unit", "trait"]
        constraints = [models.UniqueConstraint(fields=["unit", "trait"], name="unit_trait_once")]

    def __str__(self) -> str:
        return self.trait
