"""What of an award's conditions years to come can bring about, and what they look at."""

from collections.abc import Iterator

from vinhdanh.honours.rules.plan import Leaf, Node, Plan
from vinhdanh.law.awards import Award
from vinhdanh.law.criteria import Meets, OfKind

# Conditions that years to come do not bring about: who somebody is, what only a person judges.
GIVEN = {"judgement", "occupation", "sort", "recipient", "once", "undisciplined"}
# At least one of these makes a clause one to plan by: an initiative alone is no path.
_YEARLY = {"rating", "award", "after", "share", "members", "tenure", "meets"}


def leaves(node: Node, recipient: str | None = None) -> Iterator[Leaf]:
    """Every condition in the group, in the order of the text; with `recipient`, none of a group
    that is for others."""
    if any(
        isinstance(part, Leaf)
        and isinstance(part.criterion, OfKind)
        and recipient not in (None, *part.criterion.one_of)
        for part in node.parts
    ):
        return
    if node.base:
        yield node.base
    for part in node.parts:
        if isinstance(part, Node):
            yield from leaves(part, recipient)
        else:
            yield part


def apart(award: Award, root: Node, law: Plan) -> int:
    """After how many years it may be conferred again: one achievement is not honoured twice."""
    return span(root, law) if award.kind == "commendation" else 1


def span(node: Node, law: Plan) -> int:
    """The longest row of years that its conditions look at, those of other awards included."""
    met = (
        other
        for leaf in node.parts
        if isinstance(leaf, Leaf) and isinstance(leaf.criterion, Meets)
        for other in met_by(leaf.criterion, law)
    )
    inner = (part for part in node.parts if isinstance(part, Node))
    return max([node.span, *(span(each, law) for each in (*met, *inner))])


def met_by(asked: Meets, law: Plan) -> list[Node]:
    """The groups of the other award of which one must be fulfilled, as far as they can be."""
    other = law.awards[asked.award]
    if other.root is None:
        return []
    named = [other.branches[branch] for branch in asked.branches if branch in other.branches]
    return [node for node in (named if asked.branches else [other.root]) if is_countable(node, law)]


def is_countable(part: Leaf | Node, law: Plan) -> bool:
    """Whether years to come can fulfil it: something in it is counted, and nothing that must hold
    is a choice among what only a person judges."""
    if isinstance(part, Leaf):
        if isinstance(part.criterion, Meets):
            return bool(met_by(part.criterion, law))
        return part.kind not in GIVEN
    if part.branch and not any(leaf.kind in _YEARLY for leaf in leaves(part)):
        return False
    if part.any:
        return any(is_countable(each, law) for each in part.parts)
    choices = (each for each in part.parts if isinstance(each, Node) and each.any)
    return all(is_countable(each, law) for each in choices) and any(
        is_countable(each, law) for each in part.parts
    )
