from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.common.vietnamese import fold
from vinhdanh.documents.models import File
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.models.letterhead import Signer
from vinhdanh.secretariat.models.registers import Number
from vinhdanh.secretariat.models.templates import TemplateVersion


@tracked(exclude=["tables", "annexes", "frozen", "template_version", "edited_at", "folded"])
class Paper(models.Model):
    """A paper of an office: drafted, signed and numbered, possibly made void later.

    Once issued its words are frozen in `frozen` and its two files never change.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        ISSUING = "issuing", _("Đang phát hành")
        ISSUED = "issued", _("Đã phát hành")
        VOID = "void", _("Đã hủy bỏ")

    class Urgency(models.TextChoices):
        NONE = "", _("Thường")
        URGENT = "KHẨN", _("Khẩn")
        VERY_URGENT = "THƯỢNG KHẨN", _("Thượng khẩn")
        IMMEDIATE = "HỎA TỐC", _("Hỏa tốc")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    kind = models.CharField(_("Loại văn bản"), max_length=20)
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    subject = models.CharField(_("Trích yếu"), max_length=500)
    addressees = models.TextField(_("Kính gửi"), blank=True)
    text = models.TextField(_("Nội dung"), blank=True)
    # What {bảng …} in the text stands for, by name; and the annexes: shapes in papers.rules.tree.
    tables = models.JSONField(default=dict)
    annexes = models.JSONField(default=list)
    recipients = models.TextField(_("Nơi nhận"), blank=True)
    urgency = models.CharField(_("Độ khẩn"), max_length=11, choices=Urgency, blank=True)
    signer = models.ForeignKey(
        Signer, models.PROTECT, null=True, blank=True, verbose_name=_("Người ký")
    )
    # Minutes are signed by the chair and by whoever took them (Nghị định 30, Phụ lục III, Mẫu 1.9).
    secretary = models.CharField(_("Thư ký"), max_length=150, blank=True)
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, blank=True)
    # What it is about: a label and an address, for rooms above.
    about_label = models.CharField(max_length=300, blank=True)
    about_url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    signed_on = models.DateField(_("Ngày ký"), null=True, blank=True)
    number = models.OneToOneField(Number, models.PROTECT, null=True, related_name="paper")
    frozen = models.JSONField(default=dict)
    pdf = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.TextField(_("Lý do hủy bỏ"), blank=True)
    voided_at = models.DateTimeField(null=True)
    # Folded subject and number, for search.
    folded = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "state", "-id"], name="paper_of_office")]
        constraints = [
            models.CheckConstraint(
                name="paper_issued_is_whole",
                condition=~Q(state__in=["issued", "void"])
                | Q(
                    number__isnull=False,
                    signed_on__isnull=False,
                    pdf__isnull=False,
                    docx__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="paper_draft_has_no_number",
                condition=~Q(state__in=["draft", "issuing"]) | Q(number__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded = fold(f"{self.subject} {self.number or ''}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("secretariat:paper", args=[self.pk])
