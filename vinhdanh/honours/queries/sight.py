"""What one user may see of those who are appraised: whom, and which of what is known of them.

Disciplines of others count only for whoever oversees where the person serves; to everybody else
the findings are as if there were none, and say who knows. Of open matters others see that there is
one; oneself does not, for they may be secret while they last.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.honours.access import ACTS, visible_households
from vinhdanh.honours.models import Household
from vinhdanh.honours.rules.eligibility import Answer, Finding, answers
from vinhdanh.honours.rules.facts import Facts
from vinhdanh.honours.rules.offices import Local
from vinhdanh.honours.rules.plan import Leaf, plan
from vinhdanh.honours.rules.records import Records, Spans
from vinhdanh.honours.rules.screening import Screened
from vinhdanh.law.book import Book
from vinhdanh.people import access as people
from vinhdanh.people.models import Person, Position, Unit
from vinhdanh.people.queries import valid_on

# What is screened as a whole: councils, blocs and groups are not.
_SCOPES = (
    *people.WHOLE,
    Unit.Kind.OFFICE,
    Unit.Kind.AFFILIATED,
    Unit.Kind.COLLECTIVE,
)
_MET, _JUDGE = 2, 1
_DAY = re.compile(r"\d\d/\d\d/\d{4}")


@dataclass(frozen=True)
class Seen:
    """The facts of a recipient that may be used; whether disciplines are among what is seen.

    `local`: what the office set that appraises them; None: the law alone is asked.
    """

    facts: Facts
    disciplines: bool
    local: Local | None = None

    def answers(
        self, *, book: Book, on: date, codes: Collection[str] | None = None
    ) -> list[Answer]:
        """`eligibility.answers` on them; what is asked about disciplines is told to who sees it."""
        found = answers(self.facts, book=book, on=on, codes=codes, local=self.local)
        return found if self.disciplines else [_told_without(answer) for answer in found]


@dataclass(frozen=True)
class Sight:
    """What `user` may see on the day."""

    user: User
    on: date

    def scopes(self) -> QuerySet[Unit]:
        """The units that may be screened with all below them, the widest first."""
        covered = people.covered(self.user, (*people.OVERSEES, *ACTS), on=self.on)
        there = covered.filter(valid_on(self.on), kind__in=_SCOPES, outside=False)
        return there.order_by(Length("path"), "position", "sort_key")

    def persons(self) -> QuerySet[Person]:
        """Who serves where the user oversees or acts; who served last where they oversee; oneself.

        Others may have facts elsewhere that are not the user's to see.
        """
        covered = people.covered(self.user, (*people.OVERSEES, *ACTS), on=self.on)
        now = self._serving().filter(unit__in=covered)
        return Person.objects.filter(Q(Exists(now)) | self._left() | Q(user_id=self.user.pk))

    def units(self) -> QuerySet[Unit]:
        """The collectives that the user oversees or acts for."""
        return people.covered(self.user, (*people.OVERSEES, *ACTS), on=self.on)

    def households(self) -> QuerySet[Household]:
        return visible_households(self.user, on=self.on)

    def whole(self, recipient: str, pks: Collection[UUID]) -> frozenset[UUID]:
        """Those of whom disciplines and open matters are seen too. One query."""
        if recipient == "household":
            return frozenset(pks)
        overseen = people.covered(self.user, people.OVERSEES, on=self.on)
        if recipient == "collective":
            return frozenset(overseen.filter(pk__in=pks).values_list("pk", flat=True))
        now = self._serving().filter(unit__in=overseen)
        seen = Person.objects.filter(Q(Exists(now)) | self._left(), pk__in=pks)
        return frozenset(seen.values_list("pk", flat=True))

    def own(self) -> UUID | None:
        """The person that the user is."""
        return Person.objects.filter(user_id=self.user.pk).values_list("pk", flat=True).first()

    def facts(self, pks: Sequence[UUID], known: Sequence[Facts]) -> list[Seen]:
        """What may be used of the facts of these recipients, in their order. Two queries."""
        if not pks:
            return []
        whole, own = self.whole(known[0].recipient, pks), self.own()
        return [
            Seen(facts, True) if pk in whole else veiled(facts, own=pk == own)
            for pk, facts in zip(pks, known, strict=True)
        ]

    def records(self, records: Records, pks: Sequence[UUID]) -> Records:
        """The same for the records of persons. Two queries."""
        whole, own = self.whole("person", pks), self.own()
        seen = np.array([pk in whole or pk == own for pk in pks], dtype=bool)
        mine = np.array([pk == own and pk not in whole for pk in pks], dtype=bool)
        kept = records.disciplines
        keep = seen[kept.row] if len(kept.row) else np.zeros(0, dtype=bool)
        return replace(
            records,
            disciplines=Spans(
                row=kept.row[keep],
                since=kept.since[keep],
                until=kept.until[keep],
                title=kept.title[keep],
                titles=kept.titles,
            ),
            open_matters=np.where(mine, 0, records.open_matters).astype(np.int16),
        )

    def screened(
        self, screened: Screened, pks: Sequence[UUID], *, book: Book, on: date
    ) -> Screened:
        """Verdicts on awards that ask about disciplines are to judge where these are not seen."""
        whole, own = self.whole("person", pks), self.own()
        hidden = np.array([pk not in whole and pk != own for pk in pks], dtype=bool)
        planned = plan(book, on).awards
        asking = {
            code
            for code in screened.verdicts
            if any(
                isinstance(step, Leaf) and step.kind == "undisciplined"
                for step in planned[code].order
            )
        }
        tables = [
            {
                code: np.where(hidden & (found == _MET), _JUDGE, found) if code in asking else found
                for code, found in table.items()
            }
            for table in (screened.verdicts, screened.as_read, screened.merit)
        ]
        return Screened(*tables)

    def _serving(self) -> QuerySet[Position]:
        lasting = Q(until_on__isnull=True) | Q(until_on__gte=self.on)
        return Position.objects.filter(lasting, person=OuterRef("pk"))

    def _left(self) -> Q:
        """Who serves nowhere now and served where the user oversees."""
        overseen = people.covered(self.user, people.OVERSEES, on=self.on)
        ever = Position.objects.filter(person=OuterRef("pk"), unit__in=overseen)
        return Q(~Exists(self._serving()), Exists(ever))


def veiled(facts: Facts, *, own: bool) -> Seen:
    """The facts without what only overseers see; `own`: as the person in question sees them."""
    if own:
        return Seen(replace(facts, open_matters=()), True)
    members = facts.members and replace(facts.members, disciplined=None)
    matters = (_("hỏi Văn phòng"),) if facts.open_matters else ()
    return Seen(replace(facts, disciplines=(), members=members, open_matters=matters), False)


def _told_without(answer: Answer) -> Answer:
    answer = replace(answer, findings=tuple(map(_without_day, answer.findings)))
    findings = tuple(
        _unseen(finding) if _asks_of_disciplines(finding) else finding
        for finding in answer.findings
    )
    if findings == answer.findings:
        return answer
    verdict, as_read = (
        "judge" if word == "met" else word for word in (answer.verdict, answer.as_read)
    )
    return replace(answer, findings=findings, verdict=verdict, as_read=as_read)


def _asks_of_disciplines(finding: Finding) -> bool:
    return finding.kind == "undisciplined" or (
        finding.kind == "members" and "kỷ luật" in finding.criterion
    )


def _without_day(finding: Finding) -> Finding:
    """The day of retirement is as personal as that of birth."""
    if finding.kind != "retiring" or not _DAY.search(finding.measure):
        return finding
    return replace(finding, measure=_("hỏi Văn phòng"))


def _unseen(finding: Finding) -> Finding:
    return replace(
        finding,
        verdict="judge",
        as_read="judge",
        measure=_("hỏi Văn phòng"),
        evidence=(),
        years=(),
    )
