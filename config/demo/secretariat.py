"""The demonstration's secretariat: papers issued and in hand, the outbox, moved due dates."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from vinhdanh.accounts.models import User
from vinhdanh.common.calendar import day_off_name, is_day_off, next_working_day
from vinhdanh.common.vietnamese import WEEKDAYS
from vinhdanh.notices import actions as notices
from vinhdanh.notices.models import Message
from vinhdanh.people.actions import persons
from vinhdanh.people.models import Person, Unit
from vinhdanh.plans.actions import dates, reminders, urging
from vinhdanh.plans.actions.dates import GivenStep
from vinhdanh.plans.models import BackPlan, Occurrence, Plan
from vinhdanh.plans.queries.dates import back_plan_of
from vinhdanh.plans.queries.urging import debtors
from vinhdanh.plans.rules.back_planning import DEFAULTS
from vinhdanh.secretariat.actions import (
    calendar,
    hooks,
    letterhead,
    mailings,
    papers,
    registers,
    templates,
)
from vinhdanh.secretariat.models import Mailing, Paper, Signer, SpecialDay
from vinhdanh.secretariat.queries.calendar import special_days
from vinhdanh.secretariat.queries.mailings import people_of
from vinhdanh.secretariat.queries.registers import register_of
from vinhdanh.secretariat.rules.mailings import Addressee

_HEAD = letterhead.Head(
    upper_name="Ủy ban nhân dân tỉnh An Bình",
    issuer_name="Sở Văn hóa và Thể thao",
    place="An Bình",
    code="SVHTT",
    drafting_code="VP",
    drafter_mark="TĐKT",
    recipients="Như trên;\nBan Giám đốc Sở;\nBan Thi đua - Khen thưởng tỉnh;\nLưu: VT, VP.",
    address="Số 12 đường Trần Phú, phường Trung Tâm, tỉnh An Bình",
    phone="(0200) 3822 111",
    fax="(0200) 3822 112",
    email="vanphong@anbinh.example",
    website="anbinh.example",
)
_SIGNERS = (
    letterhead.Signing("Hoàng Minh Họa", "Giám đốc", position=1),
    letterhead.Signing(
        "Hà Thị Chủ Tịch", "Phó Giám đốc", Signer.Capacity.DEPUTY, "Giám đốc", position=2
    ),
    letterhead.Signing(
        "Lê Thị Minh Nguyệt", "Chánh Văn phòng", Signer.Capacity.BY_ORDER, "Giám đốc", position=3
    ),
)
_ROOM = "Phòng họp số 2, trụ sở Sở"
_MINUTES = """\
Thời gian: 14 giờ 00, ngày {day}.
Địa điểm: {room}.
Thành phần: 9/9 thành viên Hội đồng Thi đua - Khen thưởng Sở; chủ trì: bà Hà Thị Chủ Tịch; thư ký: bà Lê Thị Minh Nguyệt.
1. Nội dung: Xét hồ sơ đề nghị khen thưởng đợt cuối năm {year} do các phòng, đơn vị trình.
2. Ý kiến: Các thành viên thống nhất với kết quả thẩm định của Thường trực Hội đồng.
3. Kết luận: Hội đồng thống nhất trình Giám đốc Sở xem xét, quyết định.
Cuộc họp kết thúc hồi 16 giờ 30 cùng ngày./."""


class _Secretariat:
    """Does in the name of the office what its clerk would have done in the last weeks."""

    def __init__(self, office: Unit, *, on: date, at: datetime) -> None:
        self.office, self.on, self.at = office, on, at
        self.by = User.objects.get(username="vanphong")

    def before(self, days: int) -> datetime:
        return self.at - timedelta(days=days)

    def issued(self, kind: str, values: dict[str, str], *, days: int) -> Paper:
        """A paper from the office's template, issued so many days ago."""
        at = self.before(days)
        paper = papers.draft_from_template(self.office, kind, values=values, by=self.by, at=at)
        return papers.issue(paper, signed_on=self.on - timedelta(days=days), by=self.by, at=at)

    def mailing(
        self,
        kind: str,
        subject: str,
        text: str,
        addressees: Iterable[Addressee],
        *,
        days: int,
        paper: Paper | None = None,
        starts_at: datetime | None = None,
    ) -> Mailing:
        files = [paper.pdf] if paper and paper.pdf else []
        return mailings.put_in_outbox(
            self.office, kind, subject=subject, text=text, addressees=addressees,
            by=self.by, at=self.before(days), files=files, starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2) if starts_at else None,
            place=_ROOM if starts_at else "",
            about=(str(paper), paper.get_absolute_url()) if paper else ("", ""),
        )  # fmt: skip


