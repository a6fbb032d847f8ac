"""The papers of an office: as a tree to lay out, and what is still in the way of issuing them."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vinhdanh.common.refusal import Refused
from vinhdanh.journal.models import Line
from vinhdanh.journal.queries import lines_about
from vinhdanh.papers.rules import enclosing, fields, kinds, stored, text
from vinhdanh.papers.rules import tree as parts
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.models import Letterhead, Paper, Signer
from vinhdanh.secretariat.rules import papers as rules
from vinhdanh.secretariat.rules import wording

_YEAR = Coalesce(ExtractYear("signed_on"), ExtractYear("created_at"))
_WORDS = ("subject", "addressees", "text", "recipients")


@dataclass(frozen=True)
class Obstacle:
    """Why a draft cannot be issued yet, and where that is mended."""

    text: str
    url: str = ""


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of papers as (code, name)."""
    return [(kind.code, _(kind.name)) for kind in kinds.KINDS.values()]


def listed(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    """The papers with what a list shows, and `year`: signed in, or begun in while a draft."""
    found = papers.select_related("office", "number", "created_by").annotate(year=_YEAR)
    return found.defer("text", "tables", "annexes", "frozen", "recipients", "addressees")


def years(papers: QuerySet[Paper]) -> list[int]:
    """The years in which these papers were signed or begun, the latest first."""
    found = papers.order_by().annotate(year=_YEAR).values_list("year", flat=True).distinct()
    return sorted(found, reverse=True)


def letterhead_of(office: Unit) -> Letterhead:
    """The letterhead of the office; until one is kept, an unsaved one made of the unit's names."""
    kept = Letterhead.objects.filter(office=office).first()
    if kept:
        return kept
    upper = office.parent.name if office.parent else ""
    return Letterhead(
        office=office, upper_name=upper, issuer_name=office.name, code=office.short_name
    )


def head(paper: Paper) -> dict[str, Any]:
    """What stands on the paper beside its own words, as it is frozen when the paper is issued:
    `letterhead` and `signature` as in papers.rules.tree, `sign` and `drafter_mark`."""
    letterhead = letterhead_of(paper.office)
    signer = paper.signer
    return {
        "letterhead": asdict(printed(letterhead)),
        "signature": asdict(signature_of(signer)) if signer else None,
        "sign": kinds.sign(paper.kind, letterhead.code, letterhead.drafting_code),
        "drafter_mark": letterhead.drafter_mark,
    }


def printed(letterhead: Letterhead) -> parts.Letterhead:
    """The letterhead as it is printed."""
    return parts.Letterhead(
        upper=letterhead.upper_name,
        issuer=letterhead.issuer_name,
        place=letterhead.place,
        address=letterhead.address,
        phone=letterhead.phone,
        fax=letterhead.fax,
        email=letterhead.email,
        website=letterhead.website,
    )


def signature_of(signer: Signer) -> parts.Signature:
    """How the signer signs, as it is printed."""
    return rules.signature(
        capacity=signer.capacity, principal=signer.principal, title=signer.title, name=signer.name
    )


def tree(paper: Paper) -> parts.Paper:
    """The paper as a tree: a draft as it stands, an issued one as it was frozen.

    Raises Refused when the text places a table that the paper does not have.
    """
    is_kept = paper.state in {Paper.State.ISSUED, Paper.State.VOID}
    fixed = paper.frozen if is_kept else head(paper)
    number = paper.number.number if is_kept and paper.number else None
    return _tree(paper, fixed, number=number, is_draft=not is_kept)


def numbered(paper: Paper, fixed: dict[str, Any], *, number: int) -> parts.Paper:
    """The tree of a draft as it will be issued with this number; `fixed` is its `head`."""
    return _tree(paper, fixed, number=number, is_draft=False)


def _tree(
    paper: Paper, fixed: dict[str, Any], *, number: int | None, is_draft: bool
) -> parts.Paper:
    tables = {name: stored.table_from_json(table) for name, table in paper.tables.items()}
    signed = fixed["signature"]
    return parts.Paper(
        kind=paper.kind,
        letterhead=parts.Letterhead(**fixed["letterhead"]),
        sign=fixed["sign"],
        subject=paper.subject,
        parts=text.parse(paper.text, tables),
        signature=parts.Signature(**signed) if signed else None,
        number=number,
        signed_on=None if is_draft else paper.signed_on,
        addressees=rules.lines(paper.addressees),
        recipients=rules.lines(paper.recipients),
        annexes=tuple(
            _enclosed(stored.annex_from_json(annex), paper, fixed, number)
            for annex in paper.annexes
        ),
        urgency=paper.urgency,
        drafter_mark=fixed["drafter_mark"],
        is_draft=is_draft,
        secretary=rules.secretary(paper.secretary),
    )


def _enclosed(
    annex: parts.Annex, paper: Paper, fixed: dict[str, Any], number: int | None
) -> parts.Annex:
    """The annex with what it goes with, unless it says so by itself."""
    signed_on = paper.signed_on if number else None
    issuer = fixed["letterhead"]["issuer"]
    note = enclosing.note(paper.kind, number, fixed["sign"], signed_on, issuer)
    return annex if annex.note else replace(annex, note=note)


def line_count(paper: Paper) -> int:
    """How many paragraphs, and rows of tables, it has in all, those of annexes too."""
    in_text = paper.text.count("\n") + 1
    in_tables = sum(len(table["rows"]) for table in paper.tables.values())
    in_annexes = sum(
        1 + len(part.get("rows", ())) for annex in paper.annexes for part in annex["parts"]
    )
    return in_text + in_tables + in_annexes


def is_long(paper: Paper) -> bool:
    """Whether laying it out takes longer than a person waits."""
    return line_count(paper) > rules.MOST_LINES_AT_ONCE


def obstacles(paper: Paper) -> list[Obstacle]:
    """What stands in the way of issuing a draft, in the order in which it is best mended."""
    return [*_of_the_office(paper), *_of_the_words(paper)]


def _of_the_office(paper: Paper) -> list[Obstacle]:
    found = []
    if not Letterhead.objects.filter(office=paper.office_id).exists():
        none = _("Chưa nhập thông tin trên văn bản của cơ quan (tên, địa danh, ký hiệu).")
        letterhead = reverse("secretariat:letterhead", args=[paper.office_id])
        found.append(Obstacle(none, letterhead))
    if paper.signer is None:
        found.append(Obstacle(_("Chưa chọn người ký."), "#id_signer"))
    elif not paper.signer.is_active:
        gone = _("%(signer)s không còn ký văn bản; hãy chọn người ký khác.")
        found.append(Obstacle(gone % {"signer": paper.signer.name}, "#id_signer"))
    return found


def _of_the_words(paper: Paper) -> list[Obstacle]:
    found = []
    if paper.kind == "letter" and not rules.lines(paper.addressees):
        found.append(Obstacle(_("Công văn phải ghi nơi kính gửi."), "#id_addressees"))
    if not paper.text.strip() and not paper.annexes:
        found.append(Obstacle(_("Văn bản chưa có nội dung."), "#id_text"))
    for name in _WORDS:
        words = getattr(paper, name)
        for field in fields.names(words):
            left = _("Trường {%(field)s} chưa được điền.") % {"field": field}
            found.append(Obstacle(left, f"#id_{name}"))
        empty = rules.blanks(words)
        if empty:
            sentence = ngettext(
                "Còn %(count)d dòng có chỗ trống phải điền: “%(line)s”.",
                "Còn %(count)d dòng có chỗ trống phải điền, dòng đầu: “%(line)s”.",
                len(empty),
            )
            told = sentence % {"count": len(empty), "line": empty[0][:80]}
            found.append(Obstacle(told, f"#id_{name}"))
    try:
        tree(paper)
    except Refused as refusal:
        found.append(Obstacle(str(refusal), "#id_text"))
    return found


def asked_fields(kind: str, words: Any) -> list[wording.Field]:
    """The fields that a wording names and the system does not fill by itself, in the order of use.

    `words` has subject, addressees, text and recipients: a version of a template, or a built-in
    wording.
    """
    used = fields.names("\n".join(getattr(words, name) for name in _WORDS))
    known = {field.name: field for field in wording.fields(kind)}
    asked = [known.get(name) or wording.Field(name, "") for name in used]
    return [field for field in asked if not field.is_given]


def history(paper: Paper) -> QuerySet[Line]:
    """What was done with the paper."""
    return lines_about(paper)
