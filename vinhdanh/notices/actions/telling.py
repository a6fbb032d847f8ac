"""Telling people something, and what they do with what they are told."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from procrastinate.contrib.django import app

from vinhdanh.notices import access, queries
from vinhdanh.notices.models import Delivery, Hook, Message, Preference
from vinhdanh.notices.rules.telling import Telling, shorten

HAND_OVER_JOB = "vinhdanh.notices.tasks.hand_over"
_AT_ONCE = 2_000


@transaction.atomic
def tell(tellings: Iterable[Telling], *, at: datetime) -> int:
    """Tell each person what is theirs; gives how many messages are unread that were not before.

    Told again with the same points, nothing changes; with others the text follows, and with more
    of them the message is unread again. What is told so is also queued for each channel of the
    office that takes the kind. Any number may be told at once.
    """
    once = {(one.user_id, one.key): one for one in tellings}
    # All callers at once write in the same order, so that none waits for another in a circle.
    ordered = [once[key] for key in sorted(once)]
    told: list[Telling] = []
    for start in range(0, len(ordered), _AT_ONCE):
        told += _tell(ordered[start : start + _AT_ONCE], at=at)
    _pass_on(told, at=at)
    return len(told)


def _tell(tellings: Sequence[Telling], *, at: datetime) -> list[Telling]:
    """Write the messages; those that are thereby unread."""
    before = {
        (message.user_id, message.key): message
        for message in Message.objects.filter(
            user__in={one.user_id for one in tellings}, key__in={one.key for one in tellings}
        )
    }
    rows, told = [], []
    for one in tellings:
        old = before.get((one.user_id, one.key))
        if old is not None and sorted(old.points) == sorted(one.points):
            continue
        row = Message(
            user_id=one.user_id,
            kind=one.kind,
            key=one.key,
            title=shorten(one.title, 300),
            text=one.text,
            url=one.url,
            points=list(one.points),
            created_at=at,
        )
        if old is not None and set(one.points) <= set(old.points):
            row.created_at, row.read_at = old.created_at, old.read_at
        else:
            told.append(one)
        rows.append(row)
    Message.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "key"],
        update_fields=["kind", "title", "text", "url", "points", "created_at", "read_at"],
    )
    return told


def _pass_on(told: Sequence[Telling], *, at: datetime) -> None:
    """Queue what was told for the channels of the offices."""
    offices = {one.office_id for one in told if one.office_id}
    hooks = list(Hook.objects.filter(office_id__in=offices, is_active=True)) if offices else []
    if not hooks:
        return
    people = {one.user_id for one in told}
    names = dict(get_user_model().objects.filter(pk__in=people).values_list("pk", "username"))
    deliveries = []
    for hook in hooks:
        for one in told:
            if one.office_id == hook.office_id and one.kind in hook.kinds:
                told_so = f"{one.user_id}:{one.key}:{sorted(one.points)}"
                post = _post(
                    hook,
                    key=hashlib.sha256(told_so.encode()).hexdigest(),
                    kind=one.kind,
                    title=one.title,
                    text=one.text,
                    url=one.url,
                    to=names[one.user_id],
                    user_id=one.user_id,
                    at=at,
                )
                deliveries.append(post)
    if deliveries:
        deliveries.sort(key=lambda delivery: delivery.key)
        Delivery.objects.bulk_create(deliveries, batch_size=_AT_ONCE, ignore_conflicts=True)
        hand_over_soon(Delivery.Channel.HOOK)


@transaction.atomic
def post(
    hook: Hook,
    *,
    key: str,
    kind: str,
    title: str,
    at: datetime,
    text: str = "",
    url: str = "",
    to: str = "",
) -> Delivery:
    """Queue one message for a channel (a trial, for one); the same `key` is queued once.

    `to` is the user name of whom it concerns. Gives the delivery, for its state to be followed.
    """
    ready = _post(hook, key=key, kind=kind, title=title, text=text, url=url, to=to, at=at)
    Delivery.objects.bulk_create([ready], ignore_conflicts=True)
    hand_over_soon(Delivery.Channel.HOOK)
    return Delivery.objects.get(key=ready.key)


def _post(
    hook: Hook,
    *,
    key: str,
    kind: str,
    title: str,
    text: str,
    url: str,
    to: str,
    at: datetime,
    user_id: UUID | None = None,
) -> Delivery:
    body = {
        "kind": kind,
        "title": title,
        "text": text,
        "url": queries.absolute(url) if url else "",
        "to": to,
        "at": at.isoformat(),
    }
    return Delivery(
        channel=Delivery.Channel.HOOK,
        key=f"hook:{hook.pk}:{key}",
        office_id=hook.office_id,
        user_id=user_id,
        hook=hook,
        name=hook.name,
        address=hook.url,
        subject=shorten(title, 300),
        text=json.dumps(body, ensure_ascii=False),
        not_before=at,
        created_at=at,
    )


def hand_over_soon(channel: str) -> None:
    """Have what waits handed over as soon as this transaction is committed."""
    app.configure_task(HAND_OVER_JOB, lock=f"hand over {channel}").defer(channel=channel)


def read(message: Message, *, at: datetime) -> None:
    """Its reader has opened it; the first time counts."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)


def read_all(user: AbstractUser, *, at: datetime) -> int:
    """Everything that the user has not read counts as read; gives how many that were."""
    return access.messages_of(user).filter(read_at=None).update(read_at=at)


def choose(user: AbstractUser, preference: Preference) -> None:
    """How the user wants to be told from now on."""
    preference.user_id = user.pk
    preference.save()
