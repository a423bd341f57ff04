"""HHCRSP (Mankowska, Meisel, Bierwirth): a day from one depot, soft window ends, tied parts."""

import math
from collections.abc import Mapping
from typing import Any, Final

from scheduler.flexible import (
    LONGEST_CLOCK,
    FlexibleCarer,
    FlexiblePlan,
    FlexibleProblem,
    Part,
    Prices,
    Shift,
    Visit,
    Window,
)

SCALE: Final = 1000
"""Times and distances are given to three decimals."""
PRICES: Final = Prices(travel=1, late=1, latest=1)
"""The published cost is a third of the sum."""


def problem_of(document: Mapping[str, Any], name: str) -> FlexibleProblem:
    """Return the instance as a flexible problem; a unit of time is a thousandth of its own."""
    carers = document["caregivers"]
    able: dict[str, list[int]] = {}
    for row, carer in enumerate(carers):
        for service in carer["abilities"]:
            able.setdefault(service, []).append(row)
    shift = Shift(0, LONGEST_CLOCK)
    return FlexibleProblem(
        name=name,
        days=1,
        travel=tuple(tuple(map(_scaled, row)) for row in document["distances"]),
        carers=tuple(FlexibleCarer(carer["id"], 0, 0, (shift,)) for carer in carers),
        visits=tuple(
            _visit(patient, place, able) for place, patient in enumerate(document["patients"], 1)
        ),
        prices=PRICES,
    )


def _scaled(value: float) -> int:
    return math.floor(value * SCALE + 0.5)


def _visit(patient: Mapping[str, Any], place: int, able: Mapping[str, list[int]]) -> Visit:
    opens, closes = map(_scaled, patient["time_window"])
    parts = tuple(
        Part(
            place,
            _scaled(wanted["duration"]),
            (Window(opens, closes),),
            tuple((row, 0) for row in able.get(wanted["service"], ())),
        )
        for wanted in patient["required_caregivers"]
    )
    gap = None
    if len(parts) == 2:
        tie = patient["synchronization"]
        least, most = (0, 0) if tie["type"] == "simultaneous" else tie["distance"]
        gap = (_scaled(least), _scaled(most))
    return Visit(patient["id"], parts, gap)


def document_of(
    document: Mapping[str, Any], problem: FlexibleProblem, plan: FlexiblePlan
) -> dict[str, Any]:
    """Return the plan in the layout that the benchmark's scorer reads."""
    patients, carers = document["patients"], document["caregivers"]
    return {
        "instance": problem.name,
        "routes": [
            {
                "caregiver": carers[route.carer]["id"],
                "visits": [
                    {
                        "patient": patients[stop.visit]["id"],
                        "service": patients[stop.visit]["required_caregivers"][stop.part][
                            "service"
                        ],
                        "start": stop.start / SCALE,
                    }
                    for stop in route.stops
                    if stop.visit is not None
                ],
            }
            for route in plan.routes
        ],
    }
