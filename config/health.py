"""What a monitor asks: whether database and queue answer, and the measures of the system."""

import hmac
import ipaddress
import os
from typing import Any

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.db import connection, connections
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import Gauge

from vinhdanh.law import store

# A worker says that it lives every ten seconds.
_LIVING_WORKERS = """
    SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'
"""
_WAITING_JOBS = """
    SELECT count(*),
           coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))), 0)
    FROM procrastinate_jobs job
    LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
    WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""
_waiting = Gauge("vinhdanh_jobs_waiting", "Jobs that are due and not begun")
_oldest = Gauge("vinhdanh_oldest_waiting_job_seconds", "Age of the job that has waited longest")
_workers = Gauge("vinhdanh_workers", "Workers heard of in the last 30 seconds")


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when database and queue answer, 503 when not; JSON, open to all, says nothing more.

    Asks over a connection of its own, so that a full pool is not taken for a dead database.
    """
    try:
        with psycopg.connect(**_parameters(), connect_timeout=2) as asked:
            row = asked.execute(_LIVING_WORKERS).fetchone()
    except psycopg.errors.UndefinedTable:
        return JsonResponse({"database": "ok", "queue": "missing"}, status=503)
    except psycopg.Error:
        return JsonResponse({"database": "unreachable", "queue": "unknown"}, status=503)
    told = {"database": "ok", "queue": "ok", "workers": row[0] if row else 0}
    # The law in force stays in force, so a folder that was refused is no failure.
    if store.in_force().faults:
        told["law"] = "refused"
    return JsonResponse(told)


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Measures for Prometheus: to this machine itself, or to who knows VINHDANH_METRICS_TOKEN."""
    if not _may_measure(request):
        return HttpResponseForbidden("Forbidden.\n", content_type="text/plain")
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WAITING_JOBS)
            waiting, oldest = cursor.fetchone()
            cursor.execute(_LIVING_WORKERS)
            (workers,) = cursor.fetchone()
    except OperationalError:
        waiting = oldest = workers = "NaN"
    _waiting.set(waiting)
    _oldest.set(oldest)
    _workers.set(workers)
    return ExportToDjangoView(request)


def _may_measure(request: HttpRequest) -> bool:
    token = os.environ.get("VINHDANH_METRICS_TOKEN")
    if token:
        said = request.headers.get("Authorization", "")
        return hmac.compare_digest(said.encode(), f"Bearer {token}".encode())
    # A proxy on this machine calls from here too, but on behalf of somebody else.
    on_behalf = request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded")
    return not on_behalf and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _parameters() -> dict[str, Any]:
    parameters = connections["default"].get_connection_params()
    return {
        name: value
        for name, value in parameters.items()
        if name not in {"context", "cursor_factory", "prepare_threshold"}
    }
