"""A wording with sample values, to look at before it is used."""

from typing import Any

from vinhdanh.papers.rules import fields, kinds, text, tree
from vinhdanh.secretariat.models import Signer, Template
from vinhdanh.secretariat.queries.papers import letterhead_of, printed, signature_of
from vinhdanh.secretariat.queries.templates import PARTS
from vinhdanh.secretariat.rules import papers as rules
from vinhdanh.secretariat.rules import wording

_TABLE = tree.Table(
    columns=(
        tree.Column("Đơn vị", 3),
        tree.Column("Nội dung", 5),
        tree.Column("Thời hạn", 2, "center"),
    ),
    rows=(
        tree.Row(("Phòng Nghiệp vụ", "Đăng ký thi đua năm 2026", "28/02/2026")),
        tree.Row(("Trung tâm Văn hóa", "Gửi hồ sơ đề nghị khen thưởng đợt 1", "15/3/2026")),
    ),
)


def tree_of(template: Template, words: Any) -> tree.Paper:
    """The paper that the words give with the samples of the kind's fields, marked as a draft.

    `words` has subject, addressees, text and recipients that `actions.templates.checked` lets
    pass.
    """
    office, kind = template.office, template.kind
    letterhead = letterhead_of(office)
    values = wording.samples(kind) | {wording.ISSUER: letterhead.issuer_name}
    filled = {name: fields.fill(getattr(words, name), values) for name in PARTS}
    signer = Signer.objects.filter(office=office, is_active=True).first()
    return tree.Paper(
        kind=kind,
        letterhead=printed(letterhead),
        sign=kinds.sign(kind, letterhead.code, letterhead.drafting_code),
        subject=filled["subject"],
        parts=text.parse(filled["text"], dict.fromkeys(wording.tables(kind), _TABLE)),
        signature=signature_of(signer) if signer else None,
        addressees=rules.lines(filled["addressees"]),
        recipients=rules.lines(filled["recipients"] or letterhead.recipients),
        drafter_mark=letterhead.drafter_mark,
        is_draft=True,
        secretary=rules.secretary(values.get(wording.SECRETARY, "")),
    )
