"""What the pages of the register have in common."""

from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_tables2 import RequestConfig, Table

from vinhdanh.accounts.models import User
from vinhdanh.common.refusal import Refused
from vinhdanh.common.templatetags.ui import filter_chips
from vinhdanh.documents.models import Export
from vinhdanh.honours import access
from vinhdanh.people import access as people
from vinhdanh.people.models import Unit

PER_PAGE = 25


def user_of(request: HttpRequest) -> User:
    """The user; log-in is required by middleware."""
    assert isinstance(request.user, User)
    return request.user


def entitlement(user: User, *, on: date) -> list[str]:
    """The roles by which the user sees what they see, each with its unit; as an `Export` holds."""
    held = people.holdings(user, on=on).order_by().values_list("role", "unit")
    return sorted(f"{role} {unit}" for role, unit in held)


def still_entitled(export: Export) -> bool:
    """Whether who asked has an open account and every role that they had when they asked."""
    user = export.asked_by
    return user.is_active and set(export.held) <= set(entitlement(user, on=timezone.localdate()))


def must_be_entitled(export: Export) -> None:
    """Refused to who lost a role since they asked."""
    if not still_entitled(export):
        raise Refused(_("Vai trò của bạn đã thay đổi; hãy xuất lại danh sách."))


def noted_at(user: User, *, on: date) -> Unit | None:
    """Where it is written down that the user took a list away: the first office overseen, else the
    first unit acted for; None for who sees the own alone."""
    overseen = access.offices_overseen(user, on=on).first()
    return overseen or people.acted_for(user, on=on).first()


def whole(table: Table, chosen: FilterSet, query: QueryDict) -> list[str]:
    """Let the table hold all its pages in the order asked for; the conditions of the list in
    words."""
    asked = HttpRequest()
    asked.GET = query  # type: ignore[assignment]
    RequestConfig(asked, paginate=False).configure(table)
    chips = filter_chips({"request": asked}, chosen)  # type: ignore[arg-type]
    return [f"{each.label}: {each.text}" for each in chips]
