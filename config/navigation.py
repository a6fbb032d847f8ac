"""The frame around every page: the navigation in the order of the work, and the years at hand."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.people import access as people
from vinhdanh.plans import access as plans
from vinhdanh.plans.models import Plan
from vinhdanh.plans.queries import work_lines

_YEARS_OFFERED = 8
_MOST_COUNTED = 99


@dataclass(frozen=True)
class Item:
    """A line of the navigation; `count` says how many things wait there, "" where none does."""

    name: str
    icon: str
    url: str
    current: bool
    count: str = ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the base template shows around a page, fetched only when it does; nothing for a
    visitor who has not logged in."""
    user = getattr(request, "user", None)
    always = {"is_demonstration": settings.DEMONSTRATION}
    if not isinstance(user, User):
        return always
    return {
        **always,
        "frame_items": SimpleLazyObject(lambda: _items(request, user)),
        "frame_years": SimpleLazyObject(lambda: _plans_at_hand(user)),
    }


def _items(request: HttpRequest, user: User) -> list[Item]:
    today = timezone.localdate()

    def item(name: str, icon: str, view: str, *below: str, count: str = "") -> Item:
        here = reverse(view)
        inside = any(request.path.startswith(reverse(other)) for other in below)
        return Item(name, icon, here, current=request.path == here or inside, count=count)

    roles = {role for role, _path in plans.held(user, on=today)}
    items = [
        item(_("Việc của tôi"), "check2-square", "plans:my_work", count=_waiting(user)),
        item(_("Kế hoạch"), "journal-text", "plans:list"),
        item(_("Đơn vị"), "diagram-3", "people:units", "people:units"),
    ]
    if roles & set(people.READS):
        items.append(item(_("Nhóm đơn vị"), "collection", "people:groups", "people:groups"))
    if roles & {*people.READS, *people.ACTS_FOR}:
        items.append(item(_("Cán bộ"), "people", "people:persons", "people:persons"))
    if roles & set(people.READS):
        items.append(item(_("Vai trò"), "person-badge", "people:roles", "people:roles"))
    if roles & set(people.EDITS):
        items.append(item(_("Nhập từ bảng tính"), "table", "people:import", "people:import"))
    return items


def _waiting(user: User) -> str:
    """How many things wait for the user, as the navigation says it: "", "7", "99+"."""
    count = work_lines.waiting_count(user, on=timezone.localdate(), most=_MOST_COUNTED + 1)
    if count > _MOST_COUNTED:
        return f"{_MOST_COUNTED}+"
    return str(count) if count else ""


def _plans_at_hand(user: User) -> list[Plan]:
    running = plans.visible_plans(user, on=timezone.localdate()).exclude(state=Plan.State.DRAFT)
    return list(running.select_related("office").order_by("-year")[:_YEARS_OFFERED])
