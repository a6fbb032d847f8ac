"""What a monitor asks, and what the worker does by the clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from config import tasks
from config.check import findings
from vinhdanh.law import store as law
from vinhdanh.law.tests.make import a_law

JOB = "config.tasks.remove_expired_sessions"
RESUMING = "resume_interrupted_jobs"


def test_health_is_told_without_log_in(client, transactional_db):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "queue": "ok", "workers": 0}


def test_a_law_folder_that_was_refused_is_told_while_all_is_well(
    client, transactional_db, tmp_path: Path
):
    before = law._store
    law.use(a_law(tmp_path, {"documents.yaml": ("name", "nam")}), None)
    try:
        answer = client.get("/healthz")
        finding = next(found for found in findings() if "pháp luật" in found.text.lower())
    finally:
        law._store = before

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "queue": "ok", "workers": 0, "law": "refused"}
    assert not finding.good
    assert "vinhdanh law check" in finding.text


def test_an_unreachable_database_is_not_health(client, db):
    known = connections["default"].settings_dict["PORT"]
    connections["default"].settings_dict["PORT"] = "1"
    try:
        answer = client.get("/healthz")
    finally:
        connections["default"].settings_dict["PORT"] = known

    assert answer.status_code == 503
    assert answer.json() == {"database": "unreachable", "queue": "unknown"}


def test_measures_count_the_jobs_that_wait(client, db):
    app.configure_task("config.tasks.remove_expired_sessions").defer(timestamp=0)

    page = client.get("/metrics").content.decode()

    assert "\nvinhdanh_jobs_waiting 1.0\n" in page
    assert "\nvinhdanh_workers 0.0\n" in page
    assert "django_http_requests_total_by_method_total" in page


def test_measures_are_refused_to_others_and_to_who_stands_behind_a_proxy(client, db):
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200


def test_a_token_opens_the_measures_and_is_then_the_only_way(client, db, monkeypatch):
    monkeypatch.setenv("VINHDANH_METRICS_TOKEN", "open-sesame")

    right = client.get("/metrics", REMOTE_ADDR="10.1.2.3", HTTP_AUTHORIZATION="Bearer open-sesame")

    assert right.status_code == 200
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer open-door").status_code == 403


def test_a_job_interrupted_by_a_crash_is_put_back(db):
    interrupted = a_job_of_a_dead_worker()

    async_to_sync(tasks.resume_interrupted_jobs.func)(timestamp=0)

    assert ProcrastinateJob.objects.get(pk=interrupted).status == "todo"


def test_a_job_interrupted_by_a_crash_makes_way_for_the_same_that_waits_already(
    transactional_db, no_jobs_left
):
    for _number in range(2):
        a_job_of_a_dead_worker()
    waiting = app.configure_task(JOB, queueing_lock=JOB).defer(timestamp=1)

    async_to_sync(tasks.resume_interrupted_jobs.func)(timestamp=0)

    jobs = ProcrastinateJob.objects.filter(queueing_lock=JOB)
    assert dict(jobs.values_list("pk", "status")) == {waiting: "todo"}


@pytest.fixture
def no_jobs_left() -> Iterator[None]:
    """Tests that really commit do not empty the queue's tables afterwards."""
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE queueing_lock = ANY(%s)", [[JOB, RESUMING]]
        )


def test_a_worker_that_begins_looks_once_for_what_another_left(transactional_db, no_jobs_left):
    tasks.resume_soon()
    tasks.resume_soon()

    jobs = ProcrastinateJob.objects.filter(queueing_lock=RESUMING)
    assert [(job.status, job.scheduled_at is None) for job in jobs] == [("todo", False)]


def a_job_of_a_dead_worker() -> int:
    """The number of a job that a worker had begun when it was killed five minutes ago."""
    job = app.configure_task(JOB, queueing_lock=JOB).defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - interval '5 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job],
        )
    return job


def test_housekeeping_forgets_old_success_and_keeps_failure(db):
    task = app.configure_task("config.tasks.remove_expired_sessions")
    jobs = []
    with connection.cursor() as cursor:
        for status in ("succeeded", "failed", "succeeded"):
            job = task.defer(timestamp=0)
            for step in ("doing", status):
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [step, job]
                )
            jobs.append(job)
        succeeded, failed, fresh = jobs
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '31 days' WHERE job_id <> %s",
            [fresh],
        )

    async_to_sync(tasks.remove_finished_jobs.func)(timestamp=0)

    kept = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    assert {succeeded, failed, fresh} - kept == {succeeded}


def test_the_installation_says_what_is_wrong_with_it(db, settings, tmp_path):
    call_command("createcachetable", verbosity=0)
    settings.STATIC_ROOT = tmp_path

    wrong = [finding.text for finding in findings() if not finding.good]

    assert wrong == ["Chưa có tệp tĩnh của trang web: chạy vinhdanh migrate."]
