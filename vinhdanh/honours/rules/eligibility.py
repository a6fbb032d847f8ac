"""Who may be honoured with what, and why: the law of a day asked of one recipient."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from vinhdanh.honours.rules import sentences
from vinhdanh.honours.rules.facts import Facts
from vinhdanh.honours.rules.measures import Reckoning, settled
from vinhdanh.honours.rules.offices import DETAILS, RATINGS, Local, LocalRule, Offices, detail_of
from vinhdanh.honours.rules.plan import Leaf, Node, Planned, plan
from vinhdanh.honours.rules.records import Records
from vinhdanh.honours.rules.sentences import Told
from vinhdanh.law.book import Book

VERDICTS = ("unmet", "judge", "met", "suspended")


@dataclass(frozen=True)
class Finding:
    """One condition and what was found for it.

    `as_read` is the verdict by the law that was read, also where a later law, not read yet, makes
    `verdict` "judge". `sources` are places in the law; `evidence` the `ref`s of the facts that were
    counted; `kind` the criterion's, or after, double, open_matter, version, review, local;
    `branch` the clause it stands in, "" for all. `local`: the office's values by which it was found
    or is to be judged; `open`: the code of the content it turns on that the office has not set.
    """

    criterion: str
    verdict: str
    as_read: str
    measure: str
    needed: str
    sources: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    kind: str = ""
    branch: str = ""
    years: tuple[int, ...] = ()
    local: tuple[LocalRule, ...] = ()
    open: str = ""


@dataclass(frozen=True)
class BranchAnswer:
    """One numbered branch of an award's conditions; each by itself could carry the award."""

    branch: str
    name: str
    of_class: str
    verdict: str
    as_read: str


@dataclass(frozen=True)
class Answer:
    """Whether a recipient may be honoured with an award: met, unmet, judge or suspended.

    `version` is the first day of the conditions that were asked, in ISO; "" where there are none.
    """

    award: str
    version: str
    verdict: str
    as_read: str
    findings: tuple[Finding, ...]
    branches: tuple[BranchAnswer, ...]


def answers(
    facts: Facts,
    *,
    book: Book,
    on: date,
    codes: Collection[str] | None = None,
    local: Local | None = None,
) -> list[Answer]:
    """What every award open to the recipient says, in the order of rank and name.

    `on` is the day whose law is read; `codes` None: all awards. `local`: what the recipient's
    office set by that day; None: the law alone, as if it left nothing to anybody.
    """
    offices = Offices.one(local) if local is not None else None
    reckoning = Reckoning(Records.of([facts]), plan(book, on, facts.recipient), offices)
    one = _One(facts, reckoning, local)
    return [
        one.answer(planned)
        for code, planned in reckoning.plan.awards.items()
        if facts.recipient in planned.award.recipients and (codes is None or code in codes)
    ]


