"""Accounts of persons, and who holds which role where."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from vinhdanh.people import access, actions, queries
from vinhdanh.people.filters import HoldingFilter
from vinhdanh.people.forms import AccountForm, AddressForm, RoleForm
from vinhdanh.people.models import Person, RoleHolding
from vinhdanh.people.tables import HoldingTable
from vinhdanh.people.views.page import PER_PAGE, act, done, form_page, user_of


@never_cache
def account_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the person an account; the one-time password is shown once, on the answer itself."""
    user, found = user_of(request), _accountable(request, pk)
    form = AccountForm(request.POST or None, initial={"username": queries.likely_username(found)})
    opened = done(
        request,
        form,
        lambda given: actions.open_account(found, **given, by=user, at=timezone.now()),
        "",
    )
    if isinstance(opened, tuple):
        account, password = opened
        return _password(request, found, account.username, password)
    heading = _("Cấp tài khoản")
    return form_page(request, form, heading=heading, submit=_("Cấp tài khoản"), back=found)


@never_cache
def account_reset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a new one-time password, shown once."""
    user, found = user_of(request), _with_account(request, pk)
    assert found.user is not None
    if request.method == "POST" and found.user.is_active:
        password = actions.reset_password(found, by=user, at=timezone.now())
        return _password(request, found, found.user.username, password)
    shown = {
        "heading": _("Cấp lại mật khẩu cho %(name)s?") % {"name": found},
        "text": _("Mật khẩu đang dùng mất hiệu lực ngay và các phiên đăng nhập bị kết thúc."),
        "submit": _("Cấp mật khẩu dùng một lần"),
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "people/confirm.html", shown)


@require_POST
def account_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _with_account(request, pk)
    now, today = timezone.now(), timezone.localdate()
    return act(
        request,
        lambda: actions.close_account(found, by=user, at=now, on=today),
        said=_("Đã khóa tài khoản; người này không đăng nhập được nữa."),
        to=found,
    )


@require_POST
def account_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = user_of(request), _with_account(request, pk)
    return act(
        request,
        lambda: actions.reopen_account(found, by=user, at=timezone.now()),
        said=_("Đã mở lại tài khoản."),
        to=found,
    )


def account_unlock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away the second factors of somebody who has lost them."""
    user, found = user_of(request), _with_account(request, pk)
    if request.method == "POST":
        return act(
            request,
            lambda: actions.forget_second_factors(found, by=user, at=timezone.now()),
            said=_("Đã gỡ xác thực hai lớp; người này đăng nhập bằng mật khẩu rồi bật lại."),
            to=found,
        )
    shown = {
        "heading": _("Gỡ xác thực hai lớp của %(name)s?") % {"name": found},
        "text": _(
            "Dùng khi người này mất điện thoại hoặc khóa truy cập. Ứng dụng xác thực, khóa truy "
            "cập và mã dự phòng đều bị gỡ; xin xác minh đúng người trước khi làm."
        ),
        "submit": _("Gỡ xác thực hai lớp"),
        "tone": "danger",
        "cancel_url": found.get_absolute_url(),
    }
    return render(request, "people/confirm.html", shown)


def account_address(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the address with which the person logs in."""
    user, found = user_of(request), _with_account(request, pk)
    assert found.user is not None
    form = AddressForm(request.POST or None, initial={"email": found.user.email})
    if done(
        request,
        form,
        lambda given: actions.set_address(found, **given, by=user, at=timezone.now()),
        _("Đã đổi thư điện tử đăng nhập."),
    ):
        return redirect(found)
    heading = _("Đổi thư điện tử đăng nhập")
    return form_page(request, form, heading=heading, submit=_("Lưu"), back=found)


def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role where: what one oversees, and one's own."""
    user, today = user_of(request), timezone.localdate()
    visible = access.visible_holdings(user, on=today)
    filtered = HoldingFilter(
        request.GET,
        queryset=visible.select_related("user", "user__person", "unit__parent"),
        on=today,
        units=access.covered(user, access.READS, on=today),
    )
    table = HoldingTable(filtered.qs, on=today)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    shown = {
        "filter": filtered,
        "table": table,
        "may_grant": access.edits_somewhere(user, on=today),
    }
    return render(request, "people/roles.html", shown)


def role_grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a role to a person whom one edits, at a unit that one covers."""
    user, today = user_of(request), timezone.localdate()
    persons = access.editable_persons(user, on=today).filter(user__isnull=False)
    found = get_object_or_404(persons.select_related("user"), pk=pk)
    units = access.covered(user, access.EDITS, on=today).filter(queries.valid_on(today))
    form = RoleForm(request.POST or None, roles=access.grantable_roles(user, on=today), units=units)
    if form.is_valid():
        role, unit = form.cleaned_data["role"], form.cleaned_data["unit"]
        if not access.may_grant(user, role, unit, on=today):
            form.add_error("role", _("Anh/chị không được giao vai trò này tại đơn vị."))
    if done(
        request,
        form,
        lambda given: actions.grant_role(found, **given, by=user),
        _("Đã giao vai trò."),
    ):
        return redirect(found)
    return form_page(request, form, heading=_("Giao vai trò"), submit=_("Giao vai trò"), back=found)


def role_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a role away, at once."""
    user, today = user_of(request), timezone.localdate()
    held = RoleHolding.objects.filter(unit__in=access.covered(user, access.EDITS, on=today))
    holding = get_object_or_404(held.select_related("unit", "user", "user__person"), pk=pk)
    if not access.may_grant(user, holding.role, holding.unit, on=today):
        raise Http404
    person = getattr(holding.user, "person", None)
    if request.method == "POST":
        return act(
            request,
            lambda: actions.revoke_role(holding, by=user, on=today),
            said=_("Đã thôi giao vai trò."),
            to=person or "people:roles",
        )
    shown = {
        "heading": _("Thôi giao vai trò cho %(name)s?") % {"name": holding.user},
        "text": _("%(role)s tại %(unit)s hết hiệu lực ngay.")
        % {"role": holding.get_role_display(), "unit": holding.unit},
        "submit": _("Thôi giao vai trò"),
        "tone": "danger",
        "cancel_url": person.get_absolute_url() if person else reverse("people:roles"),
    }
    return render(request, "people/confirm.html", shown)


def _password(request: HttpRequest, person: Person, username: str, password: str) -> HttpResponse:
    shown = {"person": person, "username": username, "password": password}
    return render(request, "people/password.html", shown)


def _accountable(request: HttpRequest, pk: UUID) -> Person:
    persons = access.accountable_persons(user_of(request), on=timezone.localdate())
    found: Person = get_object_or_404(persons.filter(user__isnull=True), pk=pk)
    return found


def _with_account(request: HttpRequest, pk: UUID) -> Person:
    persons = access.accountable_persons(user_of(request), on=timezone.localdate())
    found: Person = get_object_or_404(
        persons.filter(user__isnull=False).select_related("user"), pk=pk
    )
    return found
