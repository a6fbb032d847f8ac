"""Who may be honoured with what, and why: the law of a day asked of one recipient."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from vinhdanh.honours.rules import sentences
from vinhdanh.honours.rules.facts import Facts
from vinhdanh.honours.rules.measures import Reckoning, settled
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
    counted; `kind` the criterion's, or after, double, open_matter, version, review; `branch` the
    clause it stands in, "" for all.
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
    facts: Facts, *, book: Book, on: date, codes: Collection[str] | None = None
) -> list[Answer]:
    """What every award open to the recipient says, in the order of rank and name.

    `on` is the day whose law is read; `codes` None: all awards.
    """
    reckoning = Reckoning(Records.of([facts]), plan(book, on, facts.recipient))
    one = _One(facts, reckoning)
    return [
        one.answer(planned)
        for code, planned in reckoning.plan.awards.items()
        if facts.recipient in planned.award.recipients and (codes is None or code in codes)
    ]


class _One:
    """One recipient's answers; what several awards ask alike is told once."""

    def __init__(self, facts: Facts, reckoning: Reckoning) -> None:
        self._facts = facts
        self._reckoning = reckoning
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
            return kept[leaf]
        return self._found(leaf, is_read=is_read)

    def _found(self, leaf: Leaf, *, is_read: bool) -> Finding:
        told = self._told.get(leaf.number)
        if told is None:
            told = sentences.measured(self._reckoning, leaf, self._facts)
            self._told[leaf.number] = told
        verdict = VERDICTS[self._reckoning.verdict(leaf)[0]]
        return Finding(
            criterion=leaf.text,
            verdict=verdict if is_read else "judge",
            as_read=verdict,
            measure=told.measure if is_read else _as_read(verdict, told.measure),
            needed=leaf.needed,
            sources=leaf.sources,
            evidence=told.evidence,
            kind=leaf.kind,
            branch=leaf.branch,
            years=told.years,
        )

    def _twice(self, node: Node, planned: Planned) -> Finding | None:
        rule = self._reckoning.plan.doubles
        twice = self._reckoning.doubled(node, planned.award.code)
        if rule is None or twice is None or not twice[0]:
            return None
        since = int(self._reckoning.first_years(node)[0])
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
        """What stands beside the conditions: an open matter, and law not read yet."""
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
