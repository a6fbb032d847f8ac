"""Eligibility: everybody against all awards for persons, beside zen-engine and OpenFisca.

Each measurement is a process of its own on one core. The ten conditions of the comparison are told
to each engine in its own way; their answers must be equal.
"""

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import numpy as np

from benchmarks import histories
from benchmarks.eligibility_peers import (
    CONDITIONS,
    Answers,
    Engine,
    openfisca,
    zen_decision,
    zen_expressions,
)
from benchmarks.histories import YEAR, Histories
from vinhdanh.honours.rules.eligibility import VERDICTS, answers
from vinhdanh.honours.rules.facts import Facts, HeldAward, KnownInitiative
from vinhdanh.honours.rules.screening import screen
from vinhdanh.law.awards import Award
from vinhdanh.law.book import Book, read_book
from vinhdanh.law.criteria import Rating

PERSONS = 100_000
# zen-engine takes persons one by one: fewer of them, and the time for all reckoned from it.
SAMPLE = 10_000
RUNS = 5
# A day on which the law read is in force, and nothing later is known.
ON = date(2025, 12, 1)
_LEVELS: tuple[Rating, ...] = ("failed", "completed", "good", "excellent")
_MET = VERDICTS.index("met")
_CRITERIA: tuple[dict[str, object], ...] = (
    {"criterion": "rating", "at_least": "good"},
    {"criterion": "rating", "at_least": "excellent"},
    {"criterion": "rating", "at_least": "good", "years": 3},
    {"criterion": "rating", "at_least": "good", "years": 5},
    {"criterion": "rating", "at_least": "excellent", "years": 4, "span": "count"},
    {"criterion": "award", "codes": ["DH_CSTD_CS"], "at_least": 2, "span": "ending"},
    {"criterion": "award", "codes": ["DH_CSTD_CS"], "at_least": 3, "span": "ending"},
    {"criterion": "award", "codes": ["HT_BK_TINH_CN"], "at_least": 2},
    {"criterion": "initiative", "reach": "grassroots", "at_least": 2},
    {"criterion": "initiative", "reach": "province", "at_least": 1},
)


def ten_awards(book: Book) -> Book:
    """The law with ten awards besides, each asking for one of the conditions."""
    texts: dict[str, object] = {"source": "Luật 06/2022/QH15 Điều 1", "grade": "A"}
    made = {}
    for place, criterion in enumerate(_CRITERIA):
        code = f"XX_{place}"
        made[code] = Award.model_validate_json(
            json.dumps(
                {
                    "code": code,
                    "name": code,
                    "kind": "title",
                    "recipients": ["person"],
                    "level": "grassroots",
                    "rank": 1,
                    "versions": [
                        {
                            "from": "2024-01-01",
                            "text": "Luật 06/2022/QH15",
                            "criteria": {"all": [criterion | texts]},
                        }
                    ],
                    "deciders": [{"from": "2024-01-01", "who": "-"} | texts],
                }
            )
        )
    return replace(book, awards={**book.awards, **made}, digest=f"{book.digest} and ten")


def ours() -> Engine:
    """The engine as screening uses it, asked for the ten awards."""
    book = ten_awards(read_book())
    codes = [f"XX_{place}" for place in range(len(_CRITERIA))]
    screen(histories.records(histories.invented(1)), book=book, on=ON, codes=codes)

    def answers(known: Histories) -> Answers:
        asked = histories.records(known, ("DH_CSTD_CS", "HT_BK_TINH_CN"))
        found = screen(asked, book=book, on=ON, codes=codes).verdicts
        return np.array([found[code] == _MET for code in codes])

    return answers


def dossier(known: Histories, row: int) -> Facts:
    """One person of the histories, as a dossier has it."""
    years = range(YEAR - histories.YEARS + 1, YEAR + 1)
    held = [
        HeldAward(code, year, ref=f"conferral:{code}:{year}")
        for code, table in known.awards.items()
        for year, count in zip(years, table[row], strict=True)
        if count
    ]
    return Facts(
        recipient="person",
        year=YEAR,
        sex="female",
        ratings={
            year: _LEVELS[level]
            for year, level in zip(years, known.ratings[row], strict=True)
            if level >= 0
        },
        awards=tuple(held),
        initiatives=tuple(
            KnownInitiative(year, "province" if wide else "grassroots")
            for year, count, wide in zip(
                years, known.initiatives[row], known.province_initiatives[row], strict=True
            )
            if count
        ),
    )


