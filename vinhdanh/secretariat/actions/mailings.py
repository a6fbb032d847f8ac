"""The outbox: what the office sends to many waits until a person has seen who gets what."""

from collections.abc import Collection, Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vinhdanh.accounts.models import User
from vinhdanh.common.clock import day_of
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.documents import actions as documents
from vinhdanh.documents.models import File
from vinhdanh.documents.rules.accepted import KINDS
from vinhdanh.journal import actions as journal
from vinhdanh.notices import actions as notices
from vinhdanh.notices import queries as told
from vinhdanh.notices.rules import icalendar
from vinhdanh.notices.rules.telling import Mail, Telling
from vinhdanh.people.models import Unit
from vinhdanh.secretariat import access
from vinhdanh.secretariat.models import Mailing, Recipient
from vinhdanh.secretariat.queries import mailings as queries
from vinhdanh.secretariat.rules import mailings as rules
from vinhdanh.secretariat.rules.mailings import Addressee


@transaction.atomic
def put_in_outbox(
    office: Unit,
    kind: str,
    *,
    subject: str,
    text: str,
    addressees: Iterable[Addressee],
    by: User,
    at: datetime,
    url: str = "",
    files: Iterable[File] = (),
    uploads: Iterable[UploadedFile] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str = "",
    about: tuple[str, str] = ("", ""),
) -> Mailing:
    """Let a mailing of the office wait in the outbox (đưa vào hộp thư đi); nobody gets it yet.

    `text` may hold the fields of rules.mailings. The same account, or the same address outside,
    becomes one recipient with what concerns them joined. `url` is where the mailing leads within
    the application, `about` a label and an address for the office's own page. `uploads` are kept
    and go along as `files` do. Raises Refused to whoever does not run the office, without subject
    or text, for an unknown field, for an invitation without its time, for an addressee who cannot
    be reached, for files that are too heavy together.
    """
    if not access.runs(by, office, on=day_of(at)):
        raise Refused(_("Chỉ thường trực của cơ quan được lập thư gửi đi."))
    mailing = Mailing(
        office=office,
        kind=kind,
        url=url,
        about_label=about[0][:300],
        about_url=about[1],
        created_at=at,
        created_by=by,
    )
    said = {"subject": subject, "text": text, "place": place}
    _write(mailing, **said, starts_at=starts_at, ends_at=ends_at, at=at)
    mailing.save()
    count = len(_address(mailing, rules.merged(addressees)))
    _attach(mailing, [*files, *(documents.keep(upload, by=by, at=at) for upload in uploads)])
    detail = {"subject": mailing.subject, "recipients": count}
    journal.record("mailing put in the outbox", mailing, by=by, detail=detail)
    return mailing


@transaction.atomic
def edit(
    mailing: Mailing,
    *,
    subject: str,
    text: str,
    by: User,
    at: datetime,
    seen: datetime | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str = "",
) -> None:
    """Change what a waiting mailing says. `seen` is when it had last been changed as the editor saw
    it: Refused when somebody else has changed it since; otherwise as `put_in_outbox`."""
    stored = _held(mailing, by=by, at=at)
    if seen is not None and stored.edited_at != seen:
        raise Refused(
            _(
                "Người khác vừa sửa thư này. Nội dung anh/chị nhập còn nguyên dưới đây; nếu vẫn "
                "lưu, nội dung đó sẽ thay nội dung của người kia."
            )
        )
    before = _said(stored)
    if stored.calls_off:  # it names the meeting that does not take place
        starts_at, ends_at, place = stored.starts_at, stored.ends_at, stored.place
    said = {"subject": subject, "text": text, "place": place}
    _write(stored, **said, starts_at=starts_at, ends_at=ends_at, at=at)
    stored.save()
    after = _said(stored)
    if after != before:
        journal.record("mailing edited", stored, by=by, detail={"before": before, "after": after})


