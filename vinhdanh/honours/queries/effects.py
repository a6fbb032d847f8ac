"""What a change of the register does to the findings that stand on it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import gettext_noop
from vinhdanh.honours.models import Fact, Household
from vinhdanh.honours.queries.facts import facts_of
from vinhdanh.honours.queries.sight import Sight
from vinhdanh.honours.rules.eligibility import Answer, Finding, answers
from vinhdanh.honours.rules.facts import Facts
from vinhdanh.law.book import Book
from vinhdanh.people.models import Person, Unit

Recipient = TypeVar("Recipient", Person, Unit)

# What the engine answers, as the screen says it; None: the award is not open to the recipient.
VERDICTS = {
    "met": gettext_noop("Đạt"),
    "unmet": gettext_noop("Chưa đạt"),
    "judge": gettext_noop("Cần người xem xét"),
    "suspended": gettext_noop("Tạm dừng xét"),
    None: gettext_noop("Không xét"),
}


@dataclass(frozen=True)
class ChangedFinding:
    """A finding before and after; None: it was, or is, not among those of the award."""

    before: Finding | None
    after: Finding | None

    @property
    def criterion(self) -> str:
        finding = self.after or self.before
        assert finding is not None
        return finding.criterion


@dataclass(frozen=True)
class Changed:
    """An award whose findings changed for a recipient: the verdicts before and after, and the
    findings that differ in verdict or measure. A verdict None: the award was, or is, not open.

    Verdicts are those by the law as read: where a later law is not read yet, all others would be
    "judge" before and after, and tell nothing.
    """

    award: str
    before: str | None
    after: str | None
    findings: tuple[ChangedFinding, ...]

    @property
    def turns(self) -> bool:
        """Whether the verdict itself changed, and not only what was measured."""
        return self.before != self.after


@dataclass(frozen=True)
class Affected:
    """A recipient, the year under appraisal, and what changed for it; verdicts that turned come
    first. Nothing where another office appraises the recipient, whose record is not seen."""

    recipient: Person | Unit | Household
    year: int
    changed: tuple[Changed, ...]

    @property
    def turned(self) -> list[Changed]:
        return [changed for changed in self.changed if changed.turns]

    @property
    def measured(self) -> list[Changed]:
        """Those whose verdict stays, though a measure or a single finding changed."""
        return [changed for changed in self.changed if not changed.turns]


@dataclass(frozen=True)
class Known:
    """The facts of recipients at one moment, to be compared with those of another: for each year
    under appraisal, in the order of the recipients. `elsewhere`: recipients whom another office
    appraises."""

    persons: tuple[Person, ...]
    units: tuple[Unit, ...]
    households: tuple[Household, ...]
    facts: Mapping[int, Sequence[Facts]]
    elsewhere: tuple[Person | Unit, ...] = ()

    @property
    def recipients(self) -> tuple[Person | Unit | Household, ...]:
        return (*self.persons, *self.units, *self.households)


def known_about(facts: Iterable[Fact], *, by: User, on: date) -> Known:
    """What is known of the recipients of the facts, and of the units in which persons among them
    serve, as far as `by` oversees them: the register of another office is not told. For the
    appraisal of the year of `on` and of the year before, which is still appraised in its first
    months."""
    listed = list(facts)
    persons = {fact.person for fact in listed if fact.person is not None}
    units = {fact.unit for fact in listed if fact.unit is not None}
    households = {fact.household for fact in listed if fact.household is not None}
    lasting = Q(positions__until_on__isnull=True) | Q(positions__until_on__gte=on)
    served: set[Unit] = set()
    if persons:
        served = set(Unit.objects.filter(lasting, positions__person__in=persons)) - units
    recipients: list[Person | Unit] = [*persons, *units]
    sight = Sight(by, on)
    told = sight.whole("person", [each.pk for each in persons])
    told |= sight.whole("collective", [each.pk for each in (*units, *served)])
    return known_again(
        Known(
            tuple(sorted(_of(persons, told), key=lambda each: each.sort_key)),
            tuple(sorted(_of(units | served, told), key=lambda each: each.sort_key)),
            tuple(sorted(households, key=lambda each: each.sort_key)),
            {},
            elsewhere=tuple(each for each in recipients if each.pk not in told),
        ),
        on=on,
    )


def _of(recipients: Iterable[Recipient], told: Collection[UUID]) -> list[Recipient]:
    return [each for each in recipients if each.pk in told]


def known_again(known: Known, *, on: date) -> Known:
    """What is known of the same recipients now."""
    whose = (known.persons, known.units, known.households)
    facts = {year: facts_of(*whose, year=year, on=on) for year in (on.year, on.year - 1)}
    return replace(known, facts=facts)


def affected(before: Known, after: Known, *, book: Book, on: date) -> list[Affected]:
    """For which recipients findings changed between two moments, and which; those appraised
    elsewhere without."""
    found = [Affected(recipient, on.year, ()) for recipient in before.elsewhere]
    for year, facts in before.facts.items():
        for recipient, then, now in zip(before.recipients, facts, after.facts[year], strict=True):
            changed = changed_findings(then, now, book=book, on=on) if then != now else []
            if changed:
                found.append(Affected(recipient, year, tuple(changed)))
    return found


def changed_findings(before: Facts, after: Facts, *, book: Book, on: date) -> list[Changed]:
    """The awards whose findings differ between two states of what is known of one recipient;
    those whose verdict turned first."""
    then = {answer.award: answer for answer in answers(before, book=book, on=on)}
    now = {answer.award: answer for answer in answers(after, book=book, on=on)}
    changed = []
    for code in dict.fromkeys([*then, *now]):
        differing = _differing(then.get(code), now.get(code))
        if differing is not None:
            changed.append(differing)
    return sorted(changed, key=lambda each: not each.turns)


def sentences(found: Iterable[Affected], *, book: Book) -> list[str]:
    """A line for each verdict and each single finding that turned: "Nguyễn Văn An, xét năm 2025,
    Chiến sĩ thi đua cơ sở: Đạt → Chưa đạt"; none where only the measure changed. Of whom another
    office appraises a line that says so. A condition that several branches share is told once."""
    lines = []
    for each in found:
        if not each.changed:
            lines.append(
                _("%(name)s do cơ quan khác xét; kết luận có thể thay đổi ở đó")
                % {"name": each.recipient}
            )
        for changed in each.changed:
            award = book.awards.get(changed.award)
            about = {
                "name": each.recipient,
                "year": each.year,
                "award": award.name if award else changed.award,
            }
            if changed.turns:
                turned = {"before": _word(changed.before), "after": _word(changed.after)}
                lines.append(
                    _("%(name)s, xét năm %(year)s, %(award)s: %(before)s → %(after)s")
                    % (about | turned)
                )
                continue
            for finding in changed.findings:
                before, after = _verdict(finding.before), _verdict(finding.after)
                if before != after:
                    words = {
                        "criterion": finding.criterion,
                        "before": _word(before),
                        "after": _word(after),
                    }
                    lines.append(
                        _(
                            "%(name)s, xét năm %(year)s, %(award)s, điều kiện “%(criterion)s”: "
                            "%(before)s → %(after)s"
                        )
                        % (about | words)
                    )
    return list(dict.fromkeys(lines))


def _verdict(found: Answer | Finding | None) -> str | None:
    if found is None:
        return None
    return found.verdict if found.verdict == "suspended" else found.as_read


def _word(verdict: str | None) -> str:
    return _(VERDICTS[verdict])


def _differing(before: Answer | None, after: Answer | None) -> Changed | None:
    then, now = _by_place(before), _by_place(after)
    # A condition that several branches share is told once.
    differing: dict[tuple[object, ...], ChangedFinding] = {}
    for place in dict.fromkeys([*then, *now]):
        found = ChangedFinding(then.get(place), now.get(place))
        said = (_said(found.before), _said(found.after))
        if said[0] != said[1]:
            differing.setdefault((found.criterion, *said), found)
    findings = tuple(differing.values())
    verdicts = (_verdict(before), _verdict(after))
    if not findings and verdicts[0] == verdicts[1]:
        return None
    answer = after or before
    assert answer is not None
    return Changed(answer.award, *verdicts, findings)


def _by_place(answer: Answer | None) -> dict[tuple[str, str, int], Finding]:
    """The findings by branch, criterion, and which of the same it is."""
    placed: dict[tuple[str, str, int], Finding] = {}
    for finding in answer.findings if answer else ():
        number = 0
        while (finding.branch, finding.criterion, number) in placed:
            number += 1
        placed[finding.branch, finding.criterion, number] = finding
    return placed


def _said(finding: Finding | None) -> tuple[str, str] | None:
    return (finding.as_read, finding.measure) if finding else None
