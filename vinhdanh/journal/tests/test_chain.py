import threading

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from vinhdanh.journal import actions, queries
from vinhdanh.journal.commands import journal
from vinhdanh.journal.models import Line, Link
from vinhdanh.journal.queries import lines
from vinhdanh.journal.rules import FIRST_DIGEST, Fault

pytestmark = pytest.mark.django_db(transaction=True)


def a_thing():
    return get_user_model().objects.create_user(username="thing", name="Kế hoạch")


def write(count: int, *, deed: str = "plan changed") -> None:
    thing = get_user_model().objects.filter(username="thing").first() or a_thing()
    for number in range(count):
        actions.record(deed, thing, by=thing, detail={"note": f"Lần {number}", "steps": [1, 2.50]})


def tamper(*statements: str) -> None:
    """What somebody could do who owns the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("journal_line", "journal_link"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement)
        for table in ("journal_line", "journal_link"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER journal_protect")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER journal_protect_whole")


def line_at(number: int):
    return Link.objects.get(number=number).line_id


def test_lines_are_linked_in_order_of_commit():
    write(3)

    verdict = queries.verify()

    assert (verdict.count, verdict.fault) == (3, None)
    assert list(Link.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert bytes(Link.objects.get(number=1).previous) == FIRST_DIGEST
    assert verdict.digest == bytes(Link.objects.get(number=3).digest)


def test_an_empty_journal_is_whole():
    assert queries.verify() == queries.Verdict(0, FIRST_DIGEST)


def test_a_line_whose_transaction_fails_leaves_no_trace():
    write(1)
    with transaction.atomic():
        write(5)
        transaction.set_rollback(True)
    write(1)

    assert queries.verify().count == 2


def test_writers_at_the_same_time_make_one_chain_without_a_gap():
    thing = a_thing()
    problems: list[BaseException] = []

    def work():
        try:
            for number in range(50):
                with transaction.atomic():
                    actions.record("plan changed", thing, by=thing, detail={"number": number})
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=work) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)

    assert problems == []
    assert queries.verify().count == 400
    assert list(Link.objects.values_list("number", flat=True)) == list(range(1, 401))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_line SET actor_name = 'Người khác'",
        "DELETE FROM journal_line",
        "UPDATE journal_link SET number = number + 1",
        "DELETE FROM journal_link",
        "SET LOCAL session_replication_role = replica; DELETE FROM journal_link",
    ],
)
def test_the_database_refuses_to_change_the_journal(statement):
    write(2)

    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert queries.verify().count == 2


@pytest.mark.parametrize("table", ["journal_line", "journal_link"])
def test_the_database_refuses_to_empty_the_journal(table):
    write(1)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER journal_protect_whole")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
        transaction.set_rollback(True)

    assert Line.objects.count() == 1


@pytest.mark.parametrize(
    ("statement", "count", "fault"),
    [
        ("UPDATE journal_line SET deed = 'other' WHERE id = '{third}'", 2, Fault.ALTERED),
        ("UPDATE journal_line SET detail = '{{}}' WHERE id = '{third}'", 2, Fault.ALTERED),
        (
            "UPDATE journal_line SET at = at + interval '1 microsecond' WHERE id = '{third}'",
            2,
            Fault.ALTERED,
        ),
        ("DELETE FROM journal_line WHERE id = '{third}'", 2, Fault.LINE_MISSING),
        ("DELETE FROM journal_link WHERE number = 3", 2, Fault.LINK_MISSING),
        ("DELETE FROM journal_link WHERE number = 5", 4, Fault.UNLINKED),
        (
            "UPDATE journal_link SET number = CASE number WHEN 3 THEN -4 ELSE -3 END"
            " WHERE number IN (3, 4); UPDATE journal_link SET number = -number WHERE number < 0",
            2,
            Fault.ORDER,
        ),
        (  # two lines change places, their links stay
            "CREATE TEMP TABLE kept AS SELECT number, line_id FROM journal_link;"
            " UPDATE journal_link SET line_id = gen_random_uuid() WHERE number IN (3, 4);"
            " UPDATE journal_link SET line_id = kept.line_id FROM kept"
            " WHERE kept.number = 7 - journal_link.number AND journal_link.number IN (3, 4);"
            " DROP TABLE kept",
            2,
            Fault.ALTERED,
        ),
        (  # a line goes with its link, and the rest is numbered anew
            "DELETE FROM journal_link WHERE number = 3; DELETE FROM journal_line WHERE id ="
            " '{third}'; UPDATE journal_link SET number = number - 1 WHERE number > 3",
            2,
            Fault.ORDER,
        ),
        (  # and is linked anew to the one before, without forging its digest
            "DELETE FROM journal_link WHERE number = 3; DELETE FROM journal_line WHERE id ="
            " '{third}'; UPDATE journal_link SET number = number - 1 WHERE number > 3;"
            " UPDATE journal_link SET previous = (SELECT digest FROM journal_link WHERE number = 2)"
            " WHERE number = 3",
            2,
            Fault.ALTERED,
        ),
    ],
)
def test_tampering_is_found_where_it_was_done(statement, count, fault):
    write(5)
    tamper(statement.format(third=line_at(3)))

    verdict = queries.verify()

    assert (verdict.count, verdict.fault) == (count, fault)


def test_a_line_slipped_in_without_a_link_is_found():
    write(2)
    tamper(
        "INSERT INTO journal_line (id, at, actor_name, whence, deed, thing_kind, thing_id,"
        " thing_name, detail) SELECT gen_random_uuid(), at, '', '', 'x', 'x', thing_id, 'x', '{}'"
        " FROM journal_line LIMIT 1"
    )

    verdict = queries.verify()

    assert (verdict.count, verdict.fault) == (2, Fault.UNLINKED)
    assert verdict.line == Line.objects.get(deed="x").pk


def test_newest_lines_cut_off_with_their_links_are_found_by_what_was_noted():
    write(5)
    noted = queries.verify()
    last = line_at(5)
    tamper(
        "DELETE FROM journal_link WHERE number = 5", f"DELETE FROM journal_line WHERE id = '{last}'"
    )
    assert queries.verify().fault is None

    assert queries.verify(noted=(noted.count, noted.digest)).fault is Fault.CUT_OFF

    write(1)
    assert queries.verify(noted=(noted.count, noted.digest)).fault is Fault.NOT_AS_NOTED


def test_a_chain_forged_anew_is_found_by_what_was_noted_only():
    write(5)
    noted = queries.verify()
    altered = line_at(2)
    tamper(
        f"UPDATE journal_line SET actor_name = 'x' WHERE id = '{altered}'",
        "DO $$ DECLARE one record; last bytea := decode(repeat('00', 32), 'hex'); BEGIN"
        " FOR one IN SELECT link.number, line FROM journal_link link JOIN journal_line line"
        " ON line.id = link.line_id ORDER BY link.number LOOP"
        " UPDATE journal_link SET previous = last,"
        " digest = journal_link_digest(last, one.number, one.line) WHERE number = one.number"
        " RETURNING digest INTO last; END LOOP; END $$",
    )
    assert queries.verify().fault is None

    assert queries.verify(noted=(noted.count, noted.digest)).fault is Fault.NOT_AS_NOTED


def test_verifying_goes_through_the_chain_in_batches(monkeypatch):
    write(5)
    monkeypatch.setattr(lines, "_BATCH", 2)

    assert queries.verify().count == 5


def test_the_command_prints_the_count_and_a_mark_to_note_down():
    write(3)
    mark = f"3:{queries.verify().digest.hex()}"

    first = CliRunner().invoke(journal, ["verify"])
    again = CliRunner().invoke(journal, ["verify", "--noted", mark])

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "3 dòng" in first.output
    assert mark in first.output


def test_the_command_names_the_first_fault_and_fails():
    write(3)
    altered = line_at(2)
    tamper(f"UPDATE journal_line SET actor_name = 'x' WHERE id = '{altered}'")

    result = CliRunner().invoke(journal, ["verify"])

    assert result.exit_code == 1
    assert "sau dòng 1" in result.output
    assert str(altered) in result.output


def test_a_mark_that_is_none_is_a_mistake_of_usage():
    assert CliRunner().invoke(journal, ["verify", "--noted", "ba dòng"]).exit_code == 2
