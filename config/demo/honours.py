"""The demonstration's register: ten invented years of ratings, awards and initiatives, and the
units that were there before."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from config.demo import decision, history
from vinhdanh.accounts.models import User
from vinhdanh.honours.actions import import_settle as settling
from vinhdanh.honours.actions import imports, local, register
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    HistoryImport,
    OpenMatter,
    Origin,
    Recognition,
    YearRating,
)
from vinhdanh.law import store
from vinhdanh.people.actions import endings, persons, units
from vinhdanh.people.models import Person, Position, Unit

AnyFact = TypeVar("AnyFact", bound=Fact)

_YEARS = 10
_EACH = 6
_REORGANISED_ON = date(2021, 1, 1)
_FOUNDED_ON = date(2012, 1, 1)
_CITY = ("QĐ-UBND", "Trần Văn Chủ Tịch Tỉnh", "Ủy ban nhân dân tỉnh An Bình")
_STATE = ("QĐ-TTg", "", "Thủ tướng Chính phủ")
_OWN = ("QĐ-SVHTT", "Hoàng Minh Họa", "Sở Văn hóa và Thể thao tỉnh An Bình")
# Who decides: the end of the decision's sign, the signer, the body; the rest is the office's own.
_DECIDED_BY = {
    "DH_TTLDXS": _CITY,
    "DH_CO_TINH": _CITY,
    "DH_CSTD_TINH": _CITY,
    "HT_BK_TINH_CN": _CITY,
    "HT_BK_TINH_TT": _CITY,
    "HT_BK_TTG_CN": _STATE,
    "HT_KNC": _CITY,
}
# Units that are there no more: name, abbreviation, what followed, how.
_FORMER = (
    (
        "Trung tâm Văn hóa tỉnh",
        "TTVH",
        ("Trung tâm Văn hóa - Nghệ thuật tỉnh",),
        Unit.Ending.MERGED,
    ),
    (
        "Đoàn Nghệ thuật tổng hợp tỉnh",
        "ĐNTTH",
        ("Trung tâm Văn hóa - Nghệ thuật tỉnh",),
        Unit.Ending.MERGED,
    ),
    (
        "Đoàn Ca múa nhạc dân gian Việt tỉnh An Bình",
        "ĐCMN",
        ("Nhà hát Ca múa nhạc dân gian Việt An Bình",),
        Unit.Ending.RENAMED,
    ),
    (
        "Bảo tàng và Quản lý di tích tỉnh",
        "BTQLDT",
        ("Bảo tàng tỉnh", "Ban Quản lý di tích và danh thắng"),
        Unit.Ending.SPLIT,
    ),
)
_HOUSEHOLDS = (
    ("Nguyễn Văn Hiến", "Thôn Đông, xã An Hòa"),
    ("Lò Thị Pành", "Bản Nà Sàng, xã Mường Lạn"),
)
_RULES = "Quyết định số 55/{year}/QĐ-UBND của UBND tỉnh An Bình (số liệu minh họa)"
_STATUTE = "Quy chế Hội đồng Thi đua - Khen thưởng Sở (số liệu minh họa)"
_LOCAL = (
    ("vote_share", ("DH_CSTD_CS", "DH_CO_TINH"), "80%", _RULES),
    ("council_members", (), "9", _STATUTE),
    ("ballot", (), "bỏ phiếu kín", _STATUTE),
    ("quota_share", ("DH_CSTD_CS",), "15%", _RULES),
    ("chains_may_share_years", ("DH_CSTD_TINH",), "chỉ tính vào một chuỗi", _STATUTE),
    (
        "commendation_criteria",
        ("HT_GK_SO",),
        "Hoàn thành tốt nhiệm vụ và có thành tích tiêu biểu trong phong trào thi đua của Sở.",
        _RULES,
    ),
    ("commemorative_medal_factor", ("HT_KNC",), "0,5", _RULES),
)
# What is conferred for more years than the last.
_YEARS_HONOURED = {"DH_CSTD_TINH": 3}
# The person whose own page the guide shows: a good worker with a year that nobody kept.
WORKER = "Triệu Thị Nhân Viên"
_RETIRING = "Hoàng Minh Họa"


def run(department: Unit, *, on: date, at: datetime) -> None:
    """Fill the register up to the year before that of `on`."""
    by = User.objects.get(username="vanphong")
    _leaders(on)
    _former_units(department, on=on)
    staff = _staff(department, year=on.year)
    # Some weeks ago, yet after the decisions of last year.
    at = max(
        at - timedelta(days=40), datetime(on.year, 1, 1, tzinfo=timezone.get_current_timezone())
    )
    book = _Register(department, first=on.year - _YEARS, last=on.year - 1)
    facts = [fact for person, unit in staff for fact in book.of_person(person, unit)]
    listed = [fact for fact in facts if _is_listed(fact, book.first)]
    facts = [fact for fact in facts if fact not in listed]
    facts += [fact for unit in _collectives(department) for fact in book.of_unit(unit)]
    register.record(facts, by=by, at=at)
    register.record([*book.incidents(staff, on=on), *book.medals(staff)], by=by, at=at)
    for name, address in _HOUSEHOLDS:
        household = register.enter_household(
            department, head_name=name, address=address, by=by, at=at
        )
        fact = book.conferral(on.year - 2, "HT_GK_SO", name, "", of_class="movement")
        fact.household = household
        register.record([fact], by=by, at=at)
    _import_lists(department, listed, staff, year=book.first, by=by, at=at)
    _set_local_values(department, year=on.year, by=by, on=on, at=at)


def _is_listed(fact: Fact, year: int) -> bool:
    """Whether it comes from the decision with its list instead."""
    return (
        isinstance(fact, Conferral)
        and fact.award == "DH_CSTD_CS"
        and fact.achieved_until.year == year
    )


def _import_lists(
    office: Unit,
    listed: list[Fact],
    staff: list[tuple[Person, Unit]],
    *,
    year: int,
    by: User,
    at: datetime,
) -> None:
    """A decision of the first year that was taken in whole, and a list that waits to be settled."""
    rows = [(fact.name_written, "Chuyên viên", fact.unit_written) for fact in listed]
    taken = _hand_in(
        decision.decision(year, rows), f"Quyết định 412 CSTĐCS {year}.docx", office, by=by, at=at
    )
    for how in (HistoryImport.How.BEST, HistoryImport.How.SKIP):
        settling.settle_all(taken, how=how, by=by, at=at)
        _carry_on(taken, by=by, at=at)
    imports.store(taken, by=by, at=at)
    _carry_on(taken, by=by, at=at)
    waiting = [(person.full_name, unit.name) for person, unit in staff[12:24]]
    # As old lists are: a name without its middle, a unit by its former name, somebody unknown.
    waiting[0] = (" ".join(waiting[0][0].split()[::2]), waiting[0][1])
    waiting[3] = (waiting[3][0], _FORMER[0][0])
    waiting.append(("Cù Huy Vãng Lai", _FORMER[1][0]))
    _hand_in(decision.sheet(year + 1, waiting), f"Giấy khen {year + 1}.xlsx", office, by=by, at=at)


def _hand_in(content: bytes, name: str, office: Unit, *, by: User, at: datetime) -> HistoryImport:
    """Hand a list in and take the columns as they are offered."""
    upload = SimpleUploadedFile(name, content)
    kind = HistoryImport.Kind.CONFERRALS
    handed = _carry_on(
        imports.hand_in(upload, kind=kind, office=office, by=by, at=at), by=by, at=at
    )
    imports.choose_columns(handed, mapping=handed.mapping, common=handed.common, by=by, at=at)
    return _carry_on(handed, by=by, at=at)


def _carry_on(given: HistoryImport, *, by: User, at: datetime) -> HistoryImport:
    """What the worker would do, done at once."""
    given.refresh_from_db()
    imports.carry_on(given, by=by, now=lambda: at)
    given.refresh_from_db()
    return given


def _set_local_values(office: Unit, *, year: int, by: User, on: date, at: datetime) -> None:
    book = store.book()
    for code, awards, value, source in _LOCAL:
        delegated = book.delegated[code]
        # In time for last year's decisions, where the law already left it to them.
        first = max(date(year - 1, 1, 1), delegated.since or date.min)
        if delegated.holds(first):
            local.set_value(
                office, code, awards=awards, value=value, source=source.format(year=year - 2),
                from_on=first, book=book, by=by, on=on, at=at,
            )  # fmt: skip


class _Register:
    """Makes the facts of the office, not yet saved, each with where it comes from."""

    def __init__(self, office: Unit, *, first: int, last: int) -> None:
        self.office, self.first, self.last = office, first, last

    def of_person(self, person: Person, unit: Unit) -> Iterator[Fact]:
        first = self.first
        began = person.code.startswith("NV-") and int(person.code[3:]) % 5 == 0
        if began:  # a newcomer
            first = self.last - 2
        career = history.career(person.full_name, first=first, last=self.last)
        if person.full_name == WORKER:
            career = history.steady(first=first, last=self.last, missing=self.last - 6)
        written = {"name_written": person.full_name, "unit_written": unit.name}
        for year, level in career.ratings.items():
            origin = self._origin(f"Sổ xếp loại cán bộ năm {year}")
            yield self._fact(YearRating, written, origin, person=person, year=year, level=level)
        for award, year, of_class in career.awards:
            made = self.conferral(year, award, person.full_name, unit.name, of_class=of_class)
            made.person = person
            yield made
        for title, reach, year in career.initiatives:
            origin = self._origin(f"Quyết định công nhận sáng kiến năm {year}")
            yield self._fact(
                Recognition, written, origin, person=person, title=title, reach=reach, year=year,
                decision_number=f"{320 + year % 10}/{_CITY[0] if reach == 'province' else _OWN[0]}",
                decided_on=date(year, 11, 20), body=(_CITY if reach == "province" else _OWN)[2],
            )  # fmt: skip

    def of_unit(self, unit: Unit) -> Iterator[Fact]:
        last = unit.valid_until.year if unit.valid_until else self.last
        first = (
            self.first
            if unit.valid_until
            else max(self.first, unit.valid_from.year if unit.valid_from else 0)
        )
        career = history.collective(unit.name, first=first, last=last)
        written = {"name_written": unit.name, "unit_written": self.office.name}
        for year, level in career.ratings.items():
            origin = self._origin(f"Thông báo xếp loại tập thể năm {year}")
            yield self._fact(YearRating, written, origin, unit=unit, year=year, level=level)
        for award, year, of_class in career.awards:
            made = self.conferral(year, award, unit.name, self.office.name, of_class=of_class)
            made.unit = unit
            yield made

    def incidents(self, staff: list[tuple[Person, Unit]], *, on: date) -> Iterator[Fact]:
        """A disciplinary measure that ran out long ago, and a petition that is being looked into."""
        (person, unit), (other, other_unit) = staff[9], staff[16]
        written = {"name_written": person.full_name, "unit_written": unit.name}
        yield self._fact(
            Discipline, written, self._origin("Hồ sơ kỷ luật của Phòng Tổ chức - Pháp chế"),
            person=person, form=Discipline.Form.REPRIMAND, from_on=date(on.year - 5, 3, 1),
            until_on=date(on.year - 4, 2, 28), decision_number=f"45/{_OWN[0]}",
            decided_on=date(on.year - 5, 3, 1),
        )  # fmt: skip
        written = {"name_written": other.full_name, "unit_written": other_unit.name}
        yield self._fact(
            OpenMatter, written, self._origin("Sổ tiếp công dân"), person=other,
            kind=OpenMatter.Kind.PETITION, opened_on=on - timedelta(days=60),
        )  # fmt: skip

    def medals(self, staff: list[tuple[Person, Unit]]) -> Iterator[Fact]:
        """The commemorative medals of last year."""
        for person, unit in staff[1:4]:
            made = self.conferral(
                self.last, "HT_KNC", person.full_name, unit.name, of_class="service"
            )
            made.person = person
            yield made

    def conferral(self, year: int, award: str, name: str, unit: str, *, of_class: str) -> Conferral:
        sign, signer, body = _DECIDED_BY.get(award, _OWN)
        number = 100 + sum(map(ord, award)) % 400
        return self._fact(
            Conferral,
            {"name_written": name, "unit_written": unit},
            self._origin(f"Quyết định số {number}/{sign}, bản lưu của Văn phòng"),
            award=award, achieved_from=date(year + 1 - _YEARS_HONOURED.get(award, 1), 1, 1),
            achieved_until=date(year, 12, 31),
            kind=of_class, decision_number=f"{number}/{sign}", decided_on=date(year, 12, 25),
            signer=signer, body=body,
        )  # fmt: skip

    def _fact(
        self, model: type[AnyFact], written: dict[str, str], origin: Origin, /, **said: Any
    ) -> AnyFact:
        return model(office=self.office, origin=origin, **written, **said)

    def _origin(self, note: str) -> Origin:
        return Origin(how=Origin.How.ENTRY, note=note)


def _leaders(on: date) -> None:
    """The director has led the office for long, and retires soon."""
    director = Person.objects.get(full_name=_RETIRING)
    retires_on = date(on.year, 12, 31) + timedelta(days=120)
    persons.edit_person(director, by=None, sex="male", retires_on=retires_on)
    now = Position.objects.get(person=director, is_head=True)
    persons.edit_position(now, by=None, from_on=date(on.year - 13, 6, 1))
    persons.begin_position(
        director, unit=now.unit, title="Phó Giám đốc Sở", by=None,
        from_on=date(on.year - 20, 9, 1), until_on=date(on.year - 13, 5, 31),
    )  # fmt: skip
    worker = Person.objects.get(full_name=WORKER)
    persons.edit_person(worker, by=None, sex="female")


def _former_units(department: Unit, *, on: date) -> None:
    """The units from which those of today were made; their staff came with them."""
    last_day = _REORGANISED_ON - timedelta(days=1)
    for name, short_name, followed_by, ending in _FORMER:
        successors = list(Unit.objects.filter(name__in=followed_by, parent=department))
        for successor in successors:
            if successor.valid_from != _REORGANISED_ON:
                units.edit_unit(successor, by=None, valid_from=_REORGANISED_ON)
        former = units.create_unit(
            parent=department, name=name, short_name=short_name, kind=Unit.Kind.AFFILIATED,
            valid_from=_FOUNDED_ON, position=90, by=None,
        )  # fmt: skip
        staff = Position.objects.filter(unit__in=successors, from_on=_FOUNDED_ON)
        for post in staff.select_related("person", "unit"):
            persons.edit_position(post, by=None, from_on=_REORGANISED_ON)
            persons.begin_position(
                post.person, unit=former, title="Viên chức nghiệp vụ", by=None,
                from_on=_FOUNDED_ON, until_on=last_day,
            )  # fmt: skip
        endings.end_unit(
            former, last_day=last_day, ending=ending, by=None, on=on, successors=successors
        )


def _collectives(department: Unit) -> list[Unit]:
    kinds = (Unit.Kind.OFFICE, Unit.Kind.AFFILIATED)
    return list(Unit.objects.filter(parent=department, kind__in=kinds).order_by("position", "pk"))


def _staff(department: Unit, *, year: int) -> list[tuple[Person, Unit]]:
    """The heads and clerks of the units, and workers entered for each, with their unit."""
    living = [unit for unit in _collectives(department) if unit.valid_until is None]
    by_name = {unit.name: unit for unit in living}
    for worker in history.workers(list(by_name), year=year, each=_EACH):
        persons.create_person(
            full_name=worker.name, unit=by_name[worker.unit], title=worker.title,
            code=worker.code, sex=worker.sex, born_on=date(*worker.born),
            from_on=max(date(worker.since, 1, 1), by_name[worker.unit].valid_from or _FOUNDED_ON), by=None,
        )  # fmt: skip
    serving = Position.objects.filter(unit__in=living).select_related("person", "unit")
    return [(post.person, post.unit) for post in serving.order_by("unit__position", "person_id")]
