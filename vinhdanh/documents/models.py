from django.conf import settings
from django.db import models
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
