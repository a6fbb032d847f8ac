from typing import cast

from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vinhdanh.accounts import actions, queries
from vinhdanh.accounts.models import User


@require_GET
def security(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "factors": queries.second_factors(user),
        "office_logins": get_adapter().list_providers(request),
    }
    return render(request, "accounts/security.html", context)


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    actions.end_sessions(user)
    update_session_auth_hash(request, user)
    messages.success(request, _("Đã đăng xuất khỏi mọi thiết bị khác."))
    return redirect("accounts:security")
