"""Moving or calling off a meeting to which an office has invited."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vinhdanh.common.refusal import Refused
from vinhdanh.secretariat.actions import meetings as actions
from vinhdanh.secretariat.views.mailings import run_mailing
from vinhdanh.secretariat.views.offices import user_of


@require_POST
def meeting_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a letter that moves the meeting, and lead to where its time and place are typed."""
    found = run_mailing(request, pk)
    try:
        made = actions.change(found, calls_off=False, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    said = _("Ghi thời gian, địa điểm khác rồi lưu; thư chờ trong hộp thư đi đến khi được cho gửi.")
    messages.info(request, said)
    return redirect("secretariat:mailing_edit", made.pk)


@require_POST
def meeting_call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin a letter that calls the meeting off, and lead to it."""
    found = run_mailing(request, pk)
    try:
        made = actions.change(found, calls_off=True, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.info(
        request, _("Cuộc họp chỉ hủy khi thư này được cho gửi; có thể sửa lời thư trước.")
    )
    return redirect(made)
