"""Queueing mail: what others hand in, and the digest of the day."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from vinhdanh.common.clock import day_of
from vinhdanh.notices import access, queries
from vinhdanh.notices.actions.telling import hand_over_soon
from vinhdanh.notices.models import Delivery, Message
from vinhdanh.notices.rules.quiet import after_quiet
from vinhdanh.notices.rules.telling import Mail, shorten

_AT_ONCE = 1_000
_MOST_UNREAD = 50


@transaction.atomic
def queue(mails: Iterable[Mail], *, at: datetime) -> int:
    """Queue mails to be sent; gives how many were not queued before under the same key.

    They are sent once this transaction is committed, those to a person in quiet hours afterwards.
    An unfit address is not refused here: its delivery fails and says so.
    """
    count = _queue(mails, at=at)
    if count:
        hand_over_soon(Delivery.Channel.MAIL)
    return count


def _queue(mails: Iterable[Mail], *, at: datetime) -> int:
    by_key = {mail.key: mail for mail in mails}
    # All callers at once write in the same order, so that none waits for another in a circle.
    once = [by_key[key] for key in sorted(by_key)]
    queued: set[str] = set()
    for start in range(0, len(once), _AT_ONCE):
        some = [mail.key for mail in once[start : start + _AT_ONCE]]
        queued |= set(Delivery.objects.filter(key__in=some).values_list("key", flat=True))
    fresh = [mail for mail in once if mail.key not in queued]
    wishes = queries.preferences_of(mail.user_id for mail in fresh if mail.user_id)
    local = timezone.localtime(at)
    not_before: dict[UUID | None, datetime] = {
        pk: after_quiet(local, quiet_from=wish.quiet_from, quiet_until=wish.quiet_until)
        for pk, wish in wishes.items()
    }
    rows = [_waiting(mail, at=at, not_before=not_before.get(mail.user_id, at)) for mail in fresh]
    Delivery.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)
    return len(rows)


def _waiting(mail: Mail, *, at: datetime, not_before: datetime) -> Delivery:
    return Delivery(
        channel=Delivery.Channel.MAIL,
        key=mail.key,
        office_id=mail.office_id,
        batch_id=mail.batch_id,
        user_id=mail.user_id,
        name=shorten(mail.name, 200),
        address=mail.address.strip(),
        subject=shorten(mail.subject, 300),
        text=mail.text,
        html=mail.html,
        attachments=[dict(attachment) for attachment in mail.attachments],
        not_before=mail.not_before or not_before,
        created_at=at,
    )


@transaction.atomic
def queue_digest(
    user: AbstractUser,
    *,
    points: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    at: datetime,
    office_id: UUID | None = None,
    language: str = settings.LANGUAGE_CODE,
) -> None:
    """Queue the day's digest: under each heading its points, as (text, path in the application).

    What the user was told since the last digest and has not read comes after them, reminders left
    out. The subject counts the points by heading: ("việc quá hạn", three points) → "Vinh Danh:
    3 việc quá hạn". One per person and day; none when there is nothing to say, or no address.
    `language` is that of the points, and of the words around them.
    """
    if not user.email:
        return
    with translation.override(language):
        unread = [(message.title, message.url) for message in _unread_since_last_digest(user)]
        told = [(heading, list(lines)) for heading, lines in points if lines]
        if unread:
            told.append((_("thông báo chưa đọc"), unread))
        if not told:
            return
        counted = ", ".join(f"{len(lines)} {_lower(heading)}" for heading, lines in told)
        subject = _("Vinh Danh: %(counted)s") % {"counted": counted}
        sections = [
            (heading, [(text, queries.absolute(url) if url else "") for text, url in lines])
            for heading, lines in told
        ]
        links = {
            "inbox": queries.absolute(reverse("notices:inbox")),
            "preferences": queries.absolute(reverse("notices:preferences")),
        }
        shown = {"user": user, "subject": subject, "sections": sections, "links": links}
        mail = Mail(
            key=queries.digest_key(user.pk, day_of(at)),
            address=user.email,
            name=user.get_full_name(),
            subject=subject,
            text=_digest_text(user, sections, links),
            html=render_to_string("notices/mail/digest.html", shown),
            user_id=user.pk,
            office_id=office_id,
        )
    _queue([mail], at=at)


def _unread_since_last_digest(user: AbstractUser) -> list[Message]:
    last = Delivery.objects.filter(user=user.pk, key__startswith=f"digest:{user.pk}:").aggregate(
        at=Max("created_at")
    )["at"]
    unread = access.messages_of(user).filter(read_at=None).exclude(kind=Message.Kind.REMINDER)
    if last is not None:
        unread = unread.filter(created_at__gt=last)
    return list(unread[:_MOST_UNREAD])


def _digest_text(
    user: AbstractUser,
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    links: dict[str, str],
) -> str:
    lines = [_("Kính gửi %(name)s,") % {"name": user.get_full_name()}]
    for heading, points in sections:
        lines += ["", f"{_upper(heading)} ({len(points)})"]
        for text, url in points:
            lines += [f"- {text}", *([f"  {url}"] if url else [])]
    lines += [
        "",
        _("Xem tất cả thông báo: %(url)s") % {"url": links["inbox"]},
        _("Đổi cách nhận thư này: %(url)s") % {"url": links["preferences"]},
    ]
    return "\n".join(lines)


def _upper(heading: str) -> str:
    return heading[:1].upper() + heading[1:]


def _lower(heading: str) -> str:
    return heading[:1].lower() + heading[1:]
