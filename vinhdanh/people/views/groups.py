from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vinhdanh.journal import queries as journal
from vinhdanh.people import access, actions, queries
from vinhdanh.people.forms import GroupForm
from vinhdanh.people.models import Unit, UnitGroup
from vinhdanh.people.views.page import act, done, form_page, user_of


def groups(request: HttpRequest) -> HttpResponse:
    """The groups of the offices one sees, and how many units each means today."""
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_groups(user, on=today)
    shown = {
        "groups": queries.counted_groups(visible, on=today),
        "may_edit": access.edits_somewhere(user, on=today),
    }
    return render(request, "people/groups.html", shown)


def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_groups(user, on=today)
    found = get_object_or_404(visible.select_related("office", "anchor"), pk=pk)
    reads = access.reads(user, found.office, on=today)
    shown = {
        "group": found,
        "kinds": [Unit.Kind(kind).label for kind in found.kinds],
        "units": queries.units_of(found, on=today).select_related("parent"),
        "members": found.members.all(),
        "may_edit": access.editable_groups(user, on=today).filter(pk=pk).exists(),
        "lines": journal.lines_about(found) if reads else None,
        "today": today,
    }
    return render(request, "people/group.html", shown)


def group_new(request: HttpRequest) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    offices = access.covered(user, access.EDITS, on=today)
    get_object_or_404(offices[:1])
    first = offices.filter(kind=Unit.Kind.DEPARTMENT).first()
    form = GroupForm(
        request.POST or None,
        offices=offices,
        units=_choosable(request),
        initial={"office": first, "anchor": first},
    )
    made = done(
        request, form, lambda given: actions.create_group(**given, by=user), _("Đã lập nhóm.")
    )
    if isinstance(made, UnitGroup):
        return redirect(made)
    return form_page(
        request,
        form,
        heading=_("Lập nhóm đơn vị"),
        submit=_("Lập nhóm"),
        back=reverse("people:groups"),
        back_name=_("Nhóm đơn vị"),
    )


def group_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _editable(request, pk)
    form = GroupForm(
        request.POST or None,
        offices=Unit.objects.none(),
        units=_choosable(request),
        group=found,
        initial=GroupForm.of(found),
    )
    if done(
        request,
        form,
        lambda given: actions.edit_group(found, **given, by=user),
        _("Đã lưu nhóm."),
    ):
        return redirect(found)
    return form_page(request, form, heading=_("Sửa nhóm đơn vị"), submit=_("Lưu"), back=found)


def group_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _editable(request, pk)
    if request.method == "POST":
        return act(
            request,
            lambda: actions.delete_group(found, by=user),
            said=_("Đã xóa nhóm “%(name)s”.") % {"name": found.name},
            to="people:groups",
        )
    shown: dict[str, Any] = {
        "heading": _("Xóa nhóm “%(name)s”?") % {"name": found.name},
        "text": _("Nhóm bị xóa hẳn; các đơn vị trong nhóm không bị ảnh hưởng."),
        "submit": _("Xóa nhóm"),
        "tone": "danger",
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "people/confirm.html", shown)


def _choosable(request: HttpRequest) -> Any:
    today = timezone.localdate()
    return access.visible_units(user_of(request), on=today).filter(queries.valid_on(today))


def _editable(request: HttpRequest, pk: UUID) -> UnitGroup:
    editable = access.editable_groups(user_of(request), on=timezone.localdate())
    found: UnitGroup = get_object_or_404(editable.select_related("office", "anchor"), pk=pk)
    return found