@transaction.atomic
def add(mailing: Mailing, addressees: Iterable[Addressee], *, by: User, at: datetime) -> int:
    """Add recipients to a waiting mailing; how many were added.

    Whoever is a recipient already is not added again, left out or not; Refused when that is true
    of all.
    """
    stored = _held(mailing, by=by, at=at)
    wanted = rules.merged(addressees)
    if not wanted:
        raise Refused(_("Chưa chọn người nhận nào có tài khoản hoặc thư điện tử."))
    known = set(stored.recipients.values_list("user_id", flat=True))
    written = {email.lower() for email in stored.recipients.values_list("email", flat=True)}
    others = [
        each
        for each in wanted
        if (each.user_id not in known if each.user_id else each.email.lower() not in written)
    ]
    if not others:
        raise Refused(_("Những người này đã có trong danh sách nhận."))
    added = _address(stored, others)
    people = [recipient.name for recipient in added]
    journal.record("mailing recipients added", stored, by=by, detail={"people": people})
    return len(added)


@transaction.atomic
def leave_out(mailing: Mailing, chosen: Collection[UUID], *, by: User, at: datetime) -> int:
    """Leave the chosen recipients (by pk) of a waiting mailing out; how many were."""
    return _set_left_out(mailing, chosen, True, "mailing recipients left out", by=by, at=at)


@transaction.atomic
def take_back(mailing: Mailing, chosen: Collection[UUID], *, by: User, at: datetime) -> int:
    """Take recipients that were left out of a waiting mailing back; how many were."""
    return _set_left_out(mailing, chosen, False, "mailing recipients taken back", by=by, at=at)


@transaction.atomic
def attach(
    mailing: Mailing, uploads: Iterable[UploadedFile], *, by: User, at: datetime
) -> list[File]:
    """Let more files go along with a waiting mailing; Refused when together they are too heavy, or
    when one cannot be taken."""
    stored = _held(mailing, by=by, at=at)
    files = [documents.keep(upload, by=by, at=at) for upload in uploads]
    _attach(stored, files)
    names = [file.name for file in files]
    journal.record("mailing files attached", stored, by=by, detail={"files": names})
    return files


@transaction.atomic
def detach(mailing: Mailing, file: File, *, by: User, at: datetime) -> None:
    """Let a file no longer go along; it stays wherever else it belongs to."""
    stored = _held(mailing, by=by, at=at)
    stored.files.remove(file)
    journal.record("mailing file detached", stored, by=by, detail={"file": file.name})


@transaction.atomic
def release(mailing: Mailing, *, by: User, at: datetime) -> None:
    """Send a waiting mailing (cho gửi): tell whoever has an account, and queue a letter to each
    e-mail address; released twice it is sent once.

    Raises Refused to whoever does not run the office, when it no longer waits, and when it would
    reach nobody.
    """
    stored = _held(mailing, by=by, at=at)
    if stored.kind == Mailing.Kind.INVITATION and stored.starts_at is None:
        raise Refused(_("Giấy mời chưa có thời gian; hãy sửa thư và nhập thời gian bắt đầu."))
    recipients = list(queries.reached(stored))
    if not recipients:
        raise Refused(_("Thư chưa có người nhận nào; hãy thêm người nhận trước khi cho gửi."))
    if stored.changes:
        _change_meeting(stored, stored.changes, by=by)
    top = UUID(stored.office.top_id)
    url = reverse("secretariat:received", args=[stored.pk])
    tellings = [
        Telling(
            user_id=recipient.user_id,
            kind="mailing",
            key=f"mailing:{stored.pk}",
            title=stored.subject,
            text=queries.letter_to(stored, recipient),
            url=url,
            office_id=top,
        )
        for recipient in recipients
        if recipient.user_id
    ]
    letters = _letters(stored, recipients, office_id=top)
    notices.tell(tellings, at=at)
    notices.queue(letters, at=at)
    _settle(stored, Mailing.State.RELEASED, by=by, at=at)
    detail = {"recipients": len(recipients), "letters": len(letters)}
    journal.record("mailing released", stored, by=by, detail=detail)


@transaction.atomic
def discard(mailing: Mailing, *, by: User, at: datetime, reason: str = "") -> None:
    """Give a waiting mailing up (bỏ thư): nobody gets it; it stays to be read."""
    stored = _held(mailing, by=by, at=at)
    _settle(stored, Mailing.State.DISCARDED, by=by, at=at)
    detail = {"reason": squeeze(reason)} if reason.strip() else {}
    journal.record("mailing discarded", stored, by=by, detail=detail)


