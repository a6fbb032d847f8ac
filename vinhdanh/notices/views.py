"""The pages behind the bell: each person's own messages, and how they want to be told."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from vinhdanh.notices import access, actions, queries
from vinhdanh.notices.filters import MessageFilter
from vinhdanh.notices.forms import PreferenceForm

PER_PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What the user was told, newest first."""
    user = _user_of(request)
    chosen = MessageFilter(request.GET, queryset=access.messages_of(user))
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "filter": chosen,
        "page": page,
        "unread": queries.unread_count(user),
        "today": timezone.localdate(),
    }
    return render(request, "notices/inbox.html", shown)


@require_GET
def open_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Opening a message reads it, and leads to what it is about; else it is shown itself."""
    message = get_object_or_404(access.messages_of(_user_of(request)), pk=pk)
    actions.read(message, at=timezone.now())
    if message.url and url_has_allowed_host_and_scheme(message.url, allowed_hosts=None):
        return redirect(message.url)
    return render(request, "notices/message.html", {"message": message})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything counts as read."""
    count = actions.read_all(_user_of(request), at=timezone.now())
    if count:
        sentence = ngettext(
            "Đã đánh dấu %(count)d thông báo là đã đọc.",
            "Đã đánh dấu %(count)d thông báo là đã đọc.",
            count,
        )
        messages.success(request, sentence % {"count": count})
    return redirect("notices:inbox")


def preferences(request: HttpRequest) -> HttpResponse:
    """The user chooses how to be told."""
    user = _user_of(request)
    form = PreferenceForm(request.POST or None, instance=queries.preference_of(user))
    if request.method == "POST" and form.is_valid():
        actions.choose(user, form.instance)
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("notices:preferences")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "notices/preferences.html", {"form": form}, status=status)


def _user_of(request: HttpRequest) -> AbstractUser:
    """The user; log-in is required by middleware."""
    return cast(AbstractUser, request.user)
