from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.documents.rules.accepted import PICTURES


class File(models.Model):
    """A file as handed in. Its bytes lie in the store under their hash, once whoever sends them.

    A file by itself is visible to nobody: the thing it belongs to decides who may read it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Tên tệp"), max_length=200)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField(_("Dung lượng"))
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where in the store the bytes lie."""
        return f"{self.sha256[:2]}/{self.sha256}"

    @property
    def has_preview(self) -> bool:
        """Whether it can be looked at in a page (documents.responses.preview)."""
        return self.kind in {"pdf", *PICTURES}


class Export(models.Model):
    """A list being written as a spreadsheet in the background, for whoever asked and nobody else.

    `file` is set when it is ready, `refusal` when it cannot be written; a day later it is removed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Which list of which room (documents.rules.exports), and the key of what it is of: a plan, a
    # unit.
    kind = models.CharField(max_length=40)
    about = models.UUIDField()
    # What the page showed: its conditions and order as in the address, and the day.
    query = models.TextField(blank=True)
    on = models.DateField()
    language = models.CharField(max_length=10)
    # What entitled whoever asked, as the room writes it; without it they get the file no more.
    held = models.JSONField(default=list)
    # None until they are counted.
    line_count = models.PositiveIntegerField(null=True)
    written_count = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("documents:export", args=[self.pk])
