"""Lists written in the background: asked for once, written once, for whoever asked, for a day."""

import errno
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

from vinhdanh.common.refusal import Refused
from vinhdanh.documents import actions, queries, tasks
from vinhdanh.documents.models import Export, File
from vinhdanh.documents.rules import exports
from vinhdanh.documents.rules.exports import Sheet, Shown
from vinhdanh.documents.tests.stores import NOW, on_disk, stored_files

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
THING = UUID(int=7)


@pytest.fixture(autouse=True)
def _a_store_of_its_own(tmp_path, settings):
    settings.STORAGES = {**settings.STORAGES, "default": on_disk(tmp_path / "media")}


class AList:
    """A room's list of 2,500 rows; what it was told and who took it."""

    def __init__(self) -> None:
        self.seen, self.fails, self.runs, self.taken = True, None, 0, []
        self.told: list[tuple[int | None, int]] = []

    def write(self, export, stream, told):
        self.runs += 1
        told.of(2_500)
        for count in (1_000, 2_000):
            stream.write(b"row" * 1_000)
            told(count)
            self.told += Export.objects.values_list("line_count", "written_count")
        if self.fails is not None:
            raise self.fails
        return "danh-sach.xlsx", 2_501

    def offered(self) -> Sheet:
        return Sheet(
            write=self.write,
            is_seen=lambda _export: self.seen,
            shown=lambda _export: Shown("/danh-sach/", "Danh sách", (("Của", "Sở Thử"),)),
            hand_out=lambda export: self.taken.append(export.line_count),
        )


@pytest.fixture
def a_list(monkeypatch) -> AList:
    made = AList()
    monkeypatch.setitem(exports.SHEETS, "a list", made.offered())
    return made


def somebody():
    users = get_user_model().objects
    return users.create_user(username=f"nguoi-{users.count()}", name="Người Thử")


def asked_for(by, **fields) -> Export:
    ordinary = {"about": THING, "query": "q=an", "language": "vi", "on": DAY, "at": NOW}
    return actions.ask_export("a list", by=by, **ordinary | fields)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_is_written_and_kept_with_the_number_of_its_rows(a_list):
    export = asked_for(somebody())

    tasks.write_export(str(export.pk))

    export.refresh_from_db()
    assert a_list.told == [(2_500, 1_000), (2_500, 2_000)]
    assert (export.line_count, export.written_count, export.refusal) == (2_501, 2_501, "")
    assert (export.file.name, export.file.kind) == ("danh-sach.xlsx", "xlsx")
    with queries.open_file(export.file) as stream:
        assert stream.read() == b"row" * 2_000


def test_a_writer_that_was_killed_begins_anew_and_keeps_one_file(a_list):
    export = asked_for(somebody())
    a_list.fails = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        tasks.write_export(str(export.pk))
    assert list(Export.objects.values_list("written_count", "file")) == [(2_000, None)]
    a_list.fails, a_list.told = None, []

    tasks.write_export(str(export.pk))
    tasks.write_export(str(export.pk))

    assert a_list.told == [(2_500, 1_000), (2_500, 2_000)]
    assert (a_list.runs, File.objects.count(), len(stored_files())) == (2, 1, 1)


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Refused("Vai trò đã thay đổi."), "Vai trò đã thay đổi."),
        (OSError(errno.ENOSPC, "full"), "Máy chủ hết chỗ chứa"),
    ],
)
def test_what_cannot_be_written_says_why_and_is_not_tried_again(a_list, problem, sentence):
    user = somebody()
    export = asked_for(user)
    a_list.fails = problem

    tasks.write_export(str(export.pk))
    tasks.write_export(str(export.pk))

    page = as_user(user).get(export.get_absolute_url()).content.decode()
    assert "Không viết được bảng tính." in page
    assert sentence in page
    assert 'href="/danh-sach/?q=an"' in page
    assert "http-equiv" not in page
    assert (a_list.runs, stored_files()) == (1, [])
    assert asked_for(user) != export


def test_other_failures_are_not_hidden(a_list):
    export = asked_for(somebody())
    a_list.fails = ZeroDivisionError()

    with pytest.raises(ZeroDivisionError):
        tasks.write_export(str(export.pk))

    export.refresh_from_db()
    assert (export.refusal, export.file) == ("", None)


def test_what_is_gone_meanwhile_is_kept_nowhere(a_list, monkeypatch):
    export = asked_for(somebody())
    written = a_list.write

    def write(*given):
        Export.objects.all().delete()
        return written(*given)

    a_list.write = write
    monkeypatch.setitem(exports.SHEETS, "a list", a_list.offered())

    tasks.write_export(str(export.pk))
    tasks.write_export(str(export.pk))

    assert not File.objects.exists()


def test_asking_twice_gives_what_is_being_written(a_list):
    user = somebody()

    first = asked_for(user)

    assert asked_for(user) == first
    assert asked_for(user, query="q=binh") != first
    assert asked_for(somebody()) != first


def test_one_person_has_three_lists_written_at_a_time(a_list):
    user = somebody()
    first = asked_for(user)
    for number in range(1, actions.MOST_WAITING):
        asked_for(user, query=f"page={number}")

    with pytest.raises(Refused, match="Đang viết 3 bảng tính cho bạn"):
        asked_for(user, query="q=binh")
    assert asked_for(user) == first
    assert asked_for(somebody(), query="q=binh").file is None
    tasks.write_export(str(first.pk))

    assert asked_for(user, query="q=binh").file is None


def test_only_whoever_asked_sees_and_takes_it_and_only_while_they_may(a_list):
    user = somebody()
    export = asked_for(user)
    addresses = [export.get_absolute_url(), reverse("documents:export_file", args=[export.pk])]
    assert [as_user(user).get(each).status_code for each in addresses] == [200, 404]
    tasks.write_export(str(export.pk))

    answers = [as_user(user).get(each) for each in addresses]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert b"".join(answers[1].streaming_content) == b"row" * 2_000
    assert a_list.taken == [2_501]
    assert [as_user(somebody()).get(each).status_code for each in addresses] == [404, 404]
    for each in addresses:
        assert Client().get(each)["Location"].startswith(reverse("account_login"))
    a_list.seen = False
    assert [as_user(user).get(each).status_code for each in addresses] == [404, 404]
    assert a_list.taken == [2_501]


def test_the_page_says_how_far_it_is_and_of_what(a_list):
    user = somebody()
    export = asked_for(user)
    client = as_user(user)

    waiting = client.get(export.get_absolute_url()).content.decode()
    Export.objects.update(line_count=2_500, written_count=1_000)
    part = client.get(export.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()

    assert "Đang chờ đến lượt và đếm số dòng." in waiting
    assert "Sở Thử" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "Đã viết 1000 trong 2500 dòng." in part
    assert part.lstrip().startswith('<div class="panel" id="export"')


def test_lists_are_swept_after_a_day_with_their_files(a_list):
    user = somebody()
    tasks.write_export(str(asked_for(user).pk))
    young = asked_for(user, at=NOW + timedelta(hours=1))

    assert actions.sweep_exports(at=NOW + timedelta(hours=23)) == 0
    assert actions.sweep_exports(at=NOW + timedelta(hours=24, minutes=1)) == 1

    assert list(Export.objects.all()) == [young]
    assert not File.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_have_one_list_written(a_list):
    user = somebody()

    def ask() -> UUID:
        try:
            return asked_for(user).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clicks:
        made = {click.result() for click in [clicks.submit(ask) for _ in range(4)]}

    assert made == set(Export.objects.values_list("pk", flat=True))
    assert len(made) == 1
