"""Other channels of an office: adding, changing, trying them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vinhdanh.common.refusal import Refused
from vinhdanh.journal import queries as journal
from vinhdanh.notices.models import Delivery, Hook, Message
from vinhdanh.notices.queries import counts_by_state
from vinhdanh.notices.rules.signing import MOST_SECONDS_OLD
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import hooks as actions
from vinhdanh.secretariat.forms.hooks import HookForm
from vinhdanh.secretariat.rules.hooks import is_inside
from vinhdanh.secretariat.views.mailings import act, done
from vinhdanh.secretariat.views.offices import user_of


def hooks(request: HttpRequest) -> HttpResponse:
    """The channels of the offices whose channels one keeps."""
    user, today = user_of(request), timezone.localdate()
    offices = {office.pk: office for office in access.hooked_offices(user, on=today)}
    if not offices:
        raise Http404
    found = access.hooks(user, on=today)
    context = {
        "rows": [(hook, offices[hook.office_id], _kinds(hook)) for hook in found],
        "many": len(offices) > 1,
        "tab": "hooks",
        "reads": access.offices_read(user, on=today).exists(),
        "keeps_hooks": True,
    }
    return render(request, "secretariat/hooks.html", context)


@never_cache
def hook_new(request: HttpRequest) -> HttpResponse:
    """Add a channel; its secret is shown on the answer."""
    user, today = user_of(request), timezone.localdate()
    offices = access.hooked_offices(user, on=today).order_by("position", "sort_key")
    if not offices.exists():
        raise Http404
    form = HookForm(request.POST or None, offices=offices, initial={"kinds": Message.Kind.values})
    made = done(request, form, lambda given: actions.add(**given, by=user, at=timezone.now()))
    if made:
        messages.success(request, _("Đã thêm kênh. Nhập khóa ký này ở phía nhận."))
        return _secret_page(request, made, made.secret)
    shown = {
        "form": form,
        "heading": _("Thêm kênh"),
        "submit": _("Thêm kênh"),
        "cancel_url": reverse("secretariat:hooks"),
    }
    return render(request, "secretariat/hook_form.html", shown, status=422 if form.errors else 200)


def hook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is posted where, how that went, and how the receiver checks the signature."""
    user, found = user_of(request), _kept(request, pk)
    counts = counts_by_state(Delivery.objects.filter(hook=found))
    context = {
        "hook": found,
        "kinds": _kinds(found),
        "inside": is_inside(found.url),
        "counts": [(state, counts[state.value]) for state in Delivery.State],
        "newest": Delivery.objects.filter(hook=found)[:10],
        "reads_log": access.offices_read(user, on=timezone.localdate()).exists(),
        "lines": journal.lines_about(found),
        "most_minutes": MOST_SECONDS_OLD // 60,
    }
    return render(request, "secretariat/hook.html", context)


def hook_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change name, address and kinds."""
    user, found = user_of(request), _kept(request, pk)
    form = HookForm(request.POST or None, offices=None, initial=HookForm.of(found))
    if done(request, form, lambda given: actions.edit(found, **given, by=user, at=timezone.now())):
        messages.success(request, _("Đã lưu kênh."))
        return redirect("secretariat:hook", found.pk)
    shown = {
        "form": form,
        "hook": found,
        "heading": _("Sửa kênh"),
        "submit": _("Lưu"),
        "cancel_url": reverse("secretariat:hook", args=[found.pk]),
    }
    return render(request, "secretariat/hook_form.html", shown, status=422 if form.errors else 200)


@require_POST
def hook_switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Switch the channel off, or on again."""
    user, found = user_of(request), _kept(request, pk)
    on = request.POST.get("bat") == "1"
    said = _("Đã bật kênh.") if on else _("Đã tắt kênh; không thông báo nào được gửi qua kênh nữa.")
    act(request, lambda: actions.switch(found, on=on, by=user, at=timezone.now()), said)
    return redirect("secretariat:hook", found.pk)


def hook_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete the channel, after asking once more."""
    user, found = user_of(request), _kept(request, pk)
    if request.method == "POST":
        said = _("Đã xóa kênh “%(name)s”.") % {"name": found.name}
        act(request, lambda: actions.delete(found, by=user, at=timezone.now()), said)
        return redirect("secretariat:hooks")
    return _confirm(
        request,
        found,
        heading=_("Xóa kênh “%(name)s”?") % {"name": found.name},
        text=_("Nhật ký gửi của kênh cũng bị xóa. Muốn giữ nhật ký thì tắt kênh thay vì xóa."),
        submit=_("Xóa kênh"),
        tone="danger",
    )


@never_cache
def hook_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the channel another secret, after asking once more."""
    user, found = user_of(request), _kept(request, pk)
    if request.method == "POST":
        try:
            secret = actions.renew_secret(found, by=user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("secretariat:hooks")
        return _secret_page(request, found, secret)
    return _confirm(
        request,
        found,
        heading=_("Cấp khóa ký mới cho “%(name)s”?") % {"name": found.name},
        text=_("Khóa đang dùng mất hiệu lực ngay; phía nhận phải nhập khóa mới."),
        submit=_("Cấp khóa ký mới"),
    )


@never_cache
@require_POST
def hook_secret(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the secret; it is written down who looked."""
    user, found = user_of(request), _kept(request, pk)
    try:
        secret = actions.show_secret(found, by=user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("secretariat:hooks")
    return _secret_page(request, found, secret)


@require_POST
def hook_test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Post a message that says that it is a test."""
    user, found = user_of(request), _kept(request, pk)
    said = _("Đã xếp thông báo thử; xem kết quả ở phần Các lượt gửi gần đây.")
    act(request, lambda: actions.test(found, by=user, at=timezone.now()), said)
    return redirect("secretariat:hook", found.pk)


def _kinds(hook: Hook) -> list[str]:
    return [str(Message.Kind(kind).label) for kind in hook.kinds]


def _kept(request: HttpRequest, pk: UUID) -> Hook:
    kept = access.hooks(user_of(request), on=timezone.localdate())
    found: Hook = get_object_or_404(kept, pk=pk)
    return found


def _secret_page(request: HttpRequest, found: Hook, secret: str) -> HttpResponse:
    return render(request, "secretariat/hook_secret.html", {"hook": found, "secret": secret})


def _confirm(
    request: HttpRequest, found: Hook, *, heading: str, text: str, submit: str, tone: str = ""
) -> HttpResponse:
    shown = {
        "hook": found,
        "heading": heading,
        "text": text,
        "submit": submit,
        "tone": tone,
        "cancel_url": reverse("secretariat:hook", args=[found.pk]),
    }
    return render(request, "secretariat/hook_confirm.html", shown)
