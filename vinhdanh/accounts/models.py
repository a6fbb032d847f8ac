from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.journal.models import tracked


@tracked(fields=["username", "name", "email", "is_active", "is_staff", "is_superuser"])
class User(AbstractUser):
    """Somebody who logs in. What they may do follows from the roles they hold at units (people)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("Họ và tên"), max_length=150)
    # A code of settings.LANGUAGES; "" until one is chosen: Vietnamese.
    language = models.CharField(max_length=10, blank=True)
    must_change_password = models.BooleanField(default=False)
    # Sessions begun in an earlier round are void.
    session_round = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="email_once_in_any_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[-1]

    @property
    def mail_language(self) -> str:
        """The language of what the system writes to the user."""
        return self.language or settings.LANGUAGE_CODE

    def get_session_auth_hash(self) -> str:
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes) -> str:
        """What a session must know to stay valid: it changes with the password and the round."""
        return salted_hmac(
            "vinhdanh.accounts.session",
            f"{self.session_round}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class CalendarFeed(models.Model):
    """A private address under which a calendar program fetches its owner's dates.

    The address is shown once and kept as a digest; a new one makes the one before worthless.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_feed_open_per_user"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%d/%m/%Y}"