def release_all(
    mailings: Iterable[Mailing], *, by: User, at: datetime
) -> list[tuple[Mailing, str]]:
    """Release each by itself; give back those that could not be, with the reason."""
    refused = []
    for mailing in mailings:
        try:
            release(mailing, by=by, at=at)
        except Refused as refusal:
            refused.append((mailing, str(refusal)))
    return refused


def discard_all(
    mailings: Iterable[Mailing], *, by: User, at: datetime, reason: str = ""
) -> list[tuple[Mailing, str]]:
    """Discard each by itself; give back those that could not be, with the reason."""
    refused = []
    for mailing in mailings:
        try:
            discard(mailing, by=by, at=at, reason=reason)
        except Refused as refusal:
            refused.append((mailing, str(refusal)))
    return refused


@transaction.atomic
def note_download(mailing: Mailing, file: File, *, by: User) -> None:
    """Write down that a file of the mailing was fetched."""
    journal.record("mailing file downloaded", mailing, by=by, detail={"file": file.name})


def _held(mailing: Mailing, *, by: User, at: datetime) -> Mailing:
    """The mailing as it is stored, held until commit, if it waits and the user runs its office."""
    held = Mailing.objects.select_for_update(of=("self",)).select_related("office", "changes")
    stored = held.get(pk=mailing.pk)
    if not access.runs(by, stored.office, on=day_of(at)):
        raise Refused(_("Chỉ thường trực của cơ quan được sửa, cho gửi hoặc bỏ thư này."))
    if stored.state != Mailing.State.WAITING:
        raise Refused(_("Thư không còn chờ gửi; hãy mở lại trang để xem tình trạng mới nhất."))
    return stored


def _write(
    mailing: Mailing,
    *,
    subject: str,
    text: str,
    starts_at: datetime | None,
    ends_at: datetime | None,
    place: str,
    at: datetime,
) -> None:
    """Set what the mailing says (the caller saves it), or refuse it."""
    mailing.subject, mailing.text = squeeze(subject)[:300], text.strip()
    if not (mailing.subject and mailing.text):
        raise Refused(_("Hãy ghi tiêu đề và nội dung thư."))
    unknown = rules.unknown_fields(mailing.text)
    if unknown:
        raise Refused(
            _("Không có trường {%(fields)s}; chỉ dùng được {người nhận}, {đơn vị}, {việc}.")
            % {"fields": "}, {".join(unknown)}
        )
    if mailing.kind == Mailing.Kind.INVITATION:
        if starts_at is None:
            raise Refused(_("Hãy nhập thời gian bắt đầu của cuộc họp trong giấy mời."))
        if ends_at is not None and ends_at < starts_at:
            raise Refused(_("Thời gian kết thúc phải sau thời gian bắt đầu."))
    elif starts_at is not None or ends_at is not None or place.strip():
        raise Refused(_("Chỉ giấy mời mới có thời gian, địa điểm; hãy để trống các ô đó."))
    mailing.starts_at, mailing.ends_at = starts_at, ends_at
    mailing.place, mailing.edited_at = squeeze(place)[:300], at


def _said(mailing: Mailing) -> dict[str, Any]:
    """What the mailing says, as the journal shows it."""
    times = {"starts_at": mailing.starts_at, "ends_at": mailing.ends_at}
    shown = {
        key: f"{timezone.localtime(time):%d/%m/%Y %H:%M}" if time else ""
        for key, time in times.items()
    }
    return {"subject": mailing.subject, "text": mailing.text, "place": mailing.place, **shown}


def _address(mailing: Mailing, addressees: Collection[Addressee]) -> list[Recipient]:
    for each in addressees:
        if each.user_id is None and not each.email.strip():
            raise Refused(
                _("%(name)s không có tài khoản và cũng không có thư điện tử nên không gửi được.")
                % {"name": each.name}
            )
    return Recipient.objects.bulk_create(
        Recipient(
            mailing=mailing,
            user_id=each.user_id,
            unit_id=each.unit_id,
            name=each.name[:200],
            email=each.email.strip(),
            concern=each.concern,
        )
        for each in addressees
    )


