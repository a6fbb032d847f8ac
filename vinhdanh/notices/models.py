from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.common.sealing import seal, unseal


class Message(models.Model):
    """Something a person is told in the application; behind the bell, and in the day's digest."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("Nhắc việc")
        ANSWER = "answer", _("Trả lời của Văn phòng")
        MAILING = "mailing", _("Thông báo của cơ quan")
        SYSTEM = "system", _("Thông báo của hệ thống")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    # Where it leads, within the application; empty when there is nowhere to go.
    url = models.CharField(max_length=500, blank=True)
    # What it is about; the same person is told the same thing once.
    key = models.CharField(max_length=200)
    # What a reminder consisted of when it was last told, so that more of it makes it unread again.
    points = models.JSONField(default=list)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="message_told_once")]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="message_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="message_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Hook(models.Model):
    """Another channel of an office: every message of these kinds is posted to it, signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The topmost unit of the office's tree.
    office_id = models.UUIDField(db_index=True)
    name = models.CharField(_("Tên kênh"), max_length=100)
    url = models.URLField(_("Địa chỉ nhận"), max_length=500)
    sealed_secret = models.CharField(max_length=300)
    kinds = models.JSONField(_("Loại thông báo"), default=list)
    is_active = models.BooleanField(_("Đang dùng"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """What its posts are signed with. Raises LostKeyError when it cannot be opened here."""
        return unseal(self.sealed_secret)

    @secret.setter
    def secret(self, secret: str) -> None:
        self.sealed_secret = seal(secret)


class Delivery(models.Model):
    """One e-mail to one address, or one message to another channel, and what became of it.

    It is handed over at most once: what broke off while it was handed over is `unsure` until a
    person decides.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", _("Thư điện tử")
        HOOK = "hook", _("Kênh khác")

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ gửi")
        HANDING = "handing", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")
        UNSURE = "unsure", _("Không rõ đã gửi chưa")
        CANCELLED = "cancelled", _("Đã hủy")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=4, choices=Channel)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # What is sent, and to whom: the same is never queued twice.
    key = models.CharField(max_length=200, unique=True)
    # The topmost unit of the office that sends, whose log shows it; none for what nobody sends.
    office_id = models.UUIDField(null=True, db_index=True)
    # What it is part of (a mailing).
    batch_id = models.UUIDField(null=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="deliveries"
    )
    hook = models.ForeignKey(Hook, models.CASCADE, null=True, related_name="deliveries")
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=500)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    # {"name", "type", "place" in the store of files | "text"}
    attachments = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state="waiting"), name="delivery_waiting"
            ),
            models.Index(
                fields=["handed_at"], condition=Q(state="handing"), name="delivery_handing"
            ),
            models.Index(fields=["office_id", "-created_at"], name="delivery_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.get_channel_display()}: {self.subject}"


class Preference(models.Model):
    """How a person wants to be told; whoever has none gets the defaults below."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preference"
    )
    digest = models.BooleanField(_("Gửi thư tóm tắt mỗi ngày"), default=True)
    digest_at = models.TimeField(_("Giờ gửi thư tóm tắt"), default=time(7, 30))
    only_working_days = models.BooleanField(_("Chỉ gửi vào ngày làm việc"), default=True)
    quiet_from = models.TimeField(_("Không gửi thư từ"), default=time(20, 0))
    quiet_until = models.TimeField(_("đến"), default=time(6, 30))

    def __str__(self) -> str:
        return f"{self.digest_at:%H:%M}"
