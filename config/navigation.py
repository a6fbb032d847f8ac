"""The frame around every page: the navigation in the order of the work, and the years at hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import User
from vinhdanh.common.vietnamese import fold
from vinhdanh.honours import access as honours
from vinhdanh.notices import queries as notices
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
        "frame_unread": SimpleLazyObject(lambda: _some(notices.unread_count(user))),
        "frame_years": SimpleLazyObject(lambda: _plans_at_hand(user)),
    }


def pages_named(user: User, words: str, *, on: date) -> list[tuple[str, str]]:
    """The pages offered to the user whose name holds every word, each with its address: those of
    the navigation, and the bonuses that stand behind a tab of the register."""
    pages = [(name, view) for name, _icon, view in _offered(user, on=on)]
    if "honours:register" in {view for _name, view in pages}:
        pages.append((_("Tiền thưởng"), "honours:bonuses"))
    sought = fold(words).split()
    return [
        (name, reverse(view)) for name, view in pages if all(word in fold(name) for word in sought)
    ]


def _items(request: HttpRequest, user: User) -> list[Item]:
    today = timezone.localdate()
    found = [(name, icon, reverse(view)) for name, icon, view in _offered(user, on=today)]
    urls = {url for _name, _icon, url in found}
    here = max((url for url in urls if request.path.startswith(url)), key=len, default="")
    if not here and request.resolver_match and request.resolver_match.app_name == "honours":
        register, mine = reverse("honours:register"), reverse("honours:mine")
        here = register if register in urls else mine
    counts = {reverse("plans:my_work"): _waiting(user)}
    return [Item(name, icon, url, url == here, counts.get(url, "")) for name, icon, url in found]


def _offered(user: User, *, on: date) -> list[tuple[str, str, str]]:
    """Name, icon and view of what the user's roles can use, in the order of the work."""
    roles = {role for role, _path in plans.held(user, on=on)}
    offered = [
        (_("Việc của tôi"), "check2-square", "plans:my_work"),
        (_("Kế hoạch"), "journal-text", "plans:list"),
    ]
    if roles & set(people.OVERSEES):
        offered.append((_("Văn bản"), "file-earmark-text", "secretariat:papers"))
        offered.append((_("Hộp thư đi"), "envelope", "secretariat:outbox"))
    offered.append((_("Lịch làm việc"), "calendar3", "secretariat:calendar"))
    if roles & {*people.OVERSEES, *honours.ACTS}:
        offered.append((_("Sổ khen thưởng"), "award", "honours:register"))
        offered.append((_("Xét điều kiện"), "list-check", "honours:screening"))
    offered.append((_("Thành tích của tôi"), "star", "honours:mine"))
    offered.append((_("Luật khen thưởng"), "bookmark", "honours:law"))
    offered.append((_("Đơn vị"), "diagram-3", "people:units"))
    if roles & set(people.READS):
        offered.append((_("Nhóm đơn vị"), "collection", "people:groups"))
    if roles & {*people.READS, *people.ACTS_FOR}:
        offered.append((_("Cán bộ"), "people", "people:persons"))
    if roles & set(people.READS):
        offered.append((_("Vai trò"), "person-badge", "people:roles"))
    if roles & set(people.EDITS):
        offered.append((_("Nhập từ bảng tính"), "table", "people:import"))
    return offered


def _waiting(user: User) -> str:
    """How many things wait for the user, as the navigation says it."""
    return _some(work_lines.waiting_count(user, on=timezone.localdate(), most=_MOST_COUNTED + 1))


def _some(count: int) -> str:
    """A number beside a name: "", "7", "99+"."""
    if count > _MOST_COUNTED:
        return f"{_MOST_COUNTED}+"
    return str(count) if count else ""


def _plans_at_hand(user: User) -> list[Plan]:
    running = plans.visible_plans(user, on=timezone.localdate()).exclude(state=Plan.State.DRAFT)
    return list(running.select_related("office").order_by("-year")[:_YEARS_OFFERED])
