"""What was measured for one recipient, in words: the measure, what is needed, the evidence.

Sentences are Vietnamese, as the law is (see `law.words`), and short: "2 trong 3 năm liên tục:
2023, 2024; 2021 chưa có xếp loại".
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import compress
from typing import Any, NamedTuple

from vinhdanh.honours.rules import left_open
from vinhdanh.honours.rules.facts import Facts, HeldAward
from vinhdanh.honours.rules.measures import JUDGE, MET, Reckoning
from vinhdanh.honours.rules.offices import LocalRule
from vinhdanh.honours.rules.plan import Leaf, Node
from vinhdanh.honours.rules.records import RATINGS, REACHES
from vinhdanh.honours.rules.tally import BESIDE_MERIT
from vinhdanh.honours.rules.tenure import YEAR
from vinhdanh.law import words
from vinhdanh.law.criteria import Rated

_MATTERS = {
    "petition": "có đơn khiếu nại, tố cáo",
    "investigation": "đang bị điều tra",
    "inspection": "đang thanh tra, kiểm tra có dấu hiệu vi phạm",
    "discipline": "đang xem xét kỷ luật",
}
_SEVERAL = 5


class Told(NamedTuple):
    """The measure in words, the years and the references of what was counted.

    `local`: the office's values that the measure stands on; `open`: the content it has not set.
    """

    measure: str
    years: tuple[int, ...] = ()
    evidence: tuple[str, ...] = ()
    local: tuple[LocalRule, ...] = ()
    open: str = ""


def measured(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    """What was found for a leaf; `reckoning` is of these facts alone."""
    return _TOLD[leaf.kind](reckoning, leaf, facts)


def twice(reckoning: Reckoning, facts: Facts, code: str, *, since: int) -> Told:
    """The same award conferred before for an achievement of the year `since` or later."""
    held = [
        award
        for award in _held(reckoning, facts, (code,))
        if (award.period[1] if award.period else award.year) >= since
    ]
    return Told(f"đã được tặng: {_awards(held, reckoning)}", *_of(held))


def open_matters(facts: Facts) -> str:
    return "; ".join(_MATTERS.get(each, each) for each in facts.open_matters)


def listed(years: Iterable[int]) -> str:
    """Years in their order, "2023, 2024"; many in a row as "2016–2024"."""
    found: list[list[int]] = []
    for year in sorted(set(years)):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= _SEVERAL else ", ".join(map(str, run)) for run in found
    )


def _sentence(*parts: str) -> str:
    return "; ".join(filter(None, parts))


# Ratings


def _rating(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    asked: Rated = leaf.criterion  # type: ignore[assignment]
    offset = reckoning.records.first_year
    certain, possible = (
        offset + int(start[0]) for start in reckoning.starts(leaf.window, leaf.merit)[:2]
    )
    begin = facts.year - asked.years + 1 if asked.span == "ending" else offset
    window = range(max(begin, possible, offset), facts.year + 1)
    known = reckoning.rated(leaf.floors[0], leaf.merit)
    bound = reckoning.rated(leaf.floors[-1], leaf.merit)
    sure, maybe, bounded = (
        grid[window.start - offset :, 0].tolist() for grid in (known.sure, known.maybe, bound.maybe)
    )
    reached = [*compress(window, sure)]
    failed = [year for year, holds in zip(window, bounded, strict=True) if not holds]
    missing = [
        year
        for year, holds, is_known in zip(window, maybe, sure, strict=True)
        if holds and not is_known
    ]
    if asked.span in {"ending", "whole"}:
        failed = failed[-1:]
        reached = [year for year in reached if year > max(failed, default=0)]
        missing = [year for year in missing if year > max(failed, default=0)]
    told = _sentence(
        _counted(asked, [year for year in reached if year >= certain], missing, facts),
        *(_level(facts, year, asked) for year in failed if asked.span != "count"),
        f"{listed(missing[-asked.years :])} chưa có xếp loại" if missing else "",
        f"{listed(partly)} để người xét"
        if (partly := [year for year in reached if year < certain])
        else "",
        _since_discipline(reckoning, facts),
    )
    refs = (facts.ratings_refs.get(year, "") for year in (*reached, *failed))
    return Told(told, tuple(reached), tuple(filter(None, refs)))


def _counted(asked: Rated, reached: Sequence[int], missing: Sequence[int], facts: Facts) -> str:
    if asked.years == 1 and asked.span == "ending":
        return _level(facts, facts.year, asked) if reached else ""
    count = _longest(reached) if asked.span == "run" else len(reached)
    many = f"{count} trong {asked.years} năm" if count < asked.years else f"{count} năm"
    is_in_a_row = asked.span != "count" and asked.years > 1
    in_a_row = " liên tục" if is_in_a_row and not (missing and count >= asked.years) else ""
    return f"{many}{in_a_row}" + (f": {listed(reached)}" if reached else "")


def _longest(years: Sequence[int]) -> int:
    """The most years in a row."""
    longest = current = 0
    for place, year in enumerate(years):
        current = current + 1 if place and years[place - 1] == year - 1 else 1
        longest = max(longest, current)
    return longest


def _level(facts: Facts, year: int, asked: Rated) -> str:
    rating = facts.ratings.get(year)
    if rating is None or (
        asked.or_award
        and RATINGS.index(rating) < RATINGS.index(asked.at_least)
        and any(held.code in asked.or_award and held.year == year for held in facts.awards)
    ):
        return f"{year}: danh hiệu được tính thay xếp loại"
    return f"{year}: {words.RATINGS[rating]}"


def _since_discipline(reckoning: Reckoning, facts: Facts) -> str:
    if not facts.disciplines or not int(reckoning.counted_from[0][0]):
        return ""
    last = max(each.until or date.max for each in facts.disciplines)
    if last == date.max:
        return "đang chấp hành kỷ luật"
    day = date.fromordinal(last.toordinal() + 1)
    return f"tính từ {day:%m/%Y}, sau khi chấp hành xong kỷ luật"


# Awards


def _held(reckoning: Reckoning, facts: Facts, codes: Sequence[str]) -> list[HeldAward]:
    found = (held for held in facts.awards if held.code in codes and held.year <= facts.year)
    return sorted(found, key=lambda held: (held.year, held.code))


def _of(held: Sequence[HeldAward]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    return tuple(each.year for each in held), tuple(each.ref for each in held if each.ref)


def _awards(held: Sequence[HeldAward], reckoning: Reckoning) -> str:
    """ "Chiến sĩ thi đua cơ sở 2023, 2024"."""
    known = reckoning.plan.book.awards
    codes = dict.fromkeys(each.code for each in held)
    return "; ".join(
        f"{known[code].name if code in known else code}"
        f" {', '.join(str(each.year) for each in held if each.code == code)}"
        for code in codes
    )


def _award(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    asked: Any = leaf.criterion
    measure = reckoning.measure(leaf)
    low, high = int(measure.low[0]), int(measure.high[0])
    held = _held(reckoning, facts, asked.codes)
    left = left_open.of_chain(reckoning, leaf, facts, [each.year for each in held])
    starts = reckoning.chain_starts(leaf, *reckoning.starts(leaf.window, leaf.merit)[:2])
    certain, possible = (reckoning.records.first_year + int(start[0]) for start in starts)
    is_bounded = asked.span != "ever" and (
        leaf.window or reckoning.counted_from[1][0] > 0 or left.rules
    )
    inside = [each for each in held if not is_bounded or each.year >= possible]
    in_a_row, chain = "", ""
    if asked.span == "ending":
        sure = [each.year for each in inside if each.certain and not _is_other(leaf, [each])]
        alive = _alive([year for year in sure if year >= certain], asked.spacing, facts.year)
        low = max(low, alive)
        in_a_row = " liên tục" if asked.at_least > 1 else ""
        if asked.at_least <= high and inside and inside[-1].year < facts.year:
            chain = f"lần gần nhất năm {inside[-1].year}"
    many = f"{low} trong {asked.at_least} lần" if low < asked.at_least else f"{low} lần"
    outside = "" if inside or not held else f"ngoài thời gian xét: {_awards(held, reckoning)}"
    told = _sentence(
        many + in_a_row + (f": {_awards(inside, reckoning)}" if inside else ""),
        chain,
        _not_certain(leaf, inside),
        outside,
        left.words,
        _since_discipline(reckoning, facts) if is_bounded else "",
    )
    return Told(told, *_of(inside), local=left.rules, open=left.code)


def _alive(years: Sequence[int], spacing: int, year: int) -> int:
    """How many follow each other up to the year, or the year before."""
    count, last = 0, year
    for each in sorted(set(years), reverse=True):
        if last - each > spacing:
            break
        count, last = count + 1, each
    return count


def _not_certain(leaf: Leaf, held: Sequence[HeldAward]) -> str:
    return _sentence(
        "có lần thuộc loại hình khác, để người xét" if _is_other(leaf, held) else "",
        "có lần chưa chắc được tính, để người xét"
        if any(not each.certain for each in held)
        else "",
    )


def _is_other(leaf: Leaf, held: Sequence[HeldAward]) -> bool:
    return leaf.merit and any(each.of_class in BESIDE_MERIT for each in held)


def _after(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    held = _held(reckoning, facts, leaf.criterion.codes)  # type: ignore[attr-defined]
    if not held:
        return Told("chưa được tặng")
    low, high = (int(start[0]) for start in reckoning.starts(leaf.window, leaf.merit)[:2])
    first = reckoning.records.first_year
    if not int(reckoning.measure(leaf).high[0]):
        return Told(f"{_awards(held, reckoning)}: thuộc loại hình không làm căn cứ", *_of(held))
    since = f"tính từ năm {first + low}"
    if high < low:
        since += f", có thể từ năm {first + high}"
    is_other = "loại hình khác công trạng, để người xét" if _is_other(leaf, held) else ""
    return Told(_sentence(_awards(held, reckoning), since, is_other), *_of(held))


def _initiative(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    asked: Any = leaf.criterion
    measure = reckoning.measure(leaf)
    low, high = int(measure.low[0]), int(measure.high[0])
    wide = REACHES.index(asked.reach)
    known = sorted(
        (each for each in facts.initiatives if REACHES.index(each.reach) >= wide),
        key=lambda each: each.year,
    )
    known = [each for each in known if each.year <= facts.year]
    many = f"{low} trong {asked.at_least}" if low < asked.at_least else str(low)
    text = f"{many} sáng kiến"
    if known:
        text += f": {', '.join(str(each.year) for each in known)}"
    years = tuple(each.year for each in known)
    left = left_open.of_initiatives(reckoning, leaf, facts)
    is_elder = low < asked.at_least <= high and not left.words
    elder = "có sáng kiến của năm trước đó, để người xét" if is_elder else ""
    refs = tuple(each.ref for each in known if each.ref)
    return Told(_sentence(text, elder, left.words), years, refs, left.rules, left.code)


# A collective and its members


def _share(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    members = facts.members
    part = getattr(members, leaf.criterion.of, None)  # type: ignore[attr-defined]
    if not members or not members.total or part is None:
        return Told("chưa có số thành viên")
    share = f"{100 * part / members.total:.1f}".replace(".", ",")
    return Told(f"{part}/{members.total} thành viên, {share}%")


def _members(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    members = facts.members
    who = leaf.criterion.who  # type: ignore[attr-defined]
    count = getattr(members, who) if members else None
    if count is None:
        return Told("chưa có số thành viên")
    return Told(f"{count} {_WHO[who]}")


_WHO = {"grassroots_fighters": "Chiến sĩ thi đua cơ sở", "disciplined": "người bị kỷ luật"}


def _age(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    if not facts.founded_on:
        return Told("chưa có ngày thành lập")
    return Told(f"thành lập {facts.founded_on:%d/%m/%Y}")


# A career


def _tenure(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    asked: Any = leaf.criterion
    if not facts.positions:
        return Told("chưa giữ chức vụ này")
    served, known = reckoning.served(), reckoning.plan.book.positions
    measure = reckoning.measure(leaf)
    is_judged = not measure.low[0] and measure.high[0]
    above = ""
    if is_judged:
        above = (
            "thuộc mức xét hạng cao hơn" if facts.sex or not asked.women else "chưa rõ giới tính"
        )
    reduced = ""
    if asked.women and facts.sex == "female" and not facts.later_retirement:
        reduced = f"nữ: tính {asked.women.numerator}/{asked.women.denominator} thời gian"
    times, higher = [], 0
    for title in sorted(
        {each.title for each in asked.positions}, key=lambda each: known[each].rank
    ):
        time = int(served.time(title)[0])
        together = ", cả chức vụ cao hơn" if higher else ""
        times.append(f"{known[title].name}{together}: {_time(time)}")
        higher = time
    others = ", ".join(sorted({each.title for each in facts.positions} - set(known)))
    return Told(_sentence(*times, f"không tính: {others}" if others else "", reduced, above))


def _time(time: int) -> str:
    years, days = divmod(time, YEAR)
    months = days * 12 // YEAR
    return f"{years} năm" + (f" {months} tháng" if months else "")


def _undisciplined(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    count = -int(reckoning.measure(leaf).low[0])
    if not count:
        return Told("không bị kỷ luật")
    refs = tuple(each.ref for each in facts.disciplines if each.ref)
    begun = ", ".join(f"{each.since:%d/%m/%Y}" for each in facts.disciplines)
    return Told(f"{count} lần bị kỷ luật, từ {begun}", evidence=refs)


def _retiring(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    if not facts.retires_on:
        return Told("chưa có thông báo nghỉ hưu")
    return Told(f"nghỉ hưu từ {facts.retires_on:%d/%m/%Y}")


def _once(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    held = _held(reckoning, facts, (leaf.award,))
    if not held:
        return Told("chưa được tặng")
    return Told(f"đã được tặng: {_awards(held, reckoning)}", *_of(held))


# Another award, and what the recipient is


def _meets(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    asked: Any = leaf.criterion
    other = reckoning.plan.awards[asked.award]
    if other.root is None:
        return Told("chưa có điều kiện của ngày này")
    nodes = [other.branches[branch] for branch in asked.branches if branch in other.branches]
    best = max((_reached(reckoning, node) for node in nodes or [other.root]), key=_rank)
    rest = f"{best.judged} điều kiện để người xét" if best.judged else ""
    return Told(_sentence(f"đạt {best.met}/{best.total} điều kiện", rest))


class _Reached(NamedTuple):
    """How many single conditions of a group are met, and how many a person judges."""

    verdict: int
    met: int
    judged: int
    total: int


def _rank(reached: _Reached) -> tuple[int, float]:
    return reached.verdict, reached.met / reached.total


def _reached(reckoning: Reckoning, part: Leaf | Node) -> _Reached:
    """Of a group of which any part suffices, those of the best part."""
    if isinstance(part, Leaf):
        verdict = int(reckoning.verdict(part)[0])
        return _Reached(verdict, int(verdict == MET), int(verdict == JUDGE), 1)
    inner = [_reached(reckoning, each) for each in part.parts]
    if part.any:
        inner = [max(inner, key=_rank)]
    if part.base:
        inner.append(_reached(reckoning, part.base))
    return _Reached(
        min(each.verdict for each in inner),
        sum(each.met for each in inner),
        sum(each.judged for each in inner),
        sum(each.total for each in inner),
    )


def _occupation(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    known = words.OCCUPATIONS.get(facts.occupation, "")
    return Told(known or "chưa rõ nghề nghiệp")


def _recipient(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    return Told(words.RECIPIENTS[facts.recipient])


def _sort(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    measure = reckoning.measure(leaf)
    if measure.low[0]:
        return Told("thuộc đối tượng này")
    return Told("chưa khai đối tượng" if measure.high[0] else "không thuộc đối tượng này")


def _nothing(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Told:
    return Told("")


_TOLD: dict[str, Callable[[Reckoning, Leaf, Facts], Told]] = {
    "rating": _rating,
    "award": _award,
    "after": _after,
    "initiative": _initiative,
    "share": _share,
    "members": _members,
    "age": _age,
    "tenure": _tenure,
    "undisciplined": _undisciplined,
    "retiring": _retiring,
    "once": _once,
    "meets": _meets,
    "occupation": _occupation,
    "recipient": _recipient,
    "sort": _sort,
    "judgement": _nothing,
}