def run(office: Unit, *, on: date, at: datetime) -> None:
    """Fill the secretariat of the office as it stands on a day, and move some due dates."""
    desk = _Secretariat(office, on=on, at=at)
    letterhead.change(office, _HEAD, by=desk.by, at=at)
    for signer in _SIGNERS:
        letterhead.add_signer(office, signer, by=desk.by, at=at)
    templates.start(office, by=desk.by, at=at)
    registers.open_all(office, by=desk.by, at=at)
    _announce(desk)
    notice = _papers(desk)
    _outbox(desk, notice)
    plan = Plan.objects.get(office=office, state=Plan.State.IN_FORCE)
    _dates(desk, plan)
    _urge(desk, plan)
    _look_after(desk)
    # What was answered weeks ago has been read since.
    for message in Message.objects.filter(kind=Message.Kind.ANSWER):
        if message.created_at < desk.before(14):
            notices.read(message, at=min(message.created_at + timedelta(days=1), at))
    reminders.remind(on=on, at=at)


def exchanged_days(on: date) -> tuple[date, date]:
    """The Friday that the demonstration of a day has announced as off, three weeks ahead or more,
    and the Saturday worked for it; neither is a holiday or exchanged already."""
    friday = on + timedelta(days=(4 - on.weekday()) % 7 + 21)
    while True:
        saturday = friday + timedelta(days=8)
        if not is_day_off(friday) and day_off_name(saturday) == WEEKDAYS[saturday.weekday()]:
            return friday, saturday
        friday += timedelta(days=7)


def _announce(desk: _Secretariat) -> None:
    """A Saturday worked for a Friday off, as a letter of the province might announce it."""
    friday, saturday = exchanged_days(desk.on)
    source = "Thông báo của Ủy ban nhân dân tỉnh (minh họa)"
    for kind, day, name in (
        (SpecialDay.Kind.OFF, friday, "Nghỉ hoán đổi (minh họa)"),
        (SpecialDay.Kind.WORKING, saturday, "Làm bù (minh họa)"),
    ):
        calendar.announce(
            kind, first_on=day, last_on=day, name=name, source=source, by=desk.by, at=desk.at
        )


def _papers(desk: _Secretariat) -> Paper:
    """Papers of several kinds; the notice that went to all units is given back."""
    year = desk.on.year
    letters = register_of(desk.office, "letter")
    assert letters is not None
    reason = "Văn bản giấy phát hành trước khi dùng hệ thống (minh họa)."
    registers.explain(letters, year=year, through=3, reason=reason, by=desk.by, at=desk.at)
    notice = desk.issued(
        "notice",
        {
            "về việc": f"nộp hồ sơ đề nghị khen thưởng tổng kết năm {year}",
            "nội dung": "Hồ sơ gồm tờ trình, biên bản họp xét và báo cáo thành tích, nộp về Văn phòng Sở "
            "trong giờ hành chính.",
        },
        days=20,
    )
    withdrawn = desk.issued(
        "notice",
        {"về việc": "lịch tập huấn nghiệp vụ", "nội dung": "Lịch tập huấn sẽ được gửi sau."},
        days=15,
    )
    papers.void(
        withdrawn,
        reason="Lịch tập huấn thay đổi, thay bằng thông báo khác.",
        by=desk.by,
        at=desk.at,
    )
    day, at = desk.on - timedelta(days=11), desk.before(11)
    minutes = papers.draft(
        desk.office, "minutes", subject=f"Họp xét khen thưởng đợt cuối năm {year}", by=desk.by, at=at,
        text=_MINUTES.format(day=f"{day:%d/%m/%Y}", room=_ROOM, year=year), recipients="Lưu: VT, HĐTĐKT.", secretary="Lê Thị Minh Nguyệt",
    )  # fmt: skip
    papers.issue(minutes, signed_on=day, by=desk.by, at=at)
    # In hand: one whose fields are not all filled yet.
    started = {"nội dung họp": f"tổng kết công tác thi đua, khen thưởng năm {year}"}
    papers.draft_from_template(
        desk.office, "invitation", values=started, by=desk.by, at=desk.before(1)
    )
    return notice


