"""Taking in units and persons from a spreadsheet: handed in, looked at, confirmed or given up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, given_name_key
from vinhdanh.journal import actions as journal
from vinhdanh.people import queries
from vinhdanh.people.actions.accounts import grant_role, open_account
from vinhdanh.people.actions.persons import edit_person, edit_position
from vinhdanh.people.actions.units import create_unit, edit_unit, lock_tree
from vinhdanh.people.models import Import, Person, Position, Unit
from vinhdanh.people.queries.import_persons import PersonOutcome
from vinhdanh.people.queries.import_units import UnitOutcome
from vinhdanh.people.rules import person_lines, spreadsheet, unit_lines

MOST_ACCOUNTS = 100
_KEPT = timedelta(days=7)


@dataclass
class Imported:
    """What an import did; `passwords`: (person, user name, one-time password), told only here."""

    created: int = 0
    changed: int = 0
    left_out: int = 0
    passwords: list[tuple[Person, str, str]] = field(default_factory=list)


@transaction.atomic
def hand_in(
    *, kind: str, office: Unit, name: str, content: bytes, by: User, at: datetime
) -> Import:
    """Keep the rows of a spreadsheet until they are confirmed; nothing else changes.

    What was handed in more than a week ago and never confirmed is removed. Raises Refused for a
    file that cannot be read as such a spreadsheet.
    """
    columns = unit_lines.COLUMNS if kind == Import.Kind.UNITS else person_lines.COLUMNS
    rows = spreadsheet.read_rows(content, name=name, columns=columns)
    Import.objects.filter(handed_in_at__lt=at - _KEPT).delete()
    return Import.objects.create(
        kind=kind,
        office=office,
        name=name[:200],
        rows=[{"number": row.number, "cells": row.cells} for row in rows],
        handed_in_at=at,
        handed_in_by=by,
    )


@transaction.atomic
def give_up(handed_in: Import) -> None:
    """Remove what was handed in; nothing of it was taken."""
    handed_in.delete()


@transaction.atomic
def take_in(
    handed_in: Import, *, by: User, on: date, at: datetime, only_good: bool = False
) -> Imported:
    """Do what the dry run showed, all of it or nothing; with `only_good`, all but the wrong lines.

    Lines are judged again, for others may have changed things meanwhile. Raises Refused while a
    line is wrong (unless `only_good`), and when it was taken in already.
    """
    lock_tree()
    waiting = Import.objects.select_for_update().select_related("office")
    stored = waiting.filter(pk=handed_in.pk).first()
    if stored is None:
        raise Refused(_("Bảng tính này đã được nhập hoặc đã bỏ."))
    if stored.kind == Import.Kind.UNITS:
        units = queries.unit_outcomes(stored, by=by, on=on)
        wrong = _count_wrong(units, only_good=only_good)
        imported = _take_units([one for one in units if one.verdict != "wrong"], by=by)
    else:
        persons = queries.person_outcomes(stored, by=by, on=on)
        wrong = _count_wrong(persons, only_good=only_good)
        good = [one for one in persons if one.verdict != "wrong"]
        imported = _take_persons(good, by=by, at=at)
    imported.left_out = wrong
    journal.record(
        f"{stored.kind} imported",
        stored.office,
        by=by,
        detail={
            "file": stored.name,
            "created": imported.created,
            "changed": imported.changed,
            "left_out": wrong,
        },
    )
    stored.delete()
    return imported


def _count_wrong(outcomes: Sequence[UnitOutcome | PersonOutcome], *, only_good: bool) -> int:
    wrong = sum(outcome.verdict == "wrong" for outcome in outcomes)
    if wrong and not only_good:
        raise Refused(_("Còn dòng có lỗi; xin sửa bảng tính hoặc chọn chỉ nhập các dòng đúng."))
    if wrong == len(outcomes):
        raise Refused(_("Không có dòng nào đúng để nhập."))
    return wrong


def _take_units(outcomes: list[UnitOutcome], *, by: User) -> Imported:
    imported = Imported()
    made: dict[int, Unit] = {}
    for outcome in outcomes:
        line = outcome.line
        if outcome.verdict == "new":
            made[line.number] = create_unit(
                parent=made[outcome.parent_line] if outcome.parent_line else outcome.parent,
                name=line.name,
                short_name=line.short_name,
                other_names=line.other_names,
                kind=line.kind,
                outside=line.outside,
                valid_from=line.valid_from,
                valid_until=line.valid_until,
                position=line.number if line.position is None else line.position,
                by=by,
            )
            imported.created += 1
        elif outcome.verdict == "change" and outcome.unit is not None:
            edit_unit(outcome.unit, by=by, **outcome.changes)
            imported.changed += 1
    return imported


def _take_persons(outcomes: list[PersonOutcome], *, by: User, at: datetime) -> Imported:
    if sum(outcome.opens_account for outcome in outcomes) > MOST_ACCOUNTS:
        raise Refused(
            _("Mỗi lần chỉ cấp tối đa %(most)s tài khoản; xin chia bảng tính ra.")
            % {"most": MOST_ACCOUNTS}
        )
    imported = Imported()
    persons = _enter_new(outcomes)
    imported.created = len(persons)
    positions = []
    for outcome in outcomes:
        line = outcome.line
        person = outcome.person or persons[line.first_line]
        if outcome.changes:
            edit_person(person, by=by, **outcome.changes)
        if outcome.position is None:
            positions.append(_position(outcome, person))
        elif outcome.position_changes:
            edit_position(outcome.position, by=by, **outcome.position_changes)
        if outcome.verdict == "change":
            imported.changed += 1
    Position.objects.bulk_create(positions, batch_size=500)
    entered = {person.pk for person in persons.values()}
    for position in positions:
        deed = "person entered" if position.person_id in entered else "position begun"
        entered.discard(position.person_id)
        after = {"unit": str(position.unit), "title": position.title}
        journal.record(deed, position.person, by=by, detail={"after": after})
    _give_accounts(outcomes, persons, imported, by=by, at=at)
    return imported


def _enter_new(outcomes: list[PersonOutcome]) -> dict[int, Person]:
    """The persons entered, by the number of their first line."""
    persons: dict[int, Person] = {}
    for outcome in outcomes:
        line = outcome.line
        if outcome.person is not None or line.first_line != line.number:
            continue
        persons[line.number] = Person(
            full_name=line.full_name,
            code=line.code,
            born_on=line.born_on,
            sex=line.sex,
            retires_on=line.retires_on,
            email=line.email,
            phone=line.phone,
            folded=fold(line.full_name),
            sort_key=given_name_key(line.full_name),
        )
    Person.objects.bulk_create(persons.values(), batch_size=500)
    return persons


def _position(outcome: PersonOutcome, person: Person) -> Position:
    line = outcome.line
    return Position(
        person=person,
        unit=outcome.unit,
        title=line.title,
        is_head=line.is_head,
        from_on=line.from_on,
        until_on=line.until_on,
    )


def _give_accounts(
    outcomes: list[PersonOutcome],
    persons: dict[int, Person],
    imported: Imported,
    *,
    by: User,
    at: datetime,
) -> None:
    for outcome in outcomes:
        person = outcome.person or persons[outcome.line.first_line]
        if outcome.opens_account:
            user, password = open_account(person, username=outcome.line.username, by=by, at=at)
            imported.passwords.append((person, user.username, password))
        if outcome.grants_role and outcome.unit is not None:
            grant_role(person, role=outcome.line.role, unit=outcome.unit, by=by)