class _One:
    """One recipient's answers; what several awards ask alike is told once."""

    def __init__(self, facts: Facts, reckoning: Reckoning, local: Local | None) -> None:
        self._facts = facts
        self._reckoning = reckoning
        self._local = local
        self._told: dict[int, Told] = {}

    def answer(self, planned: Planned) -> Answer:
        verdict, as_read = settled(self._reckoning, planned)
        findings = [*self._findings(planned), *self._beside(planned)]
        since = planned.version.since if planned.version else None
        return Answer(
            award=planned.award.code,
            version=since.isoformat() if since else "",
            verdict=VERDICTS[verdict[0]],
            as_read=VERDICTS[as_read[0]],
            findings=tuple(findings),
            branches=tuple(self._branches(planned)),
        )

    def _branches(self, planned: Planned) -> Iterator[BranchAnswer]:
        for node in planned.branches.values():
            verdict = VERDICTS[self._reckoning.verdict_of(node, planned.award.code)[0]]
            yield BranchAnswer(
                branch=node.branch,
                name=node.name,
                of_class=node.of_class,
                verdict="judge" if planned.review else verdict,
                as_read=verdict,
            )

    def _findings(self, planned: Planned) -> Iterator[Finding]:
        is_read = planned.review is None
        if planned.root is None:
            unknown = _unknown_version(planned)
            yield unknown if is_read else _reviewed(unknown)
        may_double = self._reckoning.may_double(planned.award.code)
        for step in planned.order:
            if isinstance(step, Leaf):
                yield self._of_leaf(step, is_read=is_read)
            elif may_double and (twice := self._twice(step, planned)):
                yield twice if is_read else _reviewed(twice)

    def _of_leaf(self, leaf: Leaf, *, is_read: bool) -> Finding:
        if leaf.kind == "judgement":
            # The same for everybody.
            kept = self._reckoning.plan.kept
            if leaf not in kept:
                kept[leaf] = self._found(leaf, is_read=is_read)
            return self._by_the_office(kept[leaf], leaf)
        return self._found(leaf, is_read=is_read)

    def _by_the_office(self, finding: Finding, leaf: Leaf) -> Finding:
        """What the law leaves to the City is judged by what the City wrote."""
        if self._local is None or getattr(leaf.criterion, "about", "") != "local":
            return finding
        rule = detail_of(self._local, leaf.award)
        if rule is None:
            return replace(finding, open=self._not_set(leaf.award))
        return replace(finding, local=(rule,), sources=(*finding.sources, rule.source))

    def _not_set(self, award: str) -> str:
        """The content in which who may be given the award can be set on the day; "" for none."""
        law = self._reckoning.plan
        left = (law.book.delegated.get(code) for code in DETAILS)
        return next(
            (each.code for each in left if each and award in each.awards and each.holds(law.on)), ""
        )

    def _found(self, leaf: Leaf, *, is_read: bool) -> Finding:
        told = self._told.get(leaf.number)
        if told is None:
            told = sentences.measured(self._reckoning, leaf, self._facts)
            self._told[leaf.number] = told
        verdict = VERDICTS[self._reckoning.verdict(leaf)[0]]
        local = told.local
        if leaf.kind == "rating" and verdict == "judge" and self._local:
            local += tuple(filter(None, [self._local.get((RATINGS, ""))]))
        return Finding(
            criterion=leaf.text,
            verdict=verdict if is_read else "judge",
            as_read=verdict,
            measure=told.measure if is_read else _as_read(verdict, told.measure),
            needed=leaf.needed,
            sources=(*leaf.sources, *(rule.source for rule in local)),
            evidence=told.evidence,
            kind=leaf.kind,
            branch=leaf.branch,
            years=told.years,
            local=local,
            open=told.open,
        )

    def _twice(self, node: Node, planned: Planned) -> Finding | None:
        rule = self._reckoning.plan.doubles
        twice = self._reckoning.doubled(node, planned.award.code)
        if rule is None or twice is None or not twice[0]:
            return None
        since = int(self._reckoning.first_years(node, planned.award.code)[0])
        told = sentences.twice(self._reckoning, self._facts, planned.award.code, since=since)
        return Finding(
            criterion="Không khen thưởng nhiều lần cho một thành tích",
            verdict="judge",
            as_read="judge",
            measure=told.measure,
            needed="thành tích chưa được khen",
            sources=(rule.source,),
            evidence=told.evidence,
            kind="double",
            branch=node.branch,
            years=told.years,
        )

    def _beside(self, planned: Planned) -> Iterator[Finding]:
        """What stands beside the conditions: the City's detail of them, an open matter, and law
        not read yet."""
        yield from self._detail(planned)
        if self._facts.open_matters:
            rule = self._reckoning.plan.open_matters
            yield Finding(
                criterion="Không có vụ việc đang xem xét",
                verdict="judge",
                as_read="judge",
                measure=sentences.open_matters(self._facts),
                needed="đã có kết luận không sai phạm",
                sources=(rule.source,) if rule else (),
                kind="open_matter",
            )
        if planned.review:
            yield Finding(
                criterion=planned.review.text,
                verdict="judge",
                as_read="met",
                measure=f"có hiệu lực từ {planned.review.since:%d/%m/%Y}, chưa đọc được",
                needed="đối chiếu với văn bản này",
                sources=(planned.review.source,),
                kind="review",
            )

    def _detail(self, planned: Planned) -> Iterator[Finding]:
        """What the City set in words, unless a condition that leaves it to the City has told it.

        The awards of which the detail is left to the City all ask for a person's judgement besides,
        so that this one never changes what is found of the award.
        """
        rule = detail_of(self._local, planned.award.code) if self._local else None
        if rule is None or any(
            isinstance(step, Leaf) and getattr(step.criterion, "about", "") == "local"
            for step in planned.order
        ):
            return
        left = self._reckoning.plan.book.delegated[rule.code]
        yield Finding(
            criterion=left.name,
            verdict="judge",
            as_read="judge",
            measure="",
            needed="đối chiếu với quy định này",
            sources=(*(part.strip() for part in left.source.split(";")), rule.source),
            kind="local",
            local=(rule,),
        )


def _unknown_version(planned: Planned) -> Finding:
    return Finding(
        criterion=f"Điều kiện xét {planned.award.name} của ngày này",
        verdict="judge",
        as_read="judge",
        measure="chưa có trong dữ liệu pháp luật",
        needed="đối chiếu văn bản có hiệu lực vào ngày này",
        sources=(),
        kind="version",
    )


_AS_READ = {"met": "đạt", "unmet": "chưa đạt", "judge": "để người xét"}


def _reviewed(finding: Finding) -> Finding:
    return replace(finding, verdict="judge", measure=_as_read(finding.as_read, finding.measure))


def _as_read(verdict: str, measure: str) -> str:
    read = f"theo bản luật đã đọc: {_AS_READ[verdict]}"
    return f"{read}; {measure}" if measure else read