def _outbox(desk: _Secretariat, notice: Paper) -> None:
    units = list(Unit.objects.filter(parent=desk.office))
    everybody = [each for mine in people_of(units, on=desk.on).values() for each in mine]
    sent = desk.mailing(
        Mailing.Kind.GUIDANCE,
        "Hướng dẫn nộp hồ sơ khen thưởng cuối năm",
        "Kính gửi {người nhận},\n\nVăn phòng gửi kèm thông báo về việc nộp hồ sơ; đề nghị {đơn vị} thực hiện.",
        everybody,
        days=19,
        paper=notice,
    )
    mailings.release(sent, by=desk.by, at=desk.before(19))
    starts_at = (desk.at + timedelta(days=9)).replace(hour=7, minute=0, second=0, microsecond=0)
    outside = Addressee("Ban Thi đua - Khen thưởng tỉnh", "bantdkt@anbinh.example")
    desk.mailing(
        Mailing.Kind.INVITATION,
        f"Mời dự hội nghị tổng kết thi đua, khen thưởng năm {desk.on.year}",
        "Kính mời {người nhận} ({đơn vị}) dự hội nghị tổng kết công tác thi đua, khen thưởng.",
        [*everybody, outside],
        days=1,
        starts_at=starts_at,
    )
    dropped = desk.mailing(
        Mailing.Kind.GUIDANCE,
        "Lịch tập huấn nghiệp vụ",
        "Kính gửi {người nhận}, lịch tập huấn như sau.",
        everybody,
        days=15,
    )
    mailings.discard(dropped, by=desk.by, at=desk.before(15), reason="Lịch tập huấn thay đổi.")


def _look_after(desk: _Secretariat) -> None:
    """A channel that is switched off, and a person whose telephone number was corrected."""
    hook = hooks.add(
        desk.office, name="Ứng dụng nhắn tin của Sở (minh họa)", url="https://tin-nhan.anbinh.example/",
        kinds=[Message.Kind.REMINDER, Message.Kind.MAILING], by=desk.by, at=desk.at,
    )  # fmt: skip
    hooks.switch(hook, on=False, by=desk.by, at=desk.at)
    person = Person.objects.get(user__username="canbo")
    persons.note_look(person, by=desk.by)
    persons.edit_person(person, by=desk.by, phone="0912 345 678")


def _urge(desk: _Secretariat, plan: Plan) -> None:
    """A letter to the units that are late and a mail to each, both waiting; the report beside."""
    late = [debtor.unit.pk for debtor in debtors(plan, on=desk.on, with_soon=False)]
    if late:
        urging.urge(
            plan, units=late, with_soon=False, finish_by=desk.on + timedelta(days=7),
            letter=True, mailing=True, by=desk.by, at=desk.at,
        )  # fmt: skip
    urging.draft_progress(plan, by=desk.by, at=desk.at)


def _dates(desk: _Secretariat, plan: Plan) -> None:
    """A due date that was moved, one counted back from and moved since, one counted back from."""
    single = Occurrence.objects.filter(plan=plan, label="", due_on__isnull=False).order_by("due_on")
    moved = single.filter(due_on__gt=desk.on).first() or single.last()
    assert moved is not None
    assert moved.due_on is not None
    dates.extend(
        moved,
        due_on=next_working_day(moved.due_on + timedelta(days=3)),
        reason="Chờ hướng dẫn của Ban Thi đua - Khen thưởng tỉnh.",
        by=desk.by,
        at=desk.at,
    )
    wanted = list(single.exclude(pk=moved.pk).filter(due_on__gt=desk.on))
    for occurrence in wanted[-2:]:
        back_plan = dates.begin_back_plan(occurrence, by=desk.by, at=desk.at)
        _say_who(desk, back_plan)
    if len(wanted) > 1:
        _confirm_and_move(desk, wanted[-1])


def _say_who(desk: _Secretariat, back_plan: BackPlan) -> None:
    """Say who does each step; the days stay suggestions."""
    council, clerks = (
        Unit.objects.get(parent=desk.office, name=name)
        for name in ("Hội đồng Thi đua - Khen thưởng Sở", "Văn phòng Sở")
    )
    whom = (council, clerks, clerks, clerks)
    steps = [
        GivenStep(step.name, step.working_days, unit)
        for step, unit in zip(DEFAULTS, whom, strict=True)
    ]
    seen = list(back_plan.steps.values_list("pk", flat=True))
    dates.keep_steps(back_plan, steps, seen=seen, by=desk.by, at=desk.at)


def _confirm_and_move(desk: _Secretariat, occurrence: Occurrence) -> None:
    """Confirm the steps that lead to the day; then the day moves, and the steps ask to follow."""
    shown = back_plan_of(occurrence, special=special_days(), on=desk.on)
    assert shown is not None
    days = [each.suggestion.due_on for each in shown.steps]
    dates.confirm_back_plan(shown.back_plan, days=days, by=desk.by, at=desk.at)
    assert occurrence.due_on is not None
    dates.extend(
        occurrence,
        due_on=next_working_day(occurrence.due_on + timedelta(days=4)),
        reason="Cấp trên dời lịch họp xét.",
        by=desk.by,
        at=desk.at,
    )
