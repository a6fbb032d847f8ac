"""Papers: drafted, edited, issued with a number or discarded, made void."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import File
from vinhdanh.journal import actions as journal
from vinhdanh.papers.rules import fields, kinds
from vinhdanh.papers.rules.docx import docx
from vinhdanh.papers.rules.pdf import pdf
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.actions import registers
from vinhdanh.secretariat.actions.running import day_of, must_run
from vinhdanh.secretariat.models import Paper, Signer, Template, TemplateVersion
from vinhdanh.secretariat.queries import papers as queries
from vinhdanh.secretariat.queries import templates
from vinhdanh.secretariat.queries.registers import next_number
from vinhdanh.secretariat.rules import papers as rules
from vinhdanh.secretariat.rules import wording

_TYPED = ("subject", "addressees", "text", "recipients", "urgency", "signer", "secretary")
ISSUE_JOB = "vinhdanh.secretariat.tasks.issue_paper"


@dataclass(frozen=True)
class Draft:
    """What of a draft is typed; `addressees` and `recipients` one a line."""

    subject: str
    text: str
    addressees: str = ""
    recipients: str = ""
    urgency: str = ""
    signer: Signer | None = None
    secretary: str = ""


@transaction.atomic
def draft(
    office: Unit,
    kind: str,
    *,
    subject: str,
    text: str,
    by: User,
    at: datetime,
    addressees: str = "",
    recipients: str = "",
    tables: Mapping[str, Any] | None = None,
    annexes: list[Any] | None = None,
    about: tuple[str, str] = ("", ""),
    secretary: str = "",
    made_from: TemplateVersion | None = None,
) -> Paper:
    """Begin a paper (dự thảo) of the office; the first of its signers is put down to sign.

    `kind` is a code of papers.rules.kinds; `text` one paragraph a line, `{bảng tên}` where
    `tables["tên"]` goes; `tables` and `annexes` are JSON as of papers.rules.stored; `about` is a
    label and an address of what it is about; `secretary` is who took the minutes. Without
    `recipients` those of the letterhead are put down. Raises Refused to whoever does not run the
    office, and without a subject.
    """
    must_run(office, by=by, at=at)
    paper = Paper.objects.create(
        office=office,
        kind=kinds.KINDS[kind].code,
        subject=given(squeeze(subject), _("Hãy ghi trích yếu."))[:500],
        addressees=addressees.strip(),
        text=text.strip(),
        recipients=recipients.strip() or queries.letterhead_of(office).recipients,
        tables=dict(tables or {}),
        annexes=annexes or [],
        signer=Signer.objects.filter(office=office, is_active=True).first(),
        secretary=squeeze(secretary)[:150],
        template_version=made_from,
        about_label=about[0][:300],
        about_url=about[1][:500],
        created_at=at,
        created_by=by,
        edited_at=at,
    )
    journal.record("paper drafted", paper, by=by, detail={"kind": _kind_name(kind)})
    return paper


def draft_from_template(
    office: Unit,
    kind: str,
    *,
    values: Mapping[str, str],
    by: User,
    at: datetime,
    tables: Mapping[str, Any] | None = None,
    annexes: list[Any] | None = None,
    template: Template | None = None,
    about: tuple[str, str] = ("", ""),
) -> Paper:
    """Begin a paper from the office's wording for the kind, with `values` in its named fields.

    Without `template` the first active one of the kind is used; where the office has none, the
    built-in wording. A field without a value stays in the draft as `{field}` and keeps it from
    being issued. Raises Refused as `draft` does, and for a kind that has no wording at all.
    """
    chosen = template or templates.active(office, kind)
    words: TemplateVersion | wording.Wording | None
    version = templates.current(chosen) if chosen else None
    words = version or wording.BUILT_IN.get(kind)
    if words is None:
        raise Refused(
            _("Cơ quan chưa có mẫu cho loại văn bản %(kind)s; hãy thêm mẫu hoặc soạn tự do.")
            % {"kind": _kind_name(kind)}
        )
    known = {wording.ISSUER: queries.letterhead_of(office).issuer_name} | dict(values)
    parts = {name: _filled(getattr(words, name), known) for name in templates.PARTS}
    return draft(
        office,
        kind,
        **parts,
        by=by,
        at=at,
        tables=tables,
        annexes=annexes,
        about=about,
        secretary=values.get(wording.SECRETARY, "") if kind == "minutes" else "",
        made_from=version,
    )


@transaction.atomic
def edit(paper: Paper, typed: Draft, *, seen: datetime | None, by: User, at: datetime) -> None:
    """Save what was typed in a draft; `seen` is its `edited_at` as the form was opened.

    Raises Refused to whoever does not run the office, when it is no draft (any more), when somebody
    has saved it meanwhile, without a subject, and for a signer of another office.
    """
    must_run(paper.office, by=by, at=at)
    paper = _held(paper, Paper.State.DRAFT)
    if seen != paper.edited_at:
        raise Refused(
            _(
                "Dự thảo đã được người khác lưu trong lúc anh/chị sửa. Nội dung đang gõ vẫn còn "
                "nguyên; so với bản vừa lưu ở dưới rồi bấm lưu lần nữa nếu vẫn muốn thay."
            )
        )
    if typed.signer and typed.signer.office_id != paper.office_id:
        raise Refused(_("Người ký không thuộc cơ quan này; hãy chọn lại."))
    wanted: dict[str, Any] = {name: getattr(typed, name) for name in _TYPED}
    wanted["subject"] = given(squeeze(typed.subject), _("Hãy ghi trích yếu."))
    changed = {name: value for name, value in wanted.items() if getattr(paper, name) != value}
    if not changed:
        return
    detail = {
        "before": {name: _shown(getattr(paper, name)) for name in changed},
        "after": {name: _shown(value) for name, value in changed.items()},
    }
    for name, value in changed.items():
        setattr(paper, name, value)
    paper.edited_at = at
    paper.save()
    journal.record("paper edited", paper, by=by, detail=detail)


@transaction.atomic
def discard(paper: Paper, *, by: User, at: datetime) -> None:
    """Throw a draft away; its line in the journal stays. Refused when it is no draft (any more)."""
    must_run(paper.office, by=by, at=at)
    paper = _held(paper, Paper.State.DRAFT)
    journal.record("paper discarded", paper, by=by, detail={"kind": _kind_name(paper.kind)})
    paper.delete()


@transaction.atomic
def issue(
    paper: Paper, *, signed_on: date, by: User, at: datetime, seen: datetime | None = None
) -> Paper:
    """Issue a signed draft (phát hành): it gets the next number of its register, its words are
    frozen, and its PDF and Word file are kept; all of it, or nothing.

    `signed_on` decides the year of the number (Nghị định 30/2020/NĐ-CP, Điều 15). A paper with
    more lines than rules.MOST_LINES_AT_ONCE is laid out by a job that is queued here; its number is
    taken then. `seen` is its `edited_at` as whoever issues it saw it, None where nobody looked.
    Raises Refused to whoever does not run the office, when it is no draft (any more), when somebody
    has saved it since it was seen, for a day to come or more than a year ago, and while anything of
    queries.obstacles stands in the way.
    """
    must_run(paper.office, by=by, at=at)
    paper = _held(paper, Paper.State.DRAFT)
    if seen is not None and seen != paper.edited_at:
        raise Refused(
            _("Dự thảo vừa được người khác sửa; hãy xem lại dự thảo rồi bấm phát hành lần nữa.")
        )
    if signed_on > day_of(at):
        raise Refused(_("Ngày ký không được sau hôm nay."))
    if signed_on < day_of(at) - rules.LONGEST_SINCE_SIGNED:
        raise Refused(_("Ngày ký sớm hơn hôm nay hơn một năm; hãy xem lại năm."))
    obstacles = queries.obstacles(paper)
    if obstacles:
        raise Refused(obstacles[0].text)
    paper.signed_on, paper.issued_by = signed_on, by
    if queries.is_long(paper):
        paper.state, paper.edited_at = Paper.State.ISSUING, at
        paper.save()
        app.configure_task(ISSUE_JOB).defer(paper_id=str(paper.pk))
        journal.record("paper sent to issue", paper, by=by)
        return paper
    return _issue(paper, by=by, at=at)


def carry_on_issuing(paper: Paper, *, at: datetime) -> None:
    """Issue a long paper that was sent to be issued, in the background.

    May be called again after a breakdown: nothing is kept of a call that did not end, and nothing
    is done with a paper that is issued. What stands in the way by now makes it a draft again.
    """
    try:
        with transaction.atomic():
            held = _held(paper, Paper.State.ISSUING)
            obstacles = queries.obstacles(held)
            if obstacles:
                raise Refused(obstacles[0].text)
            assert held.issued_by is not None
            _issue(held, by=held.issued_by, at=at)
    except Refused as refusal:
        _make_draft_again(paper, by=None, reason=str(refusal), at=at)


@transaction.atomic
def stop_issuing(paper: Paper, *, by: User, at: datetime) -> None:
    """Make a draft again of a paper whose issuing does not end; it has no number yet.

    Raises Refused to whoever does not run the office, and when it was issued meanwhile.
    """
    must_run(paper.office, by=by, at=at)
    if not _make_draft_again(paper, by=by, reason=_("Dừng phát hành"), at=at):
        raise Refused(_("Văn bản này không còn ở bước đang phát hành; hãy mở lại trang để xem."))


@transaction.atomic
def void(paper: Paper, *, reason: str, by: User, at: datetime) -> None:
    """Make an issued paper void (hủy bỏ); its number stays taken, its files stay readable.

    Raises Refused to whoever does not run the office, without a reason, and when it is not issued.
    """
    must_run(paper.office, by=by, at=at)
    reason = given(reason, _("Hãy ghi lý do hủy bỏ."))
    paper = _held(paper, Paper.State.ISSUED)
    paper.state, paper.void_reason, paper.voided_at = Paper.State.VOID, reason, at
    paper.save()
    journal.record("paper made void", paper, by=by, detail={"reason": reason})


@transaction.atomic
def hand_out(paper: Paper, file: File, *, by: User) -> None:
    """Note in the journal that a file of an issued paper is being downloaded."""
    journal.record("paper downloaded", paper, by=by, detail={"file": file.name})


@transaction.atomic
def _make_draft_again(paper: Paper, *, by: User | None, reason: str, at: datetime) -> bool:
    """Whether the paper was still to be issued and is a draft again."""
    sent = Paper.objects.select_for_update(of=("self",))
    held = sent.filter(pk=paper.pk, state=Paper.State.ISSUING).first()
    if held is None:
        return False
    held.state, held.issued_by, held.signed_on, held.edited_at = Paper.State.DRAFT, None, None, at
    held.save()
    journal.record("paper not issued", held, by=by, detail={"reason": reason})
    return True


def _issue(paper: Paper, *, by: User, at: datetime) -> Paper:
    """Number, freeze and keep a paper that is held and whole."""
    office, signed_on = paper.office, paper.signed_on
    assert signed_on is not None
    fixed = queries.head(paper)
    # Laid out with the number that is likely, so that others wait for the register only briefly.
    expected = next_number(office, paper.kind, year=signed_on.year)
    files = _laid_out(paper, fixed, expected)
    number = registers.take(
        office,
        paper.kind,
        signed_on=signed_on,
        text_of=lambda taken: kinds.number_text(paper.kind, taken, fixed["sign"]),
        by=by,
        at=at,
    )
    if number.number != expected:
        files = _laid_out(paper, fixed, number.number)
    name = squeeze(f"{number.text.replace('/', '-')} {paper.subject}")[:150]
    paper.pdf = documents.keep((f"{name}.pdf", files[0]), by=by, at=at)
    paper.docx = documents.keep((f"{name}.docx", files[1]), by=by, at=at)
    paper.number, paper.frozen, paper.state = number, fixed, Paper.State.ISSUED
    paper.issued_at = paper.edited_at = at
    paper.save()
    detail = {"number": number.text, "signed_on": signed_on.isoformat()}
    journal.record("paper issued", paper, by=by, detail=detail)
    return paper


def _laid_out(paper: Paper, fixed: dict[str, Any], number: int) -> tuple[bytes, bytes]:
    whole = queries.numbered(paper, fixed, number=number)
    return pdf(whole), docx(whole)


def _held(paper: Paper, state: Paper.State) -> Paper:
    """The paper, locked until the transaction ends; Refused when it is not in this state."""
    found = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("office__parent", "signer", "issued_by")
        .filter(pk=paper.pk)
        .first()
    )
    if found is None or found.state != state:
        raise Refused(
            _("Văn bản này không còn là dự thảo; hãy mở lại trang để xem.")
            if state == Paper.State.DRAFT
            else _("Văn bản này không ở trạng thái đã phát hành; hãy mở lại trang để xem.")
        )
    return found


def _filled(text: str, values: Mapping[str, str]) -> str:
    left = {name: f"{{{name}}}" for name in fields.names(text)}
    return fields.fill(text, left | {squeeze(name): value for name, value in values.items()})


def _kind_name(kind: str) -> str:
    return kinds.KINDS[kind].name


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