def _attach(mailing: Mailing, files: Collection[File]) -> None:
    mailing.files.add(*files)
    if sum(file.size for file in mailing.files.all()) > rules.MOST_ATTACHED:
        most = rules.MOST_ATTACHED // 1024 // 1024
        raise Refused(
            ngettext(
                "Các tệp đính kèm nặng quá %(most)d MB; nhiều hộp thư sẽ không nhận.",
                "Các tệp đính kèm nặng quá %(most)d MB; nhiều hộp thư sẽ không nhận.",
                most,
            )
            % {"most": most}
        )


def _set_left_out(
    mailing: Mailing,
    chosen: Collection[UUID],
    left_out: bool,
    deed: str,
    *,
    by: User,
    at: datetime,
) -> int:
    stored = _held(mailing, by=by, at=at)
    moved = stored.recipients.filter(pk__in=chosen, left_out=not left_out)
    people = [recipient.name for recipient in moved.order_by("name")]
    if not people:
        raise Refused(_("Chưa chọn người nhận nào."))
    moved.update(left_out=left_out)
    journal.record(deed, stored, by=by, detail={"people": people})
    return len(people)


def _letters(mailing: Mailing, recipients: Iterable[Recipient], *, office_id: UUID) -> list[Mail]:
    files: list[dict[str, str]] = [
        {"name": file.name, "type": KINDS[file.kind].media_type, "place": file.place}
        for file in mailing.files.all()
    ]
    reached = [recipient for recipient in recipients if recipient.email]
    invitations = _invitations(mailing, reached)
    page = told.absolute(reverse("secretariat:received", args=[mailing.pk]))
    on_the_page = f"Xem trên hệ thống: {page}"
    letters = []
    for recipient, invitation in zip(reached, invitations, strict=True):
        text = queries.letter_to(mailing, recipient)
        letters.append(
            Mail(
                key=f"mailing:{mailing.pk}:{recipient.pk}",
                address=recipient.email,
                name=recipient.name,
                subject=mailing.subject,
                text=f"{text}\n\n{on_the_page}" if recipient.user_id else text,
                user_id=recipient.user_id,
                office_id=office_id,
                batch_id=mailing.pk,
                attachments=(*files, *invitation),
            )
        )
    return letters


def _invitations(
    mailing: Mailing, recipients: Collection[Recipient]
) -> list[tuple[dict[str, str], ...]]:
    """What goes along with each recipient's letter beside the files: the file of the meeting."""
    event = queries.event_of(mailing)
    if event is None:
        return [()] * len(recipients)
    made = icalendar.invitations(
        event,
        organiser=(mailing.office.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        attendees=[(recipient.name, recipient.email) for recipient in recipients],
    )
    kind = {
        "name": "huy-hop.ics" if event.is_off else "giay-moi.ics",
        "type": f"text/calendar; method={icalendar.method_of(event)}",
    }
    return [({**kind, "text": invitation.decode()},) for invitation in made]


def _change_meeting(change: Mailing, first: Mailing, *, by: User) -> None:
    """Let a change take its place after those of the same meeting that were released before."""
    Mailing.objects.select_for_update(of=("self",)).get(pk=first.pk)
    before = queries.standing([first])[first.pk]
    if before.calls_off:
        raise Refused(_("Cuộc họp đã hủy; hãy bỏ thư này và lập giấy mời khác."))
    if not change.calls_off and queries.when_and_where(change) == queries.when_and_where(before):
        raise Refused(
            _("Thời gian, địa điểm vẫn như đã mời; hãy sửa thư và ghi thời gian, địa điểm khác.")
        )
    change.sequence = before.sequence + 1
    change.save(update_fields=["sequence"])
    deed = "meeting called off" if change.calls_off else "meeting moved"
    detail = {"before": _said(before), "after": _said(change)}
    journal.record(deed, first, by=by, detail={} if change.calls_off else detail)


def _settle(mailing: Mailing, state: str, *, by: User, at: datetime) -> None:
    mailing.state, mailing.settled_at, mailing.settled_by = state, at, by
    mailing.save(update_fields=["state", "settled_at", "settled_by"])
