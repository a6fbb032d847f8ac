"""Two persons at once: one does it, the other is told; nothing is done twice or by halves."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from vinhdanh.common.refusal import Refused
from vinhdanh.honours.actions import imports, local, register
from vinhdanh.honours.models import Conferral, HistoryImport, LocalValue
from vinhdanh.honours.queries.register import standing
from vinhdanh.honours.tests import make_imports
from vinhdanh.honours.tests.make import AT, DAY, a_conferral, the_keeper
from vinhdanh.journal.models import Line
from vinhdanh.law import store
from vinhdanh.people.tests.make import a_person, a_unit

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(*deeds: Callable[[], object]) -> list[str]:
    """What those were told who were refused when all the deeds are done at once."""
    gate, told = threading.Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        gate.wait(60)
        try:
            deed()
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told


def test_two_who_correct_the_same_fact_correct_it_once():
    office = a_unit()
    fact = a_conferral(a_person(), office)
    given = {"because": "Nhầm", "by": the_keeper(office), "at": AT}

    told = refusals(
        lambda: register.correct(fact, {"award": "DH_CSTD_CS"}, **given),
        lambda: register.correct(fact, {"award": "DH_CSTD_TINH"}, **given),
    )

    assert len(told) == 1
    assert "đã được đính chính hoặc gỡ khỏi sổ" in told[0]
    assert standing(Conferral.objects.all()).count() == 1
    assert Line.objects.filter(deed="fact corrected").count() == 1


def test_who_withdraws_a_fact_while_it_is_corrected_does_one_of_both():
    office = a_unit()
    fact = a_conferral(a_person(), office)
    given = {"because": "Nhầm", "by": the_keeper(office), "at": AT}

    told = refusals(
        lambda: register.correct(fact, {"award": "DH_CSTD_CS"}, **given),
        lambda: register.withdraw(fact, **given),
    )

    assert len(told) == 1
    corrected = Line.objects.filter(deed="fact corrected").count()
    assert standing(Conferral.objects.all()).count() == corrected


def test_a_local_value_is_written_once_for_a_day():
    office = a_unit()
    given = {"awards": ["DH_CSTD_CS"], "source": "QĐ 1/QĐ-UBND", "from_on": date(2026, 1, 1)}
    given |= {"book": store.book(), "by": the_keeper(office), "on": DAY, "at": AT}

    told = refusals(
        lambda: local.set_value(office, "vote_share", value="80", **given),
        lambda: local.set_value(office, "vote_share", value="85", **given),
    )

    assert len(told) == 1
    assert LocalValue.objects.count() == 1


def test_a_list_is_thrown_away_or_stored_and_never_both():
    house = make_imports.House()
    house.person("Nguyễn Văn An")
    given = house.matched(
        make_imports.a_list(["Nguyễn Văn An", "Phòng Nghệ thuật", "Lao động tiên tiến", 2021])
    )

    told = refusals(
        lambda: imports.store(given, by=house.keeper, at=AT),
        lambda: imports.discard(given, by=house.keeper, at=AT),
    )

    assert len(told) == 1
    left = HistoryImport.objects.filter(state=HistoryImport.State.STORING).count()
    assert left == Line.objects.filter(deed="history store begun").count()
    assert 1 - left == Line.objects.filter(deed="history thrown away").count()


def test_a_fact_corrected_while_a_list_says_the_same_stands_once():
    house = make_imports.House()
    person = house.person("Nguyễn Văn An")
    year = {"achieved_from": date(2021, 1, 1), "achieved_until": date(2021, 12, 31)}
    wrong = a_conferral(
        person, house.office, award="DH_CSTD_CS", by=house.keeper, decision_number="",
        decided_on=None, **year,
    )  # fmt: skip
    given = house.matched(
        make_imports.a_list(["Nguyễn Văn An", "Phòng Nghệ thuật", "Lao động tiên tiến", 2021])
    )
    imports.store(given, by=house.keeper, at=AT)

    refusals(
        lambda: register.correct(
            wrong, {"award": "DH_LDTT"}, because="Nhầm", by=house.keeper, at=AT
        ),
        lambda: house.carried_on(given),
    )

    workers = standing(Conferral.objects.filter(award="DH_LDTT", year=2021))
    assert workers.count() == 1
