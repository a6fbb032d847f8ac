"""The draft beside its document: rows, findings, names, and what happened to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from vinhdanh.common.refusal import Refused
from vinhdanh.plans import access, actions, queries
from vinhdanh.plans.forms.draft import AcceptForm, NameForm, PrintedNameForm
from vinhdanh.plans.models import Finding, Plan, TaskOwner
from vinhdanh.plans.queries.draft import PrintedName
from vinhdanh.plans.views.draft import edited_plan, reviewed_plan, seen_plan, user_of

PER_PAGE = 15
PRINTED_PER_PAGE = 50
UNDER_REVIEW = (Plan.State.DRAFT, Plan.State.STARTING)
FILTERS = [
    ("", gettext_lazy("Tất cả nhiệm vụ")),
    ("can-xem", gettext_lazy("Còn việc phải xem")),
    ("don-vi", gettext_lazy("Tên đơn vị chưa khớp")),
    ("thoi-han", gettext_lazy("Chưa rõ thời hạn")),
    ("da-sua", gettext_lazy("Đã sửa, đã thêm")),
    ("da-bo", gettext_lazy("Đã bỏ")),
]


def frame(request: HttpRequest, plan: Plan, tab: str) -> dict[str, Any]:
    """What every page of the review shows around its content."""
    runs = access.may_run(user_of(request), plan, on=timezone.localdate())
    return {
        "plan": plan,
        "tab": tab,
        "counts": queries.review_counts(plan),
        "runs": runs,
        "editable": runs and plan.is_draft,
    }


@dataclass(frozen=True)
class Tried:
    """A reason that could not be taken, and what it was given for: a finding, or all of a kind."""

    key: str
    form: AcceptForm


@require_safe
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every row as printed beside what was read of it, and the findings to settle."""
    plan = seen_plan(request, pk)
    if plan.state not in UNDER_REVIEW:
        return redirect(plan)
    return _review_page(request, plan)


