"""Handing over what waits, and what a person decides about what did not go well.

A delivery is marked as being handed over, and that is committed, before it leaves; afterwards what
became of it is. When everything stops in between, nobody knows whether a mail has left: it is then
found and shown as unsure, and never sent again by itself. A post to another channel carries the
same id each time, by which the receiver knows what it has; it is sent again.

A person's quiet hours hold when a mail would leave, not only when it was queued: what was put off,
or waited for a worker that stood still, does not come in the night either.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.notices import queries
from vinhdanh.notices.actions import handing
from vinhdanh.notices.actions.telling import hand_over_soon
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.notices.rules import backoff
from vinhdanh.notices.rules.outcome import CHANNEL_OFF, STEPS, STOPPED, Outcome
from vinhdanh.notices.rules.quiet import after_quiet

State, Channel = Delivery.State, Delivery.Channel

# Longer than handing over one batch takes.
_BROKEN_OFF_AFTER = timedelta(minutes=10)
_KEPT = timedelta(days=400)
_AT_ONCE = 50


def hand_over(
    *, at: datetime, channels: Iterable[str] = Channel.values, most: int = _AT_ONCE
) -> int:
    """Hand over what is due, at most `most` of each channel; gives how many were tried.

    To be called again until nothing is left, and every minute. Any number of callers at once hand
    over each delivery once. Must not run within a transaction.
    """
    _note_broken_off(at=at)
    hands = {Channel.MAIL: _hand_over_mails, Channel.HOOK: _hand_over_posts}
    return sum(hands[Channel(channel)](at=at, most=most) for channel in channels)


def _hand_over_mails(*, at: datetime, most: int) -> int:
    if not _due(Channel.MAIL, at=at).exists():
        return 0
    with handing.MailServer() as server:
        for count in range(most):
            trouble = server.reach()
            if trouble is not None:
                return count + _put_off(_due(Channel.MAIL, at=at), trouble, at=at)
            delivery = _claim(Channel.MAIL, at=at)
            if delivery is None:
                return count
            _settle(delivery, server.send(delivery), at=at)
    return most


def _hand_over_posts(*, at: datetime, most: int) -> int:
    for count in range(most):
        delivery = _claim(Channel.HOOK, at=at)
        if delivery is None:
            return count
        hook = delivery.hook
        assert hook is not None
        outcome = handing.post(delivery, hook, at=at) if hook.is_active else CHANNEL_OFF
        _settle(delivery, outcome, at=at)
        if outcome.others:
            _put_off(_due(Channel.HOOK, at=at).filter(hook=hook), outcome, at=at)
    return most


def _due(channel: str, *, at: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel=channel, state=State.WAITING, not_before__lte=at)


@transaction.atomic
def _claim(channel: str, *, at: datetime) -> Delivery | None:
    """The next delivery, from now on being handed over by this caller alone; one to a person in
    quiet hours waits for their end and is not counted as tried."""
    due = _due(channel, at=at).select_for_update(skip_locked=True).order_by("not_before", "id")
    while (delivery := due.first()) is not None:
        delivery.not_before = _welcome_at(delivery, at=at)
        if delivery.not_before > at:
            delivery.save(update_fields=["not_before"])
            continue
        delivery.state = State.HANDING
        delivery.attempts += 1
        delivery.handed_at = at
        delivery.save(update_fields=["state", "attempts", "handed_at"])
        return delivery
    return None


def _welcome_at(delivery: Delivery, *, at: datetime) -> datetime:
    """When it may arrive: `at`, or the end of the quiet hours of the person whom a mail goes to."""
    if delivery.channel != Channel.MAIL or delivery.user_id is None:
        return at
    wish = queries.preferences_of([delivery.user_id])[delivery.user_id]
    local = timezone.localtime(at)
    return after_quiet(local, quiet_from=wish.quiet_from, quiet_until=wish.quiet_until)


def _settle(delivery: Delivery, outcome: Outcome, *, at: datetime) -> None:
    """Write down what became of it, also when it was taken for broken off meanwhile."""
    own = Delivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, state__in=[State.HANDING, State.UNSURE]
    )
    _write(own, outcome, attempts=delivery.attempts, at=at)


def _put_off(due: QuerySet[Delivery], outcome: Outcome, *, at: datetime) -> int:
    """Count one more failed attempt of everything due, where one shows that all would fail."""
    count = 0
    for attempts in sorted(set(due.order_by().values_list("attempts", flat=True).distinct())):
        tried = due.filter(attempts=attempts)
        count += _write(tried, outcome, attempts=attempts + 1, at=at)
    return count


def _write(which: QuerySet[Delivery], outcome: Outcome, *, attempts: int, at: datetime) -> int:
    state, not_before = State(outcome.state), at
    if state is State.WAITING:
        wait = backoff.delay(attempts)
        state, not_before = (State.WAITING, at + wait) if wait else (State.FAILED, at)
    return which.update(
        state=state,
        attempts=attempts,
        not_before=not_before,
        sent_at=at if state is State.SENT else None,
        last_error=_sentence(outcome),
    )


def _sentence(outcome: Outcome) -> str:
    if not outcome.reason:
        return ""
    reason = _(outcome.reason)
    return f"{reason} ({outcome.said})" if outcome.said else reason


def _note_broken_off(*, at: datetime) -> None:
    broken = Delivery.objects.filter(state=State.HANDING, handed_at__lt=at - _BROKEN_OFF_AFTER)
    broken.filter(channel=Channel.MAIL).update(state=State.UNSURE, last_error=_sentence(STOPPED))
    broken.filter(channel=Channel.HOOK).update(state=State.WAITING, not_before=at)


@transaction.atomic
def resend(delivery: Delivery, *, at: datetime) -> None:
    """Have a delivery that failed, was cancelled or is unsure sent again, with all its attempts; a
    mail to an account goes to the address that the account has by now.

    Whoever calls this has checked who asks, and journals it. Refused in any other state.
    """
    address = delivery.address
    if delivery.channel == Channel.MAIL and delivery.user is not None:
        address = delivery.user.email or address
    _step("resend", delivery, attempts=0, not_before=at, last_error="", address=address)
    hand_over_soon(delivery.channel)


def cancel(delivery: Delivery) -> None:
    """Leave a delivery unsent that waits, failed or is unsure; as `resend`, the caller answers.

    Refused in any other state, and once it is being handed over.
    """
    _step("cancel", delivery)


def settle_as_sent(delivery: Delivery) -> None:
    """Somebody has found out that an unsure delivery did arrive; as `resend`, the caller answers.

    Refused in any other state.
    """
    _step("settle as sent", delivery, sent_at=F("handed_at"))


def _step(step: str, delivery: Delivery, **also: object) -> None:
    before, after = STEPS[step]
    moved = Delivery.objects.filter(pk=delivery.pk, state__in=before).update(state=after, **also)
    if not moved:
        raise Refused(_("Lần gửi này không còn ở trạng thái đó; xin tải lại trang để xem."))
    delivery.refresh_from_db()


def forget_old(*, at: datetime) -> None:
    """Remove messages read long ago, and the contents, not the log, of what was sent long ago."""
    Message.objects.filter(read_at__lt=at - _KEPT).delete()
    Delivery.objects.filter(sent_at__lt=at - _KEPT).exclude(
        Q(text="") & Q(html="") & Q(attachments=[])
    ).update(text="", html="", attachments=[])