def _screening() -> dict[str, float]:
    """Everybody against all awards for persons: the best of a few runs, and the first."""
    book = read_book()
    records = histories.records(histories.invented(PERSONS, gaps=True))
    before = _megabytes()
    times = []
    for _run in range(3):
        started = time.perf_counter()
        found = screen(records, book=book, on=ON)
        times.append(time.perf_counter() - started)
    return {
        "first": times[0],
        "best": min(times),
        "awards": len(found.verdicts),
        "before": before,
        "megabytes": _megabytes(),
    }


def _explaining() -> dict[str, float]:
    """Dossiers explained: for the one award they ask for, and over all awards for persons."""
    book, known = read_book(), histories.invented(60, gaps=True)
    dossiers = [dossier(known, row) for row in range(len(known))]
    told: dict[str, float] = {}
    for name, codes in (("one", ["HT_HCLD_3_CN"]), ("all", None)):
        answers(dossiers[0], book=book, on=ON, codes=codes)
        gc.collect()
        times = []
        for facts in dossiers[1:]:
            started = time.perf_counter()
            found = answers(facts, book=book, on=ON, codes=codes)
            times.append(time.perf_counter() - started)
        told[f"{name} median"] = statistics.median(times)
        told[f"{name} p95"] = statistics.quantiles(times, n=20)[-1]
        told[f"{name} awards"] = len(found)
        told[f"{name} findings"] = sum(len(answer.findings) for answer in found)
    return told


def _ten() -> dict[str, float]:
    """Ten conditions by each engine, in one run over the same data, by turns."""
    known = histories.invented(PERSONS)
    sample = known.first(SAMPLE)
    engines: dict[str, tuple[Engine, Histories]] = {
        "ours": (ours(), known),
        "openfisca": (openfisca(), known),
        "zen": (zen_expressions(), sample),
        "zen_decision": (zen_decision(), sample.first(SAMPLE // 5)),
    }
    times: dict[str, list[float]] = {name: [] for name in engines}
    found: dict[str, Answers] = {}
    for run in range(RUNS):
        for name, (engine, persons) in engines.items():
            if run and name.startswith("zen"):
                continue
            gc.collect()
            started = time.perf_counter()
            found[name] = engine(persons)
            times[name].append((time.perf_counter() - started) / len(persons))
    for name, answered in found.items():
        equal = (answered == found["ours"][:, : answered.shape[1]]).all()
        assert equal, f"{name} answers otherwise"
    return {name: statistics.median(each) * 1e6 for name, each in times.items()}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    works = {"screening": _screening, "explaining": _explaining, "ten": _ten}
    if len(sys.argv) == 2:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        print(json.dumps(works[sys.argv[1]]()))
        return
    found = _apart("screening")
    print(
        f"{PERSONS:,} persons × {histories.YEARS} years × {found['awards']:.0f} awards, one core: "
        f"{found['first']:.2f} s the first time, {found['best']:.2f} s at best (wanted: under 5 s)"
    )
    print(
        f"  {found['megabytes']:.0f} MB at most, {found['before']:.0f} MB of it with the records "
        "and the law (wanted: under 1 GB)"
    )
    found = _apart("explaining")
    print()
    for name in ("one", "all"):
        print(
            f"one dossier explained, {found[f'{name} awards']:.0f} awards, "
            f"{found[f'{name} findings']:.0f} findings: {found[f'{name} median'] * 1000:.1f} ms, "
            f"p95 {found[f'{name} p95'] * 1000:.1f} ms (wanted: under 5 ms)"
        )
    found = _apart("ten")
    print(f"\n{len(CONDITIONS)} conditions, equal answers, one core; µs a person:")
    names = {
        "ours": f"ours, {PERSONS:,} persons",
        "openfisca": f"OpenFisca, {PERSONS:,} persons",
        "zen": f"zen-engine, compiled expressions, {SAMPLE:,} persons",
        "zen_decision": f"zen-engine, one decision, {SAMPLE // 5:,} persons",
    }
    for name, title in names.items():
        print(f"  {title:<56}{found[name]:>9.2f}{found[name] / found['ours']:>9.1f} times ours")


def _apart(work: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.eligibility", work],
        stdout=subprocess.PIPE,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main()
