from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from vinhdanh.accounts.queries import second_factors
from vinhdanh.people import access, actions, queries
from vinhdanh.people.filters import PersonFilter
from vinhdanh.people.forms import EndPositionForm, NewPersonForm, PersonForm, PositionForm
from vinhdanh.people.models import Person, Position, Unit
from vinhdanh.people.tables import PersonTable, account_chip, holding_chip, span
from vinhdanh.people.views import sheets
from vinhdanh.people.views.page import PER_PAGE, done, form_page, user_of

MOST_LOOKS = 20


def persons(request: HttpRequest) -> HttpResponse:
    """The persons one may see, by given name."""
    user, today = user_of(request), timezone.localdate()
    filtered = _filtered(request)
    table = PersonTable(
        queries.with_posts(filtered.qs, on=today),
        accounts=access.reads_somewhere(user, on=today),
    )
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    shown_pks = [row.record.pk for row in table.paginated_rows]
    readable = access.read_persons(user, on=today).filter(pk__in=shown_pks)
    table.readable = set(readable.values_list("pk", flat=True))
    shown = {
        "filter": filtered,
        "table": table,
        "query": request.GET.urlencode(),
        "may_edit": access.edits_somewhere(user, on=today),
    }
    return render(request, "people/persons.html", shown)


def persons_export(request: HttpRequest) -> HttpResponse:
    """The list as filtered, as a spreadsheet; details only of those whom one may see so."""
    user, today = user_of(request), timezone.localdate()
    listed = _filtered(request).qs.order_by("sort_key")
    rows = list(queries.exported(listed, by=user, on=today))
    office = access.visible_units(user, on=today).filter(parent=None, outside=False).first()
    if rows and office:
        actions.note_export(office, count=len(rows), by=user)
    return sheets.persons_sheet(rows)


def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_persons(user, on=today)
    found = get_object_or_404(visible.select_related("user"), pk=pk)
    may_edit = access.may_edit_person(user, found, on=today)
    own = found.user_id == user.pk
    shown: dict[str, Any] = {
        "person": found,
        "positions": _with_spans(queries.positions_of(found)),
        "may_edit": may_edit,
        "editable": set(access.editable_units(user, on=today).values_list("pk", flat=True)),
        "sees_details": may_edit or own,
        "sees_record": own or access.sees_merits(user, found, on=today),
        "today": today,
    }
    if may_edit or own:
        actions.note_look(found, by=user)
        shown["changes"] = queries.person_changes(found, seen_by=user, on=today)
    if own:
        shown["looks"] = queries.looks_at(found)[:MOST_LOOKS]
    if access.read_persons(user, on=today).filter(pk=pk).exists():
        held = queries.roles_of(found.user, seen_by=user, on=today) if found.user else []
        shown |= {
            "reads": True,
            "account": account_chip(found.user),
            "roles": [
                (
                    holding,
                    holding_chip(holding, today),
                    span(holding.from_on, holding.until_on),
                    _is_lasting(holding.until_on, today)
                    and access.may_grant(user, holding.role, holding.unit, on=today),
                )
                for holding in held
            ],
            "second_factors": found.user is not None and second_factors(found.user).are_on,
            "may_manage_account": access.may_manage_account(user, found, on=today),
            "may_grant": may_edit and access.edits_somewhere(user, on=today),
            "lines": queries.deeds_about(found),
            "looks": queries.looks_at(found)[:MOST_LOOKS],
        }
    return render(request, "people/person.html", shown)


def person_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    units = _units(request)
    get_object_or_404(units[:1])
    form = NewPersonForm(
        request.POST or None, units=units, initial={"unit": request.GET.get("unit")}
    )
    made = done(
        request,
        form,
        lambda given: actions.create_person(**given, by=user),
        _("Đã thêm cán bộ."),
    )
    if isinstance(made, Person):
        return redirect(made)
    return form_page(
        request,
        form,
        heading=_("Thêm cán bộ"),
        submit=_("Thêm cán bộ"),
        back=reverse("people:persons"),
        back_name=_("Cán bộ"),
    )


def person_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _editable(request, pk)
    actions.note_look(found, by=user)
    form = PersonForm(request.POST or None, initial=PersonForm.of(found))
    if done(
        request,
        form,
        lambda given: actions.edit_person(found, **given, by=user),
        _("Đã lưu thông tin cán bộ."),
    ):
        return redirect(found)
    return form_page(request, form, heading=_("Sửa thông tin cán bộ"), submit=_("Lưu"), back=found)


def position_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _editable(request, pk)
    form = PositionForm(request.POST or None, units=_units(request))
    if done(
        request,
        form,
        lambda given: actions.begin_position(found, **given, by=user),
        _("Đã thêm chức vụ."),
    ):
        return redirect(found)
    return form_page(request, form, heading=_("Thêm chức vụ"), submit=_("Thêm chức vụ"), back=found)


def position_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, position = user_of(request), _position(request, pk)
    units = Unit.objects.filter(Q(pk__in=_units(request)) | Q(pk=position.unit_id))
    form = PositionForm(
        request.POST or None, units=units, initial=PositionForm.of_position(position)
    )
    if done(
        request,
        form,
        lambda given: actions.edit_position(position, **given, by=user),
        _("Đã lưu chức vụ."),
    ):
        return redirect(position.person)
    heading = _("Sửa chức vụ")
    return form_page(request, form, heading=heading, submit=_("Lưu"), back=position.person)


def position_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, position = user_of(request), _position(request, pk)
    form = EndPositionForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if done(
        request,
        form,
        lambda given: actions.end_position(position, **given, by=user),
        _("Đã ghi ngày thôi chức vụ."),
    ):
        return redirect(position.person)
    return form_page(
        request,
        form,
        heading=_("Kết thúc chức vụ"),
        submit=_("Ghi ngày kết thúc"),
        back=position.person,
        hint=str(position),
    )


def _filtered(request: HttpRequest) -> PersonFilter:
    user, today = user_of(request), timezone.localdate()
    reads = access.reads_somewhere(user, on=today)
    scope = access.covered(user, (*access.READS, *access.ACTS_FOR), on=today)
    return PersonFilter(
        request.GET,
        queryset=access.visible_persons(user, on=today),
        on=today,
        units=scope.filter(queries.valid_on(today)),
        readable=access.read_persons(user, on=today) if reads else None,
    )


def _with_spans(positions: QuerySet[Position]) -> list[tuple[Position, str]]:
    return [(position, span(position.from_on, position.until_on)) for position in positions]


def _is_lasting(until_on: Any, today: Any) -> bool:
    return until_on is None or until_on >= today


def _units(request: HttpRequest) -> QuerySet[Unit]:
    """The units in which one may let somebody serve."""
    today = timezone.localdate()
    covered = access.covered(user_of(request), access.EDITS, on=today)
    return covered.filter(queries.valid_on(today))


def _editable(request: HttpRequest, pk: UUID) -> Person:
    editable = access.editable_persons(user_of(request), on=timezone.localdate())
    found: Person = get_object_or_404(editable.select_related("user"), pk=pk)
    return found


def _position(request: HttpRequest, pk: UUID) -> Position:
    """A position in a unit that one edits, of a person that one edits."""
    user, today = user_of(request), timezone.localdate()
    positions = Position.objects.filter(
        unit__in=access.covered(user, access.EDITS, on=today),
        person__in=access.editable_persons(user, on=today),
    )
    found: Position = get_object_or_404(positions.select_related("person", "unit"), pk=pk)
    return found
