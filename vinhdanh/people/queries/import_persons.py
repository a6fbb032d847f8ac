"""What a spreadsheet of persons would do, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold, gettext_noop
from vinhdanh.people import access
from vinhdanh.people.models import Person, Position, RoleHolding, Unit
from vinhdanh.people.queries.import_units import NOT_YOURS, Verdict, shown
from vinhdanh.people.queries.matching import Match, match_names
from vinhdanh.people.rules.person_lines import PersonLine
from vinhdanh.people.rules.spreadsheet import Problem

UNKNOWN_UNIT = gettext_noop("Không thấy đơn vị “%(text)s”.")
LIKELY_UNIT = gettext_noop("Không thấy đơn vị “%(text)s”; có phải là: %(likely)s?")
CODE_TAKEN = gettext_noop("Mã cán bộ này đã được dùng cho người khác.")
AMBIGUOUS = gettext_noop("Có nhiều người trùng họ tên; xin ghi mã cán bộ hoặc ngày sinh.")
WRONG_FIRST = gettext_noop("Dòng %(number)s của cùng người chưa nhập được.")
ENDED_UNIT = gettext_noop("Đơn vị đã kết thúc; xin ghi ngày thôi chức vụ.")
HAS_ACCOUNT = gettext_noop("Người này đã có tài khoản tên khác.")
USERNAME_TAKEN = gettext_noop("Tên đăng nhập này đã có người dùng.")
EMAIL_TAKEN = gettext_noop("Địa chỉ thư này đã thuộc tài khoản khác.")
NO_ACCOUNT = gettext_noop("Muốn giao vai trò thì phải có tài khoản; xin ghi tên đăng nhập.")
NOT_ACCOUNTS = gettext_noop("Chỉ người quản trị của đơn vị mới cấp được tài khoản.")
NOT_THIS_ROLE = gettext_noop("Anh/chị không được giao vai trò này tại đơn vị.")
_DETAILS = ("full_name", "code", "born_on", "sex", "retires_on", "email", "phone")


@dataclass
class PersonOutcome:
    """What one line would do. `person` is whom it is about, None while they would be entered (by
    this line, or by the line numbered `line.first_line`)."""

    line: PersonLine
    verdict: Verdict = "same"
    person: Person | None = None
    unit: Unit | None = None
    position: Position | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    position_changes: dict[str, Any] = field(default_factory=dict)
    opens_account: bool = False
    grants_role: bool = False
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def judged(lines: Sequence[PersonLine], *, office: Unit, by: User, on: date) -> list[PersonOutcome]:
    """What each line would do, in the order of the lines; a constant number of queries."""
    return _Judge(lines, office=office, by=by, on=on).outcomes()


class _Judge:
    def __init__(self, lines: Sequence[PersonLine], *, office: Unit, by: User, on: date) -> None:
        self.lines = lines
        self.units = match_names({line.unit for line in lines}, office=office, on=on)
        edited = access.covered(by, access.EDITS, on=on)
        self.editable = set(edited.values_list("pk", flat=True))
        administered = access.covered(by, access.ADMINISTERS, on=on)
        self.administered = set(administered.values_list("pk", flat=True))
        folded = {fold(line.full_name) for line in lines}
        codes = {line.code for line in lines if line.code}
        self.by_code: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = {}
        mine = set(
            access.editable_persons(by, on=on)
            .filter(folded__in=folded)
            .values_list("pk", flat=True)
        )
        likely = (
            Person.objects.filter(Q(code__in=codes) | Q(pk__in=mine))
            .select_related("user")
            .prefetch_related("positions")
        )
        for person in likely:
            if person.code:
                self.by_code[person.code] = person
            if person.pk in mine:
                self.by_name.setdefault(person.folded, []).append(person)
        self.mine = mine
        accountable = access.accountable_persons(by, on=on).filter(pk__in=mine)
        self.accountable = set(accountable.values_list("pk", flat=True))
        usernames = {line.username.lower() for line in lines if line.username}
        named = User.objects.annotate(lower=Lower("username")).filter(lower__in=usernames)
        self.usernames = set(named.values_list("lower", flat=True))
        known = [person.email for person in likely if person.email]
        emails = {email.lower() for email in [*known, *(line.email for line in lines)] if email}
        mailed = User.objects.annotate(lower=Lower("email")).filter(lower__in=emails)
        self.emails = set(mailed.values_list("lower", flat=True))
        users = [person.user_id for person in likely if person.user_id]
        self.held = set(
            RoleHolding.objects.filter(
                Q(until_on__isnull=True) | Q(until_on__gte=on), user__in=users
            ).values_list("user_id", "role", "unit_id")
        )
        self.done: dict[int, PersonOutcome] = {}

    def outcomes(self) -> list[PersonOutcome]:
        for line in self.lines:
            self.done[line.number] = self._outcome(line)
        return list(self.done.values())

    def _outcome(self, line: PersonLine) -> PersonOutcome:
        outcome = PersonOutcome(line, problems=list(line.problems))
        first = self.done.get(line.first_line)
        if first is not None and first.verdict == "wrong":
            where = {"number": str(line.first_line)}
            outcome.problems.append(Problem("full_name", WRONG_FIRST, where))
        self._find_unit(outcome)
        if not outcome.problems:
            self._find_person(outcome, first)
        if not outcome.problems:
            self._compare_position(outcome)
            self._account(outcome, first)
            self._role(outcome, first)
        if outcome.problems:
            outcome.verdict = "wrong"
        elif outcome.person is None and first is None:
            outcome.verdict = "new"
        elif outcome.notes:
            outcome.verdict = "change"
        return outcome

    def _find_unit(self, outcome: PersonOutcome) -> None:
        text = outcome.line.unit
        match = self.units.get(text, Match("none"))
        outcome.unit = match.unit
        if outcome.unit is None and text:
            likely = [str(one.unit) for one in match.candidates if one.unit]
            outcome.problems.append(
                Problem("unit", LIKELY_UNIT, {"text": text, "likely": "; ".join(likely)})
                if likely
                else Problem("unit", UNKNOWN_UNIT, {"text": text})
            )
        elif outcome.unit is not None:
            if outcome.unit.pk not in self.editable:
                outcome.problems.append(Problem("unit", NOT_YOURS))
            ended, last = outcome.unit.valid_until, outcome.line.until_on
            if ended and (last is None or last > ended):
                outcome.problems.append(Problem("until_on", ENDED_UNIT))

    def _find_person(self, outcome: PersonOutcome, first: PersonOutcome | None) -> None:
        line = outcome.line
        if first is not None:
            outcome.person = first.person
        elif line.code in self.by_code:
            outcome.person = self.by_code[line.code]
            if outcome.person.pk not in self.mine:
                outcome.problems.append(Problem("code", CODE_TAKEN))
                return
        else:
            alike = [one for one in self.by_name.get(fold(line.full_name), []) if _is(one, outcome)]
            if len(alike) > 1:
                outcome.problems.append(Problem("full_name", AMBIGUOUS))
                return
            outcome.person = alike[0] if alike else None
        if outcome.person is not None:
            self._compare_details(outcome, outcome.person)

    def _compare_details(self, outcome: PersonOutcome, person: Person) -> None:
        for name in _DETAILS:
            given, known = getattr(outcome.line, name), getattr(person, name)
            if given not in ("", None) and given != known:
                outcome.changes[name] = given
                outcome.notes.append(
                    _("%(field)s: %(before)s → %(after)s")
                    % {
                        "field": Person._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                        "before": _worded(name, known),
                        "after": _worded(name, given),
                    }
                )

    def _compare_position(self, outcome: PersonOutcome) -> None:
        line = outcome.line
        if outcome.person is None:
            outcome.notes.append(_("%(title)s, %(unit)s") % _post(outcome))
            return
        same = [
            position
            for position in outcome.person.positions.all()
            if position.unit_id == (outcome.unit and outcome.unit.pk)
            and fold(position.title) == fold(line.title)
            and _overlaps(position, line)
        ]
        if not same:
            outcome.notes.append(_("Thêm chức vụ: %(title)s, %(unit)s") % _post(outcome))
            return
        outcome.position = same[0]
        for name in ("is_head", "from_on", "until_on"):
            given, known = getattr(line, name), getattr(same[0], name)
            if given and given != known:
                outcome.position_changes[name] = given
        if outcome.position_changes:
            outcome.notes.append(_("Sửa chức vụ: %(title)s, %(unit)s") % _post(outcome))

    def _account(self, outcome: PersonOutcome, first: PersonOutcome | None) -> None:
        username = outcome.line.username
        if not username or (first is not None and first.opens_account):
            return
        user = outcome.person.user if outcome.person else None
        if user is not None:
            if user.username.lower() != username.lower():
                outcome.problems.append(Problem("username", HAS_ACCOUNT))
        elif username.lower() in self.usernames:
            outcome.problems.append(Problem("username", USERNAME_TAKEN))
        elif _address(outcome) in self.emails:
            outcome.problems.append(Problem("email", EMAIL_TAKEN))
        elif not self._may_open_account(outcome):
            outcome.problems.append(Problem("username", NOT_ACCOUNTS))
        else:
            outcome.opens_account = True
            outcome.notes.append(_("Cấp tài khoản %(username)s") % {"username": username})

    def _may_open_account(self, outcome: PersonOutcome) -> bool:
        """In a unit one administers, for somebody who serves in no other office besides."""
        if outcome.unit is None or outcome.unit.pk not in self.administered:
            return False
        return outcome.person is None or outcome.person.pk in self.accountable

    def _role(self, outcome: PersonOutcome, first: PersonOutcome | None) -> None:
        role, unit = outcome.line.role, outcome.unit
        if not role or unit is None:
            return
        user = outcome.person.user if outcome.person else None
        opened = outcome.opens_account or (first is not None and first.opens_account)
        if user is None and not opened:
            outcome.problems.append(Problem("role", NO_ACCOUNT))
        elif role == access.Role.ADMINISTRATOR and unit.pk not in self.administered:
            outcome.problems.append(Problem("role", NOT_THIS_ROLE))
        elif user is None or (user.pk, role, unit.pk) not in self.held:
            outcome.grants_role = True
            outcome.notes.append(
                _("Giao vai trò: %(role)s") % {"role": RoleHolding.Role(role).label}
            )


def _worded(name: str, value: Any) -> str:
    return shown(Person.Sex(value).label if name == "sex" and value else value)


def _is(person: Person, outcome: PersonOutcome) -> bool:
    """Whether the person may be whom the line is about, names being alike."""
    line = outcome.line
    if person.code and line.code:
        return False
    serves = any(
        outcome.unit is not None and position.unit_id == outcome.unit.pk
        for position in person.positions.all()
    )
    if line.born_on and person.born_on:
        return person.born_on == line.born_on
    return serves


def _overlaps(position: Position, line: PersonLine) -> bool:
    starts_in_time = not (line.until_on and position.from_on) or (position.from_on <= line.until_on)
    ends_in_time = not (line.from_on and position.until_on) or (position.until_on >= line.from_on)
    return starts_in_time and ends_in_time


def _address(outcome: PersonOutcome) -> str:
    known = outcome.person.email if outcome.person else ""
    return (outcome.line.email or known).lower()


def _post(outcome: PersonOutcome) -> dict[str, str]:
    return {"title": outcome.line.title, "unit": str(outcome.unit)}
