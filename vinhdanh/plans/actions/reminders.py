"""Telling people what the day asks of them, and what an office decides about that."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import actions as journal
from vinhdanh.notices import actions as notices
from vinhdanh.notices.queries import digests_due
from vinhdanh.notices.rules.telling import Telling
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit
from vinhdanh.plans.models import ReminderPolicy
from vinhdanh.plans.queries import reminders as queries
from vinhdanh.plans.rules import reminders as rules
from vinhdanh.plans.rules.reminders import Duty, Step, Urgency

# How many things of a group a digest names.
_NAMED = 100


@transaction.atomic
def edit_policy(
    office: Unit, duty: Duty, *, steps: Iterable[Step], active: bool, by: User, at: datetime
) -> ReminderPolicy:
    """Put the office's own steps in place of the default for a duty (chính sách nhắc việc), or
    with `active` False remind nobody of it.

    Raises Refused to whoever does not run the office, and for steps that make no sense.
    """
    _must_run(office, by=by, at=at)
    chosen = rules.in_order(steps)
    fault = rules.fault(duty, chosen) if active else None
    if fault:
        raise Refused(_(fault))
    before = queries.policies([office.pk])[office.pk][duty]
    policy, _made = ReminderPolicy.objects.update_or_create(
        office=office,
        duty=duty,
        defaults={
            "steps": rules.steps_to_json(chosen),
            "is_active": active,
            "edited_at": at,
            "edited_by": by,
        },
    )
    _journal(
        "reminders edited",
        policy,
        by=by,
        before=(before.steps, before.active),
        after=(chosen, active),
    )
    return policy


@transaction.atomic
def reset_policy(office: Unit, duty: Duty, *, by: User, at: datetime) -> None:
    """Let the default hold again for a duty; nothing to do while the office has none of its own.

    Raises Refused to whoever does not run the office.
    """
    _must_run(office, by=by, at=at)
    policy = ReminderPolicy.objects.filter(office=office, duty=duty).first()
    if policy is None:
        return
    before = (rules.steps_from_json(policy.steps), policy.is_active)
    after = (rules.DEFAULTS[duty], True)
    _journal("reminders reset", policy, by=by, before=before, after=after)
    policy.delete()


def remind(*, on: date, at: datetime) -> int:
    """Tell everybody in the application what they are reminded of on the day, and queue the
    digests that are due; how many persons were reminded.

    May be called as often as one likes, by several at once and after a breakdown: a person has one
    message and one digest a day. What comes up later in the day makes the message unread again.
    """
    found = queries.for_everybody(on=on)
    tops = _tops({each.office for mine in found.values() for each in mine})
    notices.tell((_telling(user, mine, tops, on=on) for user, mine in found.items()), at=at)
    due = digests_due(at=at, is_working_day=queries.is_working_day(on))
    # Asked of all at once: most have nothing to say most of the time.
    due &= found.keys() | queries.with_unread(due)
    _queue_digests({user: found.get(user, []) for user in due}, tops, on=on, at=at)
    return len(found)


def _telling(
    user: UUID, mine: Sequence[queries.Reminder], tops: dict[UUID, UUID], *, on: date
) -> Telling:
    counts = Counter(each.urgency(on=on) for each in mine)
    counted = ", ".join(
        f"{counts[urgency]} {_within(_(rules.URGENCIES[urgency]))}"
        for urgency in Urgency
        if counts[urgency]
    )
    return Telling(
        user_id=user,
        kind="reminder",
        key=f"reminder:{on.isoformat()}",
        title=_("Nhắc việc ngày %(day)s: %(counted)s")
        % {"day": f"{on:%d/%m/%Y}", "counted": counted},
        url=reverse("plans:my_reminders"),
        points=sorted({each.key for each in mine}),
        office_id=tops[mine[0].office],
    )


def _queue_digests(
    due: dict[UUID, list[queries.Reminder]], tops: dict[UUID, UUID], *, on: date, at: datetime
) -> None:
    """Each in the language of who reads it; what officials have typed stays as it is."""
    readers: dict[str, list[User]] = {}
    for user in User.objects.in_bulk(due).values():
        readers.setdefault(user.mail_language, []).append(user)
    for language, users in readers.items():
        with translation.override(language):
            lines = iter(queries.in_words([each for user in users for each in due[user.pk]]))
            for user in users:
                mine = due[user.pk]
                points = _points([next(lines) for _each in mine], on=on)
                notices.queue_digest(
                    user,
                    points=points,
                    at=at,
                    office_id=tops[mine[0].office] if mine else None,
                    language=language,
                )


def _points(lines: Iterable[queries.Line], *, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The lines by heading, each with its text and its address; of a long group the first ones."""
    points = []
    for urgency, group in queries.grouped(lines, on=on):
        heading = _(rules.URGENCIES[urgency])
        if len(group) > _NAMED:
            among = {"count": len(group), "things": _within(heading)}
            heading = _("trong số %(count)d %(things)s") % among
        points.append((heading, [(line.with_due(on=on), line.url) for line in group[:_NAMED]]))
    return points


def _within(heading: str) -> str:
    """The heading as it stands within a sentence."""
    return heading[:1].lower() + heading[1:]


def _tops(offices: set[UUID]) -> dict[UUID, UUID]:
    """The topmost unit of each office's tree, by office pk."""
    paths = Unit.objects.filter(pk__in=offices).values_list("pk", "path")
    return {pk: UUID(path.partition("/")[0]) for pk, path in paths}


def _must_run(office: Unit, *, by: User, at: datetime) -> None:
    if not people.covers(by, office, people.RUNS_THE_YEAR, on=day_of(at)):
        raise Refused(
            _("Chỉ Thường trực thi đua, khen thưởng của cơ quan được đổi chính sách nhắc việc.")
        )


def _journal(
    deed: str,
    policy: ReminderPolicy,
    *,
    by: User,
    before: tuple[Iterable[Step], bool],
    after: tuple[Iterable[Step], bool],
) -> None:
    duty = Duty(policy.duty)

    def told(steps: Iterable[Step], active: bool) -> dict[str, str]:
        said = [_step(duty, step) for step in steps]
        return {"steps": " ".join(said), "active": _("có") if active else _("không")}

    journal.record(
        deed,
        policy,
        by=by,
        detail={"duty": _(rules.NAMES[duty]), "before": told(*before), "after": told(*after)},
    )


def _step(duty: Duty, step: Step) -> str:
    sentence, values = rules.why(duty, step)
    whom = ", ".join(_(name) for each, name in rules.WHOM_NAMES.items() if each in step.to)
    return f"{(_(sentence) % values).rstrip('.')} ({whom})."
