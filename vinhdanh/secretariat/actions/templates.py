"""The wordings of an office: each save is a version, and none is ever lost."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused, given
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.journal import actions as journal
from vinhdanh.papers.rules import fields
from vinhdanh.papers.rules.kinds import KINDS
from vinhdanh.people.models import Unit
from vinhdanh.secretariat.actions.running import must_run
from vinhdanh.secretariat.models import Template, TemplateVersion
from vinhdanh.secretariat.queries import templates as queries
from vinhdanh.secretariat.rules import wording

_BRACE = re.compile(r"[{}]")
_FIELD = re.compile(r"\{[^{}\n]+\}")


@dataclass(frozen=True)
class Words:
    """A wording as it is typed."""

    subject: str
    text: str
    addressees: str = ""
    recipients: str = ""


@transaction.atomic
def start(office: Unit, *, by: User, at: datetime) -> int:
    """Copy the built-in wordings of the kinds for which the office has none; how many there were.

    Raises Refused to whoever does not run the office.
    """
    must_run(office, by=by, at=at)
    _hold(office)
    having = set(Template.objects.filter(office=office).values_list("kind", flat=True))
    names = set(Template.objects.filter(office=office).values_list("name", flat=True))
    copied = []
    for built_in in wording.BUILT_IN.values():
        if built_in.kind in having or built_in.name in names:
            continue
        template = Template.objects.create(office=office, kind=built_in.kind, name=built_in.name)
        words = Words(built_in.subject, built_in.text, built_in.addressees, built_in.recipients)
        _keep(template, words, number=1, note=_("Mẫu có sẵn"), by=by, at=at)
        journal.record("templates started", template, by=by)
        copied.append(template)
    return len(copied)


@transaction.atomic
def add(office: Unit, kind: str, *, name: str, words: Words, by: User, at: datetime) -> Template:
    """A further template of the office. Raises Refused as `save` does, and for a name in use."""
    must_run(office, by=by, at=at)
    _hold(office)
    name = given(squeeze(name), _("Hãy ghi tên mẫu."))
    if Template.objects.filter(office=office, name=name).exists():
        raise Refused(_("Cơ quan đã có mẫu tên “%(name)s”; hãy đặt tên khác.") % {"name": name})
    words = checked(kind, words)
    template = Template.objects.create(office=office, kind=kind, name=name)
    _keep(template, words, number=1, note="", by=by, at=at)
    journal.record("template added", template, by=by, detail={"kind": KINDS[kind].name})
    return template


@transaction.atomic
def save(
    template: Template, words: Words, *, note: str, seen: int, by: User, at: datetime
) -> TemplateVersion:
    """Save the wording as the next version; `seen` is the number of the version it was made from.

    Raises Refused to whoever does not run the office, when somebody has saved another version
    meanwhile, when nothing was changed, and for a text as `checked` refuses it.
    """
    must_run(template.office, by=by, at=at)
    last = _held(template)
    if last.number != seen:
        raise Refused(
            _(
                "%(name)s đã lưu phiên bản %(number)d trong lúc anh/chị sửa. Nội dung đang gõ vẫn "
                "còn nguyên; xem phiên bản ấy rồi bấm lưu lần nữa nếu vẫn muốn thay."
            )
            % {"name": last.saved_by or _("Hệ thống"), "number": last.number}
        )
    words = checked(template.kind, words)
    if words == words_of(last):
        raise Refused(_("Nội dung không khác phiên bản đang dùng nên không lưu thêm phiên bản."))
    version = _keep(template, words, number=last.number + 1, note=note.strip(), by=by, at=at)
    detail = {"version": version.number, "note": version.note}
    journal.record("template saved", template, by=by, detail=detail)
    return version


@transaction.atomic
def restore(version: TemplateVersion, *, by: User, at: datetime) -> TemplateVersion:
    """Use an older version again: its words are saved as the next version.

    Raises Refused to whoever does not run the office, and when it has the words in use.
    """
    template = version.template
    must_run(template.office, by=by, at=at)
    last = _held(template)
    if words_of(version) == words_of(last):
        raise Refused(_("Phiên bản này giống phiên bản đang dùng."))
    note = _("Khôi phục phiên bản %(number)d") % {"number": version.number}
    restored = _keep(template, words_of(version), number=last.number + 1, note=note, by=by, at=at)
    detail = {"before": {"version": last.number}, "after": {"version": version.number}}
    journal.record("template restored", template, by=by, detail=detail)
    return restored


@transaction.atomic
def switch(template: Template, *, is_active: bool, by: User, at: datetime) -> None:
    """Use the template for papers, or no more; nothing is lost."""
    must_run(template.office, by=by, at=at)
    if (
        Template.objects.filter(pk=template.pk)
        .exclude(is_active=is_active)
        .update(is_active=is_active)
    ):
        journal.record("template switched", template, by=by, detail={"is_active": is_active})
    template.is_active = is_active


def checked(kind: str, words: Words) -> Words:
    """The words, trimmed. Raises Refused without subject or text, for a brace that belongs to no
    field, and for fields and tables that papers of the kind do not know."""
    words = Words(**{name: value.strip() for name, value in asdict(words).items()})
    given(words.subject, _("Hãy ghi trích yếu."))
    given(words.text, _("Hãy ghi nội dung."))
    for written in asdict(words).values():
        for line in written.splitlines():
            if _BRACE.search(_FIELD.sub("", line)):
                raise Refused(
                    _(
                        "Dấu { } chưa khép đúng ở dòng “%(line)s”; tên trường phải nằm gọn trong "
                        "một cặp."
                    )
                    % {"line": line.strip()[:80]}
                )
    written = "\n".join(asdict(words).values())
    known = {field.name for field in wording.fields(kind)}
    unknown = [name for name in fields.names(written) if name not in known]
    unknown += [
        f"bảng {name}" for name in fields.table_names(written) if name not in wording.tables(kind)
    ]
    if unknown:
        raise Refused(
            _(
                "Loại văn bản này không có trường %(names)s; hãy dùng các trường trong danh sách "
                "bên cạnh."
            )
            % {"names": ", ".join(f"{{{name}}}" for name in unknown)}
        )
    return words


def words_of(version: TemplateVersion) -> Words:
    return Words(**{name: getattr(version, name) for name in queries.PARTS})


def _keep(
    template: Template, words: Words, *, number: int, note: str, by: User, at: datetime
) -> TemplateVersion:
    return TemplateVersion.objects.create(
        template=template, number=number, note=note, saved_at=at, saved_by=by, **asdict(words)
    )


def _held(template: Template) -> TemplateVersion:
    """The last version, its template locked until the transaction ends."""
    Template.objects.select_for_update().get(pk=template.pk)
    return queries.current(template)


def _hold(office: Unit) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=office.pk)
