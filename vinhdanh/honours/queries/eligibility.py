"""Which law a page on eligibility reads, what an answer lacks, where evidence is shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.models import YearRating
from vinhdanh.honours.queries.local import Next
from vinhdanh.honours.queries.register import address_of
from vinhdanh.honours.rules.eligibility import Answer, BranchAnswer, Finding
from vinhdanh.honours.rules.facts import Facts
from vinhdanh.honours.rules.plan import Leaf, plan
from vinhdanh.law.book import Book
from vinhdanh.law.transitions import applicable

# The verdicts as pages list them: what may be proposed first.
ORDER = ("met", "judge", "suspended", "unmet")
_BEST = ("unmet", "suspended", "judge", "met")
# Findings about the day or an open matter, which stand beside the conditions.
BESIDE = {"open_matter", "version", "review"}


@dataclass(frozen=True)
class LawRead:
    """The law that is read for dossiers received on `day`, and why.

    `later`: texts in force by then that were not read; `read_until`: the last day before the first
    of them. `refusal` says why no law is known for the day, "" otherwise.
    """

    day: date
    because: str = ""
    grade: str = ""
    beside: date | None = None
    later: tuple[str, ...] = ()
    read_until: date | None = None
    refusal: str = ""


def law_read(book: Book, day: date) -> LawRead:
    reviews = [review for award in book.awards.values() if (review := award.review(day))]
    later = tuple(dict.fromkeys(review.text for review in reviews))
    since = min((review.since for review in reviews), default=None)
    read_until = since - timedelta(days=1) if since else None
    try:
        applied = applicable("criteria", book=book, received=day)
    except Refused as refusal:
        return LawRead(day, later=later, read_until=read_until, refusal=_(str(refusal)))
    return LawRead(day, applied.because, applied.grade, applied.beside, later, read_until)


def verdict_of(answer: Answer) -> str:
    """The verdict as pages show it: by the law that was read, unless an open matter stops it."""
    return answer.verdict if answer.verdict == "suspended" else answer.as_read


def best_branch(answer: Answer) -> BranchAnswer | None:
    """The branch that is nearest; of several alike the one by merit, which is that of everybody."""
    return max(
        answer.branches,
        key=lambda branch: (_BEST.index(branch.as_read), branch.of_class == "merit"),
        default=None,
    )


def lacking(answer: Answer, branch: BranchAnswer | None) -> list[Finding]:
    """What an answer lacks by a branch: what is not met, or else what is to judge; what can be
    counted first, what only a person judges last."""
    asked = branch.branch if branch and branch.as_read != "met" else ""
    on_the_way = [
        finding
        for finding in answer.findings
        if finding.kind not in BESIDE and (not branch or finding.branch in ("", asked))
    ]
    for verdict in ("unmet", "judge"):
        found = [finding for finding in on_the_way if finding.as_read == verdict]
        if found:
            return sorted(found, key=lambda finding: _LAST.get(finding.kind, 0))
    return []


_LAST = {"double": 1, "judgement": 2, "local": 3}


def summary(answer: Answer) -> str:
    """In one line what an answer lacks; "" where nothing. Where only another branch is open, what
    lacks by merit, the way of everybody."""
    verdict = verdict_of(answer)
    if verdict == "suspended":
        return _("Có vụ việc đang xem xét")
    if verdict == "met":
        return ""
    by_merit = [branch for branch in answer.branches if branch.of_class == "merit"]
    if verdict == "judge" and by_merit and all(each.as_read == "unmet" for each in by_merit):
        return _("Theo công trạng chưa đạt. %(what)s") % {
            "what": _in_a_line(lacking(answer, by_merit[0]))
        }
    return _in_a_line(lacking(answer, best_branch(answer)))


def _in_a_line(found: list[Finding]) -> str:
    if not found:
        return ""
    first, measure = found[0], measure_as_read(found[0])
    text = f"{first.criterion}: {measure}" if measure else first.criterion
    if len(found) == 1:
        return text
    return _("%(first)s; và %(count)d điều kiện khác") % {"first": text, "count": len(found) - 1}


def counted(book: Book, day: date) -> set[str]:
    """The awards with a condition that the register can measure; on the others it says nothing."""
    return {
        code
        for code, planned in plan(book, day).awards.items()
        if any(isinstance(step, Leaf) and step.kind in _MEASURED for step in planned.order)
    }


_MEASURED = {
    "rating",
    "award",
    "after",
    "initiative",
    "share",
    "members",
    "tenure",
    "meets",
    "retiring",
    "undisciplined",
}


def measure_as_read(finding: Finding) -> str:
    """The measure without the words by which a later law sets it off: the page says them once."""
    begin, _semicolon, rest = finding.measure.partition("; ")
    if begin.startswith(_READ):
        return rest
    return finding.measure


_READ = "theo bản luật đã đọc: "


def evidence_names(facts: Facts, names: dict[str, str]) -> dict[str, str]:
    """What stands behind each reference of the facts, in words; `names` of awards by code."""
    named = {
        held.ref: f"{names.get(held.code, held.code)} {held.year}"
        for held in facts.awards
        if held.ref
    }
    for year, reference in facts.ratings_refs.items():
        level = YearRating.Level(facts.ratings[year]).label
        named[reference] = _("Xếp loại %(year)s: %(level)s") % {"year": year, "level": level}
    for known in facts.initiatives:
        named[known.ref] = _("Sáng kiến %(year)s: %(title)s") % {
            "year": known.year,
            "title": known.title,
        }
    for measure in facts.disciplines:
        named[measure.ref] = _("Kỷ luật từ %(day)s") % {"day": f"{measure.since:%d/%m/%Y}"}
    return named


@dataclass(frozen=True)
class Condition:
    """A finding as pages show it; `evidence`: words and address of each record it stands on."""

    finding: Finding
    measure: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """An answer as pages show it: what holds for all of its branches, then each branch.

    `since`: the first day of the conditions that were asked, None where there are none. `beside`:
    what stands beside the conditions; `opens`: the branch that is nearest, to be shown open;
    `after`: what comes after the conditions and the City or the office sets.
    """

    answer: Answer
    verdict: str
    summary: str
    since: date | None
    common: tuple[Condition, ...]
    branches: tuple[tuple[BranchAnswer, tuple[Condition, ...]], ...]
    beside: tuple[Condition, ...]
    opens: str
    after: tuple[Next, ...]


def told(answer: Answer, names: dict[str, str], after: tuple[Next, ...] = ()) -> Told:
    """The answer with its evidence in words, `names` by reference, and what comes after it."""

    def conditions(branch: str) -> tuple[Condition, ...]:
        return tuple(
            _condition(finding, names)
            for finding in answer.findings
            if finding.branch == branch and finding.kind not in BESIDE
        )

    nearest = best_branch(answer)
    return Told(
        answer=answer,
        verdict=verdict_of(answer),
        summary=summary(answer),
        since=date.fromisoformat(answer.version) if answer.version else None,
        common=conditions(""),
        branches=tuple((branch, conditions(branch.branch)) for branch in answer.branches),
        beside=tuple(
            _condition(finding, names)
            for finding in answer.findings
            if finding.kind in ("open_matter", "version")
        ),
        opens=nearest.branch if nearest else "",
        after=after,
    )


def _condition(finding: Finding, names: dict[str, str]) -> Condition:
    return Condition(
        finding,
        measure_as_read(finding),
        tuple(
            (names[reference], address)
            for reference in dict.fromkeys(finding.evidence)
            if reference in names and (address := address_of(reference))
        ),
    )
