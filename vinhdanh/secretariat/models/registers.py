from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit


@tracked()
class Register(models.Model):
    """A series of numbers for some kinds of papers of an office (sổ đăng ký văn bản đi)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="registers")
    name = models.CharField(_("Tên sổ"), max_length=150)
    # Codes of kinds of papers; a kind stands in one register of an office.
    kinds = models.JSONField(_("Loại văn bản"), default=list)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="register_name_once_per_office")
        ]

    def __str__(self) -> str:
        return self.name


class RegisterYear(models.Model):
    """The last number given out in a year; whoever takes the next holds this row until commit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.ForeignKey(Register, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year"], name="register_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year}"


class Number(models.Model):
    """A number taken: by a paper when it was signed, or outside of the system, with the reason.

    A paper that is made void keeps its number. The numbers of a year run from 1 without a gap.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.ForeignKey(Register, models.PROTECT, related_name="numbers")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    # What stands on the paper: "12/KH-SVHTT".
    text = models.CharField(max_length=80, blank=True)
    reason = models.CharField(_("Vì sao không có văn bản"), max_length=300, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "number"], name="number_taken_once"
            ),
            models.CheckConstraint(
                name="number_on_a_paper_or_explained", condition=~Q(text="") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.text or f"{self.number}"
