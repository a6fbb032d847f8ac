from typing import cast

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from vinhdanh.accounts import actions, queries
from vinhdanh.accounts.models import User
from vinhdanh.accounts.rules import CHOSEN_LANGUAGE
from vinhdanh.common.refusal import Refused


@require_GET
def security(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "factors": queries.second_factors(user),
        "office_logins": get_adapter().list_providers(request),
    }
    return render(request, "accounts/security.html", context)


def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: kept with the account, or, before logging in, until
    then."""
    answer = set_language(request)
    language = request.POST.get("language", "")
    if request.method == "POST" and language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            actions.choose_language(_user(request), language)
        else:
            request.session[CHOSEN_LANGUAGE] = language
    return answer


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    actions.end_sessions(user)
    update_session_auth_hash(request, user)
    messages.success(request, _("Đã đăng xuất khỏi mọi thiết bị khác."))
    return redirect("accounts:security")


@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """The private address of one's calendar: whether there is one, and how to come by it."""
    return render(request, "accounts/feed.html", {"feed": queries.feed_of(_user(request))})


@require_POST
@never_cache
def feed_make(request: HttpRequest) -> HttpResponse:
    """Give the user an address, shown once, on the answer itself."""
    token = actions.make_feed(_user(request), at=timezone.now())
    address = request.build_absolute_uri(reverse("feed", args=[token]))
    return render(request, "accounts/feed_made.html", {"address": address})


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    try:
        actions.revoke_feed(_user(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thu hồi; địa chỉ cũ không còn mở được lịch."))
    return redirect("accounts:feed")


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
