"""What a person decides about what did not arrive, or is not to leave."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import actions as journal
from vinhdanh.notices import actions as notices
from vinhdanh.notices.models import Delivery
from vinhdanh.secretariat import access


@transaction.atomic
def resend(delivery: Delivery, *, by: User, at: datetime) -> None:
    """Have a delivery that failed, was cancelled or is unsure sent again (gửi lại).

    Raises Refused to whoever does not run the office that sends, and in any other state.
    """
    _must_run(delivery, by=by, at=at)
    notices.resend(delivery, at=at)
    journal.record("delivery resent", delivery, by=by)


@transaction.atomic
def settle_as_sent(delivery: Delivery, *, by: User, at: datetime) -> None:
    """Count an unsure delivery as sent (coi là đã gửi); Refused as in `resend`."""
    _must_run(delivery, by=by, at=at)
    notices.settle_as_sent(delivery)
    journal.record("delivery settled as sent", delivery, by=by)


@transaction.atomic
def cancel(delivery: Delivery, *, by: User, at: datetime) -> None:
    """Let a delivery that waits, failed or is unsure not be sent (hủy); Refused as in `resend`."""
    _must_run(delivery, by=by, at=at)
    notices.cancel(delivery)
    journal.record("delivery cancelled", delivery, by=by)


# What may be chosen in the log, by what the page calls it.
DEEDS: dict[str, Callable[..., None]] = {
    "gui-lai": resend,
    "da-gui": settle_as_sent,
    "huy": cancel,
}


def decide(deed: str, deliveries: Iterable[Delivery], *, by: User, at: datetime) -> tuple[int, int]:
    """Do one of `DEEDS` with each delivery by itself: how many it was done with, and how many are
    not in a state for it."""
    done = refused = 0
    for delivery in deliveries:
        try:
            DEEDS[deed](delivery, by=by, at=at)
        except Refused:
            refused += 1
        else:
            done += 1
    return done, refused


def _must_run(delivery: Delivery, *, by: User, at: datetime) -> None:
    run = access.deliveries_run(by, on=timezone.localdate(at))
    pk: UUID = delivery.pk
    if not run.filter(pk=pk).exists():
        raise Refused(_("Chỉ thường trực của cơ quan được quyết định về lượt gửi này."))
