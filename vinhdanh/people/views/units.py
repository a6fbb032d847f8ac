from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.journal import queries as journal
from vinhdanh.people import access, actions, queries
from vinhdanh.people.filters import UnitFilter
from vinhdanh.people.forms import EndForm, MoveForm, NewUnitForm, UnitForm
from vinhdanh.people.models import RoleHolding, Unit
from vinhdanh.people.views.page import PER_PAGE, done, form_page, user_of

WHOLE_TREE = 250


def units(request: HttpRequest) -> HttpResponse:
    """The tree of units; the ended ones only when asked for."""
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_units(user, on=today)
    filtered = UnitFilter(request.GET, queryset=visible, on=today)
    branches = queries.tree(filtered.qs, within=visible)
    total = sum(not branch.only_a_way for branch, _depth in queries.walked(branches))
    searching = bool(request.GET.get("q") or request.GET.get("kind"))
    shown = {
        "filter": filtered,
        "tops": branches,
        "total": total,
        # A large tree opens level by level: further down on the page of the unit.
        "deepest": 1 if total > WHOLE_TREE and not searching else 99,
        "searching": searching,
        "may_edit": access.edits_somewhere(user, on=today),
        "today": today,
    }
    return render(request, "people/units.html", shown)


def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A unit: names and lineage for everybody; people, roles and history for its readers."""
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_units(user, on=today)
    found = get_object_or_404(visible.select_related("parent", "successor"), pk=pk)
    reads = access.reads(user, found, on=today)
    may_edit = access.editable_units(user, on=today).filter(pk=pk).exists()
    persons = access.visible_persons(user, on=today)
    positions = queries.positions_in(found, persons=persons, on=today)
    shown: dict[str, Any] = {
        "unit": found,
        "above": queries.above(found),
        "children": found.children.filter(queries.valid_on(today)),
        "other_names": found.other_names.all(),
        "predecessors": queries.predecessors(found),
        "page": Paginator(positions, PER_PAGE).get_page(request.GET.get("page")),
        "groups": queries.groups_with(found, access.visible_groups(user, on=today), on=today),
        "reads": reads,
        "sees_record": access.covers(
            user, found, (*access.OVERSEES, access.Role.CLERK, access.Role.HEAD), on=today
        ),
        "may_edit": may_edit,
        "is_valid": found.is_valid_on(today),
        "today": today,
    }
    if reads:
        held = RoleHolding.objects.filter(queries.held_on(today), unit=found)
        shown["roles"] = held.select_related("user", "user__person")
    if reads or may_edit:
        shown["lines"] = journal.lines_about(found)
        shown["changes"] = queries.unit_changes(found)
    return render(request, "people/unit.html", shown)


def unit_new(request: HttpRequest) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    parents = access.editable_units(user, on=today)
    get_object_or_404(parents[:1])
    form = NewUnitForm(
        request.POST or None,
        parents=parents.filter(queries.valid_on(today)),
        kinds=access.kinds_given(user, on=today),
        tops=access.administers_a_department(user, on=today),
        initial={"parent": request.GET.get("parent"), "kind": Unit.Kind.OFFICE},
    )
    made = done(
        request, form, lambda given: actions.create_unit(**given, by=user), _("Đã lập đơn vị.")
    )
    if isinstance(made, Unit):
        return redirect(made)
    return form_page(
        request,
        form,
        heading=_("Lập đơn vị"),
        submit=_("Lập đơn vị"),
        back=reverse("people:units"),
        back_name=_("Đơn vị"),
    )


def unit_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _editable(request, pk)
    kinds = access.kinds_given(user, on=timezone.localdate())
    form = UnitForm(request.POST or None, kinds=kinds, initial=UnitForm.of(found))
    if done(
        request,
        form,
        lambda given: actions.edit_unit(found, **given, by=user),
        _("Đã lưu thông tin đơn vị."),
    ):
        return redirect(found)
    return form_page(request, form, heading=_("Sửa đơn vị"), submit=_("Lưu"), back=found)


def unit_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today, found = user_of(request), timezone.localdate(), _editable(request, pk)
    parents = access.editable_units(user, on=today).filter(
        queries.valid_on(today), outside=found.outside
    )
    form = MoveForm(request.POST or None, parents=parents.exclude(path__startswith=found.path))
    if done(
        request,
        form,
        lambda given: actions.move_unit(found, **given, by=user),
        _("Đã chuyển đơn vị cùng các đơn vị cấp dưới."),
    ):
        return redirect(found)
    return form_page(
        request,
        form,
        heading=_("Chuyển đơn vị sang cấp trên khác"),
        submit=_("Chuyển đơn vị"),
        back=found,
        hint=_(
            "Đơn vị được chuyển cùng mọi đơn vị cấp dưới; ai giữ vai trò ở cấp trên mới sẽ thấy."
        ),
    )


def unit_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today, found = user_of(request), timezone.localdate(), _editable(request, pk)
    successors = access.editable_units(user, on=today).exclude(path__startswith=found.path)
    form = EndForm(request.POST or None, successors=successors.exclude(valid_until__lt=today))
    if done(
        request,
        form,
        lambda given: actions.end_unit(found, **given, by=user, on=today),
        _("Đã ghi ngày kết thúc của đơn vị."),
    ):
        return redirect(found)
    return form_page(
        request,
        form,
        heading=_("Kết thúc đơn vị"),
        submit=_("Kết thúc đơn vị"),
        back=found,
        hint=_(
            "Quá trình của đơn vị vẫn được giữ; đơn vị chỉ không còn hoạt động sau ngày cuối cùng."
        ),
    )


def _editable(request: HttpRequest, pk: UUID) -> Unit:
    editable = access.editable_units(user_of(request), on=timezone.localdate())
    found: Unit = get_object_or_404(editable.select_related("parent"), pk=pk)
    return found
