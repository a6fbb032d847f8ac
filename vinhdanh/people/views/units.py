from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.journal import queries as journal
from vinhdanh.people import access, actions, queries
from vinhdanh.people.filters import UnitFilter
from vinhdanh.people.forms import EndForm, HandOverForm, MoveForm, NewUnitForm, UnitForm
from vinhdanh.people.models import Position, RoleHolding, Unit
from vinhdanh.people.views.page import PER_PAGE, act, done, form_page, user_of

WHOLE_TREE = 250
# So many positions and roles are asked for on one page.
AT_ONCE = 100


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
    found = get_object_or_404(visible.select_related("parent"), pk=pk)
    reads = access.reads(user, found, on=today)
    may_edit = access.editable_units(user, on=today).filter(pk=pk).exists()
    persons = access.visible_persons(user, on=today)
    positions = queries.positions_in(found, persons=persons, on=today)
    shown: dict[str, Any] = {
        "unit": found,
        "above": queries.above(found),
        "children": found.children.filter(queries.valid_on(today)),
        "other_names": found.other_names.all(),
        "successors": found.successors.all(),
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
    if may_edit and found.valid_until is not None:
        shown["left_over"] = sum(held.count() for held in queries.left_over(found))
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
        several = form.cleaned_data["successors"].count() > 1
        if several and any(held.exists() for held in queries.left_over(found)):
            return redirect("people:unit_hand_over", found.pk)
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


def unit_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back an end recorded by mistake."""
    user, found = user_of(request), _editable(request, pk)
    if request.method == "POST":
        return act(
            request,
            lambda: actions.resume_unit(found, by=user, on=timezone.localdate()),
            said=_("Đã bỏ ghi kết thúc; đơn vị hoạt động trở lại."),
            to=found,
        )
    shown = {
        "heading": _("Bỏ ghi kết thúc của %(unit)s?") % {"unit": found},
        "text": _(
            "Dùng khi ghi kết thúc nhầm. Đơn vị hoạt động trở lại và không còn đơn vị kế thừa; "
            "chức vụ, vai trò đã chuyển sang đơn vị kế thừa từ ngày hôm sau được đưa về. Chức vụ, "
            "vai trò đã ghi thôi giữ thì giữ nguyên như vậy."
        ),
        "submit": _("Bỏ ghi kết thúc"),
        "back_name": found.name,
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "people/confirm.html", shown)


def unit_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where those go on whose positions and roles outlast a unit that ended; so many at a time."""
    user, today, found = user_of(request), timezone.localdate(), _editable(request, pk)
    if found.valid_until is None:
        raise Http404
    positions, roles = queries.left_over(found)
    positions = positions.filter(person__in=access.visible_persons(user, on=today))
    left: list[Position | RoleHolding] = [*positions, *roles]
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        unit=found,
        held=left[:AT_ONCE],
        successors=access.places_of(user, left[:AT_ONCE], found.successors.all(), on=today),
    )
    if done(
        request,
        form,
        lambda given: actions.hand_over(found, **given, by=user, on=today),
        _("Đã ghi nơi đến của những người đã chọn."),
    ):
        still = any(held.exists() for held in queries.left_over(found))
        return redirect("people:unit_hand_over", found.pk) if still else redirect(found)
    shown = {"unit": found, "form": form, "more": max(len(left) - AT_ONCE, 0)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/hand_over.html", shown, status=status)


def _editable(request: HttpRequest, pk: UUID) -> Unit:
    editable = access.editable_units(user_of(request), on=timezone.localdate())
    found: Unit = get_object_or_404(editable.select_related("parent"), pk=pk)
    return found
