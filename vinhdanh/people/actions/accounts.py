"""Accounts of persons, and the roles they hold at units."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from vinhdanh.accounts import actions as accounts
from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.journal import actions as journal
from vinhdanh.people import queries
from vinhdanh.people.actions.persons import create_person
from vinhdanh.people.actions.units import create_unit, lock_tree
from vinhdanh.people.models import Person, RoleHolding, Unit

Role = RoleHolding.Role


@transaction.atomic
def open_account(
    person: Person, *, username: str, by: User | None, at: datetime, password: str = ""
) -> tuple[User, str]:
    """Give the person an account; the one-time password (`password`, or any) is told here and
    never again.

    Raises Refused when the person has one, and as `accounts.actions.open_account` does.
    """
    stored = Person.objects.select_for_update().get(pk=person.pk)
    if stored.user_id is not None:
        raise Refused(_("Người này đã có tài khoản."))
    user, password = accounts.open_account(
        username=username,
        name=stored.full_name,
        email=stored.email,
        by=by,
        at=at,
        password=password,
    )
    stored.user = person.user = user
    stored.save(update_fields=["user"])
    journal.record("account given", stored, by=by, detail={"username": user.username})
    return user, password


@transaction.atomic
def close_account(person: Person, *, by: User, at: datetime, on: date) -> None:
    """Close the person's account; what was done with it stays.

    Raises Refused for one's own, and for the last administrator of a unit.
    """
    user = _account(person)
    if user.pk == by.pk:
        raise Refused(_("Không thể tự đóng tài khoản của mình."))
    lock_tree()
    for holding in _administrations(user, on):
        _refuse_the_last(holding, on)
    accounts.close_account(user, by=by, at=at)
    journal.record("account closed", person, by=by)


@transaction.atomic
def reopen_account(person: Person, *, by: User, at: datetime) -> None:
    accounts.reopen_account(_account(person), by=by, at=at)
    journal.record("account reopened", person, by=by)


@transaction.atomic
def reset_password(person: Person, *, by: User, at: datetime) -> str:
    """Give a new one-time password, told here and never again; the former one is void."""
    password: str = accounts.reset_password(_account(person), by=by, at=at)
    journal.record("password reset", person, by=by)
    return password


@transaction.atomic
def forget_second_factors(person: Person, *, by: User, at: datetime) -> None:
    """Let a person who has lost telephone or key log in by the password alone; raises Refused when
    nothing more is asked for."""
    accounts.forget_second_factors(_account(person), by=by, at=at)
    journal.record("second factors forgotten", person, by=by)


@transaction.atomic
def set_address(person: Person, *, email: str, by: User, at: datetime) -> None:
    """Change the address with which the person logs in and resets the password, and by which they
    are reached; raises Refused when another account has it."""
    user = _account(person)
    accounts.edit_account(user, name=person.full_name, email=email, by=by, at=at)
    Person.objects.filter(pk=person.pk).update(email=user.email)
    journal.record("account address changed", person, by=by)


@transaction.atomic
def grant_role(
    person: Person,
    *,
    role: str,
    unit: Unit,
    by: User | None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> RoleHolding:
    """Let the person hold the role at the unit, covering all below it.

    Raises Refused without an account, for days in the wrong order, a unit that has ended, or when
    the role is held there at that time.
    """
    user = _account(Person.objects.select_for_update().get(pk=person.pk))
    if from_on and until_on and until_on < from_on:
        raise Refused(_("Ngày kết thúc trước ngày bắt đầu."))
    if unit.valid_until and (until_on is None or until_on > unit.valid_until):
        raise Refused(_("Đơn vị đã kết thúc; không giao được vai trò sau ngày đó."))
    same = RoleHolding.objects.filter(user=user, role=role, unit=unit)
    if until_on:
        same = same.filter(Q(from_on__isnull=True) | Q(from_on__lte=until_on))
    if from_on:
        same = same.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on))
    if same.exists():
        raise Refused(_("Người này đang giữ vai trò ấy tại đơn vị trong cùng thời gian."))
    holding = RoleHolding.objects.create(
        user=user, role=role, unit=unit, from_on=from_on, until_on=until_on
    )
    _record("role granted", holding, person, by)
    return holding


@transaction.atomic
def revoke_role(holding: RoleHolding, *, by: User, on: date) -> None:
    """Take the role away at once: it was held until the day before `on`, or never.

    Raises Refused for the last administrator of a unit, and when it is over already.
    """
    holding = RoleHolding.objects.select_for_update().get(pk=holding.pk)
    if holding.until_on is not None and holding.until_on < on:
        raise Refused(_("Vai trò này đã thôi giữ."))
    if holding.role == Role.ADMINISTRATOR:
        lock_tree()
        _refuse_the_last(holding, on)
    person = Person.objects.filter(user=holding.user_id).first()
    _record("role revoked", holding, person, by)
    if holding.from_on is not None and holding.from_on >= on:
        holding.delete()
        return
    holding.until_on = on - timedelta(days=1)
    holding.save(update_fields=["until_on"])


@transaction.atomic
def create_administrator(
    *, username: str, name: str, unit_name: str, at: datetime, on: date
) -> tuple[User, str]:
    """The first administrator, made from the command line: the user, with a one-time password.

    The unit is made, as a department, when there is no unit at all. Raises Refused when `unit_name`
    is not one unit, and as `open_account` does.
    """
    unit = _top_unit(unit_name, on)
    person = create_person(
        full_name=name, unit=unit, title=_("Quản trị hệ thống"), from_on=on, by=None
    )
    user, password = open_account(person, username=username, by=None, at=at)
    grant_role(person, role=Role.ADMINISTRATOR, unit=unit, by=None)
    return user, password


def _top_unit(name: str, on: date) -> Unit:
    if not Unit.objects.filter(outside=False).exists():
        return create_unit(parent=None, name=name, kind=Unit.Kind.DEPARTMENT, by=None)
    named = queries.units_named(name, on=on)
    if not named:
        raise Refused(_("Không có đơn vị nào tên “%(name)s”.") % {"name": name})
    if len(named) > 1:
        raise Refused(_("Có nhiều đơn vị tên “%(name)s”; xin ghi tên đầy đủ.") % {"name": name})
    return named[0]


def _account(person: Person) -> User:
    if person.user is None:
        raise Refused(_("Người này chưa có tài khoản."))
    user: User = person.user
    return user


def _administrations(user: User, on: date) -> list[RoleHolding]:
    held = RoleHolding.objects.filter(queries.held_on(on), user=user, role=Role.ADMINISTRATOR)
    return list(held.select_related("unit"))


def _refuse_the_last(holding: RoleHolding, on: date) -> None:
    """Somebody else with an open account must administer the unit, there or above.

    The caller holds the lock of the tree, so that two cannot remove each other at once.
    """
    places = [place for place in holding.unit.path.split("/") if place]
    others = RoleHolding.objects.filter(
        queries.held_on(on), role=Role.ADMINISTRATOR, unit_id__in=places, user__is_active=True
    ).exclude(user_id=holding.user_id)
    if not others.exists():
        raise Refused(
            _("Đây là người quản trị cuối cùng của đơn vị; xin giao cho người khác trước.")
        )


def _record(deed: str, holding: RoleHolding, person: Person | None, by: User | None) -> None:
    detail = {
        "role": holding.get_role_display(),
        "unit": str(holding.unit),
        "from_on": holding.from_on.isoformat() if holding.from_on else None,
        "until_on": holding.until_on.isoformat() if holding.until_on else None,
    }
    journal.record(deed, person or holding.user, by=by, detail=detail)
    journal.record(deed, holding.unit, by=by, detail={**detail, "person": str(holding.user)})