def _review_page(request: HttpRequest, plan: Plan, tried: Tried | None = None) -> HttpResponse:
    chosen, kind = request.GET.get("xem", ""), request.GET.get("loai", "")
    rows = queries.review_rows(plan, chosen, kind)
    page_number = request.GET.get("page")
    if sought := request.GET.get("dong"):
        places = [str(row) for row in rows.values_list("pk", flat=True)]
        if sought in places:
            page_number = str(places.index(sought) // PER_PAGE + 1)
    findings = queries.review_findings(plan)
    return render(
        request,
        "plans/review.html",
        {
            **frame(request, plan, "rows"),
            **findings_shown(findings, tried),
            "page": Paginator(rows, PER_PAGE).get_page(page_number),
            "filters": FILTERS,
            "chosen": chosen,
            "kinds": Finding.Kind.choices,
            "kind": kind,
            "twin": queries.twins(plan).first(),
            "lines": queries.draft_history(plan),
        },
        status=422 if tried else 200,
    )


def findings_shown(findings: list[Finding], tried: Tried | None = None) -> dict[str, Any]:
    """The findings as the panel shows them: to settle, by kind, and settled.

    A reason that was tried for what is no longer open stands by itself (`tried_alone`).
    """
    still_open: dict[str, list[tuple[Finding, bool]]] = {}
    for one in findings:
        if one.state == Finding.State.OPEN:
            still_open.setdefault(one.kind, []).append((one, queries.may_be_corrected(one)))
    kinds_together = {kind for kind, ones in still_open.items() if len(ones) > 1}
    places = kinds_together | {str(one.pk) for ones in still_open.values() for one, _ok in ones}
    return {
        "tried": tried,
        "tried_alone": tried is not None and tried.key not in places,
        "open_findings": [
            (kind, Finding.Kind(kind).label, ones) for kind, ones in still_open.items()
        ],
        "settled_findings": [one for one in findings if one.state != Finding.State.OPEN],
    }


@require_safe
def printed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The body of the plan as printed, part by part, and the rows as printed."""
    plan = reviewed_plan(request, pk)
    rows = plan.tasks.filter(removed=False).exclude(quote="")
    page = Paginator(rows, PRINTED_PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        **frame(request, plan, "printed"),
        "sections": queries.sections_with_findings(plan) if page.number == 1 else [],
        "page": page,
    }
    return render(request, "plans/printed.html", shown)


def names(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The names that the plan prints, and whom each means; one is settled at a time."""
    plan = (reviewed_plan if request.method == "GET" else edited_plan)(request, pk)
    today = timezone.localdate()
    printed_names = queries.printed_names(plan, on=today)
    known = queries.known_units(plan, on=today)
    asked, row = request.POST.get("name") or request.GET.get("ten", ""), ""
    if owner := _owner(plan, request.GET.get("chu", "")):
        asked, row = owner.name, str(owner.task_id)
    forms: dict[str, NameForm] = {}
    for number, printed_name in enumerate(printed_names):
        if printed_name.is_settled and printed_name.name != asked:
            continue
        given = request.POST if request.POST.get("name") == printed_name.name else None
        forms[printed_name.name] = _name_form(plan, printed_name, known, given, number, row=row)
    if request.method == "POST" and asked in forms and forms[asked].is_valid():
        return _settle_name(request, plan, forms[asked])
    shown = {
        **frame(request, plan, "names"),
        "asked": sorted(
            ((one, forms[one.name]) for one in printed_names if one.name in forms),
            key=lambda pair: pair[0].name != asked,
        ),
        "settled": [one for one in printed_names if one.name not in forms],
        "known": known,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/names.html", shown, status=status)


def _owner(plan: Plan, pk: str) -> TaskOwner | None:
    try:
        return TaskOwner.objects.filter(pk=UUID(pk), task__plan=plan).first()
    except ValueError:
        return None


def _name_form(
    plan: Plan, printed_name: PrintedName, known: Any, given: Any, number: int, *, row: str
) -> NameForm:
    likely = [candidate.unit or candidate.group for candidate in printed_name.candidates]
    if current := printed_name.unit or printed_name.group:
        likely = [current, *(thing for thing in likely if thing != current)]
    return NameForm(
        given,
        plan=plan,
        known=known,
        likely=[thing for thing in likely if thing],
        auto_id=f"name-{number}-%s",
        initial={"name": printed_name.name, "row": row, "reason": printed_name.reason},
    )


def _settle_name(request: HttpRequest, plan: Plan, form: NameForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        places = actions.match_name(
            plan,
            given["name"],
            unit=given["unit"],
            group=given["group"],
            reason=given["reason"],
            row=given["row"] if given["only_row"] else None,
            by=user_of(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("Đã xác định “%(name)s” ở %(places)d chỗ.")
        messages.success(request, sentence % {"name": given["name"], "places": places})
    return redirect("plans:names", plan.pk)


@require_POST
def name_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what a name was said to mean."""
    plan, form = edited_plan(request, pk), PrintedNameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kế hoạch không còn ghi tên này."))
        return redirect("plans:names", plan.pk)
    name = form.cleaned_data["name"]
    try:
        actions.match_name_again(
            plan, name, by=user_of(request), on=timezone.localdate(), at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã tra lại “%(name)s”.") % {"name": name})
    return redirect("plans:names", plan.pk)


@require_POST
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check the draft again as it now stands."""
    plan = edited_plan(request, pk)
    try:
        counted = actions.check_again(plan, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("Đã kiểm tra lại: %(added)d điểm mới, %(corrected)d điểm không còn.")
        counts = {"added": counted["added"], "corrected": counted["corrected"]}
        messages.success(request, sentence % counts)
    return redirect("plans:review", plan.pk)


def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept a finding with a reason, or say that it has been corrected."""
    finding = _finding(request, pk)
    if request.method != "POST":
        return redirect(_address(finding.plan, request))
    by, at = user_of(request), timezone.now()
    if "corrected" in request.POST:
        try:
            actions.correct_finding(finding, by=by, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã xử lý: %(finding)s") % {"finding": finding})
        return _back_to(finding, request)

    def accept(reason: str) -> str:
        actions.accept_finding(finding, reason=reason, by=by, at=at)
        return _("Đã xử lý: %(finding)s") % {"finding": finding}

    return _accepted(request, finding.plan, str(finding.pk), accept)


def settle_kind(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Accept all open findings of a kind for one reason."""
    plan = edited_plan(request, pk)
    if request.method != "POST":
        return redirect(_address(plan, request))

    def accept(reason: str) -> str:
        count = actions.accept_findings(
            plan, kind, reason=reason, by=user_of(request), at=timezone.now()
        )
        sentence = ngettext("Đã chấp nhận %(count)d điểm.", "Đã chấp nhận %(count)d điểm.", count)
        return sentence % {"count": count}

    return _accepted(request, plan, kind, accept)


def _accepted(
    request: HttpRequest, plan: Plan, key: str, accept: Callable[[str], str]
) -> HttpResponse:
    """Accept for the reason given; a reason that cannot be taken stays in its place (`key`)."""
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            sentence = accept(form.cleaned_data["reason"])
        except Refused as refusal:
            if plan.state not in UNDER_REVIEW:
                messages.error(request, str(refusal))
                return redirect(plan)
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, sentence)
            return redirect(f"{_address(plan, request)}#diem-can-xem")
    if plan.state not in UNDER_REVIEW:
        return redirect(plan)
    return _review_page(request, plan, Tried(key, form))


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back how a finding was settled."""
    finding = _finding(request, pk)
    try:
        actions.reopen_finding(finding, by=user_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back_to(finding, request)


def _finding(request: HttpRequest, pk: UUID) -> Finding:
    plans = access.plans_to_run(user_of(request), on=timezone.localdate())
    finding: Finding = get_object_or_404(
        Finding.objects.select_related("plan"), pk=pk, plan__in=plans
    )
    return finding


def _back_to(finding: Finding, request: HttpRequest) -> HttpResponse:
    return redirect(f"{_address(finding.plan, request)}#diem-can-xem")


def _address(plan: Plan, request: HttpRequest) -> str:
    """Where the plan is reviewed, under the filters of the address."""
    return f"{plan.get_absolute_url()}?{request.GET.urlencode()}".removesuffix("?")
