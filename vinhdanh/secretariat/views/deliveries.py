"""The log of what an office has sent, and the decisions about what did not arrive."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vinhdanh.common.ids import is_key
from vinhdanh.notices import queries as told
from vinhdanh.notices.models import Delivery
from vinhdanh.secretariat import access
from vinhdanh.secretariat.actions import deliveries as actions
from vinhdanh.secretariat.filters.mailings import DeliveryFilter
from vinhdanh.secretariat.queries import deliveries as queries
from vinhdanh.secretariat.views.offices import user_of

PER_PAGE = 50


def deliveries(request: HttpRequest) -> HttpResponse:
    """What was sent, to whom, and what became of it; addresses only for whoever runs the office."""
    user, today = user_of(request), timezone.localdate()
    if not access.offices_read(user, on=today).exists():
        raise Http404
    seen = access.visible_deliveries(user, on=today)
    runs = access.offices_run(user, on=today).exists()
    mailing, hook = _mailing(request), _hook(request)
    run = access.deliveries_run(user, on=today)
    filtered = DeliveryFilter(request.GET, queryset=seen, mailing=mailing, hook=hook, addressed=run)
    page = Paginator(filtered.qs, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    here = run.filter(pk__in=[each.pk for each in shown])
    run_pks = set(here.values_list("pk", flat=True)) if runs else set()
    subjects = queries.subjects(access.visible_mailings(user, on=today), shown)
    part = seen.filter(batch_id=mailing[0]) if mailing else seen
    counts = told.counts_by_state(part.filter(hook_id=hook[0]) if hook else part)
    context = {
        "filter": filtered,
        "page": page,
        "rows": [(each, subjects.get(each.batch_id), each.pk in run_pks) for each in shown],
        "counts": [(state, counts[state.value]) for state in Delivery.State],
        "mailing": mailing,
        "hook": hook,
        "runs": runs,
        "tab": "deliveries",
        "keeps_hooks": access.hooked_offices(user, on=today).exists(),
    }
    return render(request, "secretariat/deliveries.html", context)


@require_POST
def deliveries_decide(request: HttpRequest) -> HttpResponse:
    """Send the ticked ones again, count them as sent, or cancel them."""
    user, today = user_of(request), timezone.localdate()
    deed = request.POST.get("viec", "")
    if deed not in actions.DEEDS:
        raise Http404
    keys = [key for key in request.POST.getlist("luot") if is_key(key)][:PER_PAGE]
    chosen = list(access.deliveries_run(user, on=today).filter(pk__in=keys))
    done, refused = actions.decide(deed, chosen, by=user, at=timezone.now())
    if not chosen:
        messages.warning(request, _("Chưa chọn lượt gửi nào."))
    if done:
        messages.success(request, _said(deed, done))
    if refused:
        said = ngettext(
            "%(count)d lượt gửi không ở tình trạng làm được việc này; giữ nguyên.",
            "%(count)d lượt gửi không ở tình trạng làm được việc này; giữ nguyên.",
            refused,
        )
        messages.warning(request, said % {"count": refused})
    query = request.GET.urlencode()
    return redirect(reverse("secretariat:deliveries") + (f"?{query}" if query else ""))


def _said(deed: str, count: int) -> str:
    if deed == "gui-lai":
        said = ngettext(
            "Đã xếp %(count)d lượt gửi để gửi lại.", "Đã xếp %(count)d lượt gửi để gửi lại.", count
        )
    elif deed == "da-gui":
        said = ngettext(
            "Đã ghi %(count)d lượt gửi là đã gửi.", "Đã ghi %(count)d lượt gửi là đã gửi.", count
        )
    else:
        said = ngettext("Đã hủy %(count)d lượt gửi.", "Đã hủy %(count)d lượt gửi.", count)
    return said % {"count": count}


def _mailing(request: HttpRequest) -> tuple[str, str] | None:
    """Key and subject of the mailing that `?thu` asks for; 404 where the user reads none such."""
    key = request.GET.get("thu", "")
    if not key:
        return None
    seen = access.visible_mailings(user_of(request), on=timezone.localdate())
    found = get_object_or_404(seen.filter(pk=key) if is_key(key) else seen.none())
    return str(found.pk), found.subject


def _hook(request: HttpRequest) -> tuple[str, str] | None:
    """Key and name of the channel that `?kenh` asks for; 404 where the user keeps none such."""
    key = request.GET.get("kenh", "")
    if not key:
        return None
    kept = access.hooks(user_of(request), on=timezone.localdate())
    found = get_object_or_404(kept.filter(pk=key) if is_key(key) else kept.none())
    return str(found.pk), found.name
