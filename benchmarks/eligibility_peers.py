"""Ten conditions about yearly records as zen-engine and OpenFisca are told them.

Each function tells the engine the conditions and gives what answers them, so that only the latter
is measured, with handing over the records. Answers are a row a condition, a truth value a person.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import zen
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder  # type: ignore[import-untyped]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-untyped]
from openfisca_core.variables import Variable  # type: ignore[import-untyped]

from benchmarks.histories import YEAR, YEARS, Histories

Answers = npt.NDArray[np.bool_]
Engine = Callable[[Histories], Answers]

# By what is asked: the expression for zen-engine, over lists of ten years; for OpenFisca what to
# count, over how many last years, and how many are needed.
_TESTS: dict[str, Callable[[Any], Any]] = {
    "good": lambda values: values >= 2,
    "excellent": lambda values: values >= 3,
    "any": lambda values: values,
}
CONDITIONS: dict[str, tuple[str, str, str, int, int]] = {
    "good this year": ("ratings[9] >= 2", "ratings", "good", 1, 1),
    "excellent this year": ("ratings[9] >= 3", "ratings", "excellent", 1, 1),
    "good 3 years in a row": ("all(ratings[7:9], # >= 2)", "ratings", "good", 3, 3),
    "good 5 years in a row": ("all(ratings[5:9], # >= 2)", "ratings", "good", 5, 5),
    "excellent 4 years of 10": ("count(ratings, # >= 3) >= 4", "ratings", "excellent", 10, 4),
    "fighter 2 years in a row": ("all(fighter[8:9], # >= 1)", "fighter", "any", 2, 2),
    "fighter 3 years in a row": ("all(fighter[7:9], # >= 1)", "fighter", "any", 3, 3),
    "certificates, 2 ever": ("sum(certificate) >= 2", "certificate", "any", 10, 2),
    "initiatives, 2 ever": ("sum(initiatives) >= 2", "initiatives", "any", 10, 2),
    "province's initiative ever": (
        "sum(province_initiatives) >= 1",
        "province_initiatives",
        "any",
        10,
        1,
    ),
}
_COLUMNS = ("ratings", "fighter", "certificate", "initiatives", "province_initiatives")


def zen_expressions() -> Engine:
    """Ten compiled expressions, evaluated person by person: the fastest it offers."""
    compiled = [zen.compile_expression(condition[0]) for condition in CONDITIONS.values()]

    def answers(histories: Histories) -> Answers:
        found = np.zeros((len(CONDITIONS), len(histories)), dtype=bool)
        for person, asked in enumerate(_one_by_one(histories)):
            for place, expression in enumerate(compiled):
                found[place, person] = expression.evaluate(asked)
        return found

    return answers


def zen_decision() -> Engine:
    """One decision of ten expressions, as its editor stores it, evaluated person by person."""
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {
            "id": "conditions",
            "name": "conditions",
            "type": "expressionNode",
            "position": {"x": 1, "y": 0},
            "content": {
                "expressions": [
                    {"id": f"e{place}", "key": f"c{place}", "value": condition[0]}
                    for place, condition in enumerate(CONDITIONS.values())
                ]
            },
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "conditions"},
        {"id": "2", "type": "edge", "sourceId": "conditions", "targetId": "out"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def answers(histories: Histories) -> Answers:
        found = np.zeros((len(CONDITIONS), len(histories)), dtype=bool)
        for person, asked in enumerate(_one_by_one(histories)):
            result = decision.evaluate(asked)["result"]
            for place in range(len(CONDITIONS)):
                found[place, person] = result[f"c{place}"]
        return found

    return answers


def _one_by_one(histories: Histories) -> Iterator[dict[str, list[int]]]:
    columns = [getattr(histories, name).tolist() for name in _COLUMNS]
    for rows in zip(*columns, strict=True):
        yield dict(zip(_COLUMNS, rows, strict=True))


def _system() -> TaxBenefitSystem:
    """One variable per column and year, and one with a formula per condition."""
    person = build_entity(key="person", plural="persons", label="", is_person=True)
    system = TaxBenefitSystem([person])
    ordinary = {"entity": person, "definition_period": DateUnit.YEAR, "label": ""}
    for name in _COLUMNS:
        system.add_variable(type(name, (Variable,), {**ordinary, "value_type": int}))
    for place, (_zen, column, test, last, needed) in enumerate(CONDITIONS.values()):
        formula = _formula(column, _TESTS[test], last, needed)
        system.add_variable(
            type(f"c{place}", (Variable,), {**ordinary, "value_type": bool, "formula": formula})
        )
    return system


def _formula(
    column: str, test: Callable[[Any], Any], last: int, needed: int
) -> Callable[[Any, Any], Any]:
    def formula(person: Any, period: Any) -> Any:
        years = [test(person(column, period.offset(-back))) for back in range(last)]
        return sum(year.astype(np.int32) for year in years) >= needed

    return formula


def openfisca() -> Engine:
    """All persons at once, year by year."""
    system = _system()

    def answers(histories: Histories) -> Answers:
        simulation = SimulationBuilder().build_default_simulation(system, len(histories))
        for name in _COLUMNS:
            table = getattr(histories, name)
            for place in range(YEARS):
                simulation.set_input(name, str(YEAR - YEARS + 1 + place), table[:, place])
        return np.array(
            [simulation.calculate(f"c{place}", str(YEAR)) for place in range(len(CONDITIONS))]
        )

    return answers
