"""What people look at: their messages, how they want to be told, whose digest is due."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.utils import timezone

from vinhdanh.notices import access
from vinhdanh.notices.models import Delivery, Preference
from vinhdanh.notices.rules.quiet import is_quiet


def unread_count(user: AbstractBaseUser) -> int:
    """How many messages of the user are unread."""
    return access.messages_of(user).filter(read_at=None).count()


def preference_of(user: AbstractBaseUser) -> Preference:
    """How the user wants to be told; the defaults, not saved, for whoever has not chosen."""
    return Preference.objects.filter(user=user.pk).first() or Preference(user_id=user.pk)


def preferences_of(users: Iterable[UUID]) -> dict[UUID, Preference]:
    """How each of the users wants to be told, by user pk."""
    asked = set(users)
    chosen = Preference.objects.in_bulk(asked)
    return {pk: chosen.get(pk) or Preference(user_id=pk) for pk in asked}


def digest_key(user_pk: UUID, day: date) -> str:
    """The key under which the digest of that day is queued, once."""
    return f"digest:{user_pk}:{day}"


def digests_due(*, at: datetime, is_working_day: bool) -> set[UUID]:
    """The pks of users whose digest hour has come today and who have no digest of today yet.

    Only open accounts with an e-mail address, whose owner wants digests (on a day off: also then)
    and is not in quiet hours at the moment.
    """
    now = timezone.localtime(at)
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    due = {
        pk
        for pk, preference in preferences_of(users.values_list("pk", flat=True)).items()
        if preference.digest
        and preference.digest_at <= now.time()
        and (is_working_day or not preference.only_working_days)
        and not is_quiet(
            now.time(), quiet_from=preference.quiet_from, quiet_until=preference.quiet_until
        )
    }
    keys = {digest_key(pk, now.date()): pk for pk in due}
    queued = Delivery.objects.filter(key__in=keys).values_list("key", flat=True)
    return due - {keys[key] for key in queued}


def counts_by_state(deliveries: QuerySet[Delivery]) -> dict[str, int]:
    """How many of the deliveries stand in each state, every state named."""
    counted = deliveries.order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys(Delivery.State.values, 0), **dict(counted)}


def absolute(url: str) -> str:
    """The whole address of a path within the application; "" for the first page."""
    return urljoin(f"{settings.SITE_URL}/", url)
