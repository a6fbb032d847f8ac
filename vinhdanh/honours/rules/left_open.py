"""What a finding says where the office chose between two readings of the law, or has not chosen."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from vinhdanh.honours.rules.facts import Facts
from vinhdanh.honours.rules.measures import Reckoning
from vinhdanh.honours.rules.offices import BOTH_CHAINS, CHAINS, INITIATIVES, OFTEN, LocalRule
from vinhdanh.honours.rules.plan import Leaf
from vinhdanh.honours.rules.records import REACHES


class Left(NamedTuple):
    """The words, the value of the office that decides; or `code` of the content it has not set."""

    words: str = ""
    rules: tuple[LocalRule, ...] = ()
    code: str = ""


_NOTHING = Left()


def of_chain(reckoning: Reckoning, leaf: Leaf, facts: Facts, years: Sequence[int]) -> Left:
    """Where the chain that suffices, of awards in `years`, stood for an earlier award already."""
    if not reckoning.may_share(leaf):
        return _NOTHING
    earlier = max(
        (
            each.period[1] if each.period else each.year
            for each in facts.awards
            if each.code == leaf.award and each.year <= facts.year
        ),
        default=0,
    )
    begin = reckoning.records.first_year + int(reckoning.starts(leaf.window, leaf.merit)[1][0])
    inside = [year for year in years if year >= begin]
    again = [year for year in _last_chain(leaf, inside) if year <= earlier]
    if not again:
        return _NOTHING
    used = f"{_listed(again)} đã tính cho {reckoning.plan.book.awards[leaf.award].name} trước đó"
    rule = _rule(reckoning, CHAINS, leaf.award)
    if rule is None:
        return Left(f"{used}, có tính lần nữa hay không thì cơ quan chưa chọn", code=CHAINS)
    if rule.value == BOTH_CHAINS:
        return Left(f"{used}, được tính lần nữa", (rule,))
    return Left(f"{used}, không tính lần nữa", (rule,))


def _last_chain(leaf: Leaf, years: Sequence[int]) -> list[int]:
    """The last years of the latest chain that is long enough; none where no chain is."""
    asked: Any = leaf.criterion
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and (year - runs[-1][-1] <= asked.spacing or not asked.certain_spacing):
            runs[-1].append(year)
        else:
            runs.append([year])
    long_enough = [run for run in runs if len(run) >= asked.at_least]
    return long_enough[-1][-asked.at_least :] if long_enough else []


def of_initiatives(reckoning: Reckoning, leaf: Leaf, facts: Facts) -> Left:
    """Where initiatives are asked of which too few certainly stood for no award that is held."""
    if reckoning.offices is None or leaf.left != INITIATIVES or not facts.initiatives:
        return _NOTHING
    asked: Any = leaf.criterion
    begin = reckoning.records.first_year + int(reckoning.starts(leaf.window, leaf.merit)[0][0])
    if asked.within:
        begin = facts.year - asked.within + 1
    is_title = reckoning.plan.book.awards[leaf.award].kind == "title"
    counted = [
        (each.year, used)
        for each, used in zip(
            facts.initiatives, reckoning.may_be_used(is_title).tolist(), strict=True
        )
        if begin <= each.year <= facts.year
        and REACHES.index(each.reach) >= REACHES.index(asked.reach)
    ]
    again = sorted({year for year, used in counted if used})
    if not again or sum(not used for _year, used in counted) >= asked.at_least:
        return _NOTHING
    said = f"sáng kiến {_listed(again)} có thể đã dùng cho lần khen trước"
    rule = _rule(reckoning, INITIATIVES, "")
    if rule is None:
        return Left(f"{said}, có dùng lại được hay không thì cơ quan chưa chọn", code=INITIATIVES)
    if rule.value == OFTEN:
        return Left(f"{said}, được dùng nhiều lần", (rule,))
    return Left(f"{said}, chỉ dùng một lần nên để người xét", (rule,))


def _rule(reckoning: Reckoning, code: str, award: str) -> LocalRule | None:
    assert reckoning.offices is not None
    (local,) = reckoning.offices.local
    return local.get((code, award))


def _listed(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))
