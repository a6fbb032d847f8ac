"""The demonstration's register: ten invented years of ratings, awards and initiatives, and the
units that were there before."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from config.demo import history
from vinhdanh.accounts.models import User
from vinhdanh.honours.actions import register
from vinhdanh.honours.models import (
    Conferral,
    Discipline,
    Fact,
    OpenMatter,
    Origin,
    Recognition,
    YearRating,
)
from vinhdanh.people.actions import persons, units
from vinhdanh.people.models import Person, Position, Unit

AnyFact = TypeVar("AnyFact", bound=Fact)

_YEARS = 10
_EACH = 6
_SINCE = date(2021, 1, 1)
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
}
# Units that are there no more: name, abbreviation, what followed, how.
_FORMER = (
    (
        "Trung tâm Văn hóa tỉnh",
        "TTVH",
        "Trung tâm Văn hóa - Nghệ thuật tỉnh",
        Unit.Ending.MERGED,
    ),
    (
        "Đoàn Nghệ thuật tổng hợp tỉnh",
        "ĐNTTH",
        "Trung tâm Văn hóa - Nghệ thuật tỉnh",
        Unit.Ending.MERGED,
    ),
    (
        "Đoàn Ca múa nhạc dân gian Việt tỉnh An Bình",
        "ĐCMN",
        "Nhà hát Ca múa nhạc dân gian Việt An Bình",
        Unit.Ending.RENAMED,
    ),
)
_HOUSEHOLDS = (
    ("Nguyễn Văn Hiến", "Thôn Đông, xã An Hòa"),
    ("Lò Thị Pành", "Bản Nà Sàng, xã Mường Lạn"),
)
# The person whose own page the guide shows: a good worker with a year that nobody kept.
WORKER = "Triệu Thị Nhân Viên"
_RETIRING = "Hoàng Minh Họa"


def run(department: Unit, *, on: date, at: datetime) -> None:
    """Fill the register up to the year before that of `on`."""
    by = User.objects.get(username="vanphong")
    _leaders(on)
    _former_units(department, on=on)
    staff = _staff(department, year=on.year)
    at = at - timedelta(days=40)
    book = _Register(department, first=on.year - _YEARS, last=on.year - 1)
    facts = [fact for person, unit in staff for fact in book.of_person(person, unit)]
    facts += [fact for unit in _collectives(department) for fact in book.of_unit(unit)]
    register.record(facts, by=by, at=at)
    register.record([*book.incidents(staff, on=on)], by=by, at=at)
    for name, address in _HOUSEHOLDS:
        household = register.enter_household(
            department, head_name=name, address=address, by=by, at=at
        )
        fact = book.conferral(on.year - 2, "HT_GK_SO", name, "", of_class="movement")
        fact.household = household
        register.record([fact], by=by, at=at)


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
        first = self.first if unit.valid_until else max(self.first, _SINCE.year)
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

    def conferral(self, year: int, award: str, name: str, unit: str, *, of_class: str) -> Conferral:
        sign, signer, body = _DECIDED_BY.get(award, _OWN)
        number = 100 + sum(map(ord, award)) % 400
        return self._fact(
            Conferral,
            {"name_written": name, "unit_written": unit},
            self._origin(f"Quyết định số {number}/{sign}, bản lưu của Văn phòng"),
            award=award, achieved_from=date(year, 1, 1), achieved_until=date(year, 12, 31),
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
    for name, short_name, successor, ending in _FORMER:
        former = units.create_unit(
            parent=department, name=name, short_name=short_name, kind=Unit.Kind.AFFILIATED,
            valid_from=date(2008, 1, 1), position=90, by=None,
        )  # fmt: skip
        units.end_unit(
            former, last_day=_SINCE - timedelta(days=1), ending=ending, by=None, on=on,
            successor=Unit.objects.get(name=successor, parent=department),
        )  # fmt: skip


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
            from_on=date(max(worker.since, _SINCE.year), 1, 1), by=None,
        )  # fmt: skip
    serving = Position.objects.filter(unit__in=living).select_related("person", "unit")
    return [(post.person, post.unit) for post in serving.order_by("unit__position", "person_id")]
