"""Taking in units and persons from a spreadsheet: handed in, looked at, confirmed or given up."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from vinhdanh.accounts.models import User
from vinhdanh.accounts.rules import one_time_password
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import fold, given_name_key
from vinhdanh.journal import actions as journal
from vinhdanh.people import access, queries
from vinhdanh.people.actions.accounts import grant_role, open_account
from vinhdanh.people.actions.persons import edit_person, edit_position
from vinhdanh.people.actions.units import create_unit, edit_unit, lock_tree
from vinhdanh.people.models import Import, Person, Position, Unit
from vinhdanh.people.queries.import_persons import PersonOutcome
from vinhdanh.people.queries.import_units import UnitOutcome
from vinhdanh.people.rules import person_lines, spreadsheet, unit_lines

JOB = "vinhdanh.people.tasks.take_in"
MOST_ACCOUNTS = 100
_KEPT = timedelta(days=7)
_OF_AN_ACCOUNT = 50

# Hears how much is done of how much.
Told = Callable[[int, int], None]


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
    """Remove what was handed in; nothing of it was taken. Raises Refused once it is being taken."""
    _waiting(handed_in).delete()


@transaction.atomic
def begin_taking_in(handed_in: Import, *, only_good: bool, by: User) -> None:
    """Have a job do what the dry run showed, see `take_in`; Refused when that has begun already."""
    stored = _waiting(handed_in)
    stored.state, stored.only_good = Import.State.TAKING, only_good
    stored.problem, stored.done_share, stored.seed = "", 0, secrets.token_hex(32)
    stored.save(update_fields=["state", "only_good", "problem", "done_share", "seed"])
    job = app.configure_task(JOB, lock=f"people import {stored.pk}")
    job.defer(import_id=str(stored.pk), by_id=str(by.pk))


def carry_on(handed_in: Import, *, by: User, on: date, at: datetime) -> None:
    """Take in what was begun, all of it or nothing: begun again after a kill, it starts anew.

    Where it is refused, it waits again and says why. What was done stays to be looked at, without
    the rows. Does nothing to what is not being taken in.
    """
    try:
        _carry_on(handed_in, by=by, on=on, at=at)
    except Refused as refusal:
        taking = Import.objects.filter(pk=handed_in.pk, state=Import.State.TAKING)
        taking.update(state=Import.State.WAITING, problem=str(refusal)[:400], seed="")


@transaction.atomic
def _carry_on(handed_in: Import, *, by: User, on: date, at: datetime) -> None:
    lock_tree()
    taking = Import.objects.filter(pk=handed_in.pk, state=Import.State.TAKING)
    stored = taking.select_related("office").first()
    if stored is None:
        return
    with _Progress(stored) as progress:
        imported = _take(stored, by=by, on=on, at=at, only_good=stored.only_good, told=progress)
    opened = [str(person.pk) for person, _name, _password in imported.passwords]
    taking.update(
        state=Import.State.DONE,
        rows=[],
        created=imported.created,
        changed=imported.changed,
        left_out=imported.left_out,
        opened=opened,
        seed=stored.seed if opened else "",
    )


@transaction.atomic
def take_in(
    handed_in: Import, *, by: User, on: date, at: datetime, only_good: bool = False
) -> Imported:
    """Do what the dry run showed, all of it or nothing; with `only_good`, all but the wrong lines.

    Lines are judged again, for others may have changed things meanwhile. Raises Refused while a
    line is wrong (unless `only_good`), and when it was taken in already.
    """
    lock_tree()
    stored = _waiting(handed_in)
    imported = _take(stored, by=by, on=on, at=at, only_good=only_good)
    stored.delete()
    return imported


@transaction.atomic
def show_passwords(handed_in: Import, *, by: User, on: date) -> list[tuple[Person, str, str]]:
    """The one-time passwords of the accounts that an import opened: person, user name, password.

    They are told here and never again. Raises Refused when they were told before, and to whoever
    may not give accounts to these persons by now.
    """
    stored = Import.objects.select_for_update(of=("self",)).select_related("office")
    done = stored.filter(pk=handed_in.pk).exclude(seed="").first()
    if done is None or done.state != Import.State.DONE:
        raise Refused(_("Mật khẩu đã hiện một lần; xin cấp lại ở trang của từng người."))
    accountable = access.accountable_persons(by, on=on).filter(pk__in=done.opened)
    persons = list(accountable.select_related("user").order_by("sort_key", "pk"))
    if len(persons) < len(done.opened):
        raise Refused(_("Chỉ người quản trị của mọi người này mới xem được mật khẩu của họ."))
    shown = [
        (person, person.user.username, _password(done, person.user.username))
        for person in persons
        if person.user is not None
    ]
    Import.objects.filter(pk=done.pk).update(seed="")
    detail = {"file": done.name, "count": len(shown)}
    journal.record("import passwords shown", done.office, by=by, detail=detail)
    return shown


def _waiting(handed_in: Import) -> Import:
    """The import, held until the transaction ends; Refused when it waits no longer."""
    held = Import.objects.select_for_update(of=("self",)).select_related("office")
    stored = held.filter(pk=handed_in.pk, state=Import.State.WAITING).first()
    if stored is None:
        raise Refused(_("Bảng tính này đã được nhập hoặc đã bỏ."))
    return stored


def _password(handed_in: Import, username: str) -> str:
    said = f"{handed_in.seed} {username}"
    digest = salted_hmac("one-time password of an import", said, algorithm="sha256").digest()
    return one_time_password(int.from_bytes(digest))


class _Progress:
    """Says how much is done while the transaction that does it lasts, by a connection beside it."""

    def __init__(self, handed_in: Import) -> None:
        self._handed_in, self._share = handed_in, 0
        self._beside = connection.copy()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_failed: object) -> None:
        self._beside.close()

    def __call__(self, done: int, total: int) -> None:
        share = 100 * done // total
        if share > self._share:
            self._share = share
            with self._beside.cursor() as cursor:
                cursor.execute(
                    "UPDATE people_import SET done_share = %s WHERE id = %s",
                    [share, self._handed_in.pk],
                )


def _untold(_done: int, _total: int) -> None:
    """Nobody waits for how far it is."""


def _take(
    stored: Import, *, by: User, on: date, at: datetime, only_good: bool, told: Told = _untold
) -> Imported:
    if stored.kind == Import.Kind.UNITS:
        units = queries.unit_outcomes(stored, by=by, on=on)
        wrong = _count_wrong(units, only_good=only_good)
        good_units = [one for one in units if one.verdict != "wrong"]
        imported = _take_units(good_units, by=by, told=told)
    else:
        persons = queries.person_outcomes(stored, by=by, on=on)
        wrong = _count_wrong(persons, only_good=only_good)
        good = [one for one in persons if one.verdict != "wrong"]
        imported = _take_persons(stored, good, by=by, at=at, told=told)
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
    return imported


def _count_wrong(outcomes: Sequence[UnitOutcome | PersonOutcome], *, only_good: bool) -> int:
    wrong = sum(outcome.verdict == "wrong" for outcome in outcomes)
    if wrong and not only_good:
        raise Refused(_("Còn dòng có lỗi; xin sửa bảng tính hoặc chọn chỉ nhập các dòng đúng."))
    if wrong == len(outcomes):
        raise Refused(_("Không có dòng nào đúng để nhập."))
    return wrong


def _take_units(outcomes: list[UnitOutcome], *, by: User, told: Told) -> Imported:
    imported = Imported()
    made: dict[int, Unit] = {}
    for done, outcome in enumerate(outcomes):
        told(done, len(outcomes))
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


def _take_persons(
    stored: Import, outcomes: list[PersonOutcome], *, by: User, at: datetime, told: Told
) -> Imported:
    if sum(outcome.opens_account for outcome in outcomes) > MOST_ACCOUNTS:
        raise Refused(
            _("Mỗi lần chỉ cấp tối đa %(most)s tài khoản; xin chia bảng tính ra.")
            % {"most": MOST_ACCOUNTS}
        )
    imported = Imported()
    persons = _enter_new(outcomes)
    imported.created = len(persons)
    positions = []
    accounts = [outcome for outcome in outcomes if outcome.opens_account or outcome.grants_role]
    # An account takes as long as many lines: the hash of a password is slow on purpose.
    total = 2 * len(outcomes) + _OF_AN_ACCOUNT * len(accounts)
    for done, outcome in enumerate(outcomes):
        told(done, total)
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
    for done, position in enumerate(positions, start=len(outcomes)):
        told(done, total)
        deed = "person entered" if position.person_id in entered else "position begun"
        entered.discard(position.person_id)
        after = {"unit": str(position.unit), "title": position.title}
        journal.record(deed, position.person, by=by, detail={"after": after})
    for done, outcome in enumerate(accounts):
        told(2 * len(outcomes) + _OF_AN_ACCOUNT * done, total)
        person = outcome.person or persons[outcome.line.first_line]
        _give_account(stored, outcome, person, imported, by=by, at=at)
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


def _give_account(
    stored: Import,
    outcome: PersonOutcome,
    person: Person,
    imported: Imported,
    *,
    by: User,
    at: datetime,
) -> None:
    line = outcome.line
    if outcome.opens_account:
        password = _password(stored, line.username) if stored.seed else ""
        user, password = open_account(
            person, username=line.username, by=by, at=at, password=password
        )
        imported.passwords.append((person, user.username, password))
    if outcome.grants_role and outcome.unit is not None:
        grant_role(person, role=line.role, unit=outcome.unit, by=by)
