"""PHHCRSP (Cappanera and Scutella): five days, weekly patterns, at most two carers a patient."""

from dataclasses import dataclass
from itertools import pairwise
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
from scheduler.model import ProblemError

DAYS: Final = 5
VISIT_MINUTES: Final = 30
HOUR: Final = 60
DEPOT_AREA: Final = 0
ANY_TIME: Final = (Window(0, LONGEST_CLOCK),)


@dataclass(frozen=True, slots=True)
class Instance:
    """The rows of a file.

    A patient is id, most carers, ones, twos and area; a carer is id, skill and hours a day.
    """

    patients: tuple[tuple[int, ...], ...]
    carers: tuple[tuple[int, ...], ...]
    travel: tuple[tuple[int, ...], ...]
    patterns: tuple[tuple[int, ...], ...]


def parse(text: str) -> Instance:
    """Read the published layout. Raises `ProblemError`."""
    try:
        rows = [tuple(map(int, line.split())) for line in text.splitlines() if line.split()]
        patients, carers, areas, patterns = rows[0]
    except (IndexError, ValueError) as error:
        raise ProblemError("line 1", f"needs four whole numbers: {error}") from error
    cuts = [1]
    for count in (patients - 1, carers, areas, patterns):
        cuts.append(cuts[-1] + count)
    if len(rows) != cuts[-1]:
        raise ProblemError("", f"line 1 announces {cuts[-1]} lines, there are {len(rows)}")
    tables = [tuple(rows[begin:end]) for begin, end in pairwise(cuts)]
    for table, width in zip(tables, (5, 3, areas, DAYS), strict=True):
        if any(len(row) != width for row in table):
            raise ProblemError("", f"a line of {width} numbers has more or fewer")
    return Instance(*tables)


def problem_of(instance: Instance, name: str) -> FlexibleProblem:
    """Return the instance as a flexible problem; places are areas, a unit is a minute."""
    return FlexibleProblem(
        name=name,
        days=DAYS,
        travel=instance.travel,
        carers=tuple(
            FlexibleCarer(
                str(carer),
                DEPOT_AREA,
                DEPOT_AREA,
                (Shift(0, LONGEST_CLOCK, longest=hours * HOUR),) * DAYS,
            )
            for carer, _, hours in instance.carers
        ),
        visits=tuple(_visit(instance, patient) for patient in instance.patients),
        prices=Prices(travel=1),
    )


def _visit(instance: Instance, patient: tuple[int, ...]) -> Visit:
    number, most_carers, ones, twos, area = patient
    parts = tuple(
        Part(area, VISIT_MINUTES, ANY_TIME, _able(instance, skill))
        for skill, count in ((1, ones), (2, twos))
        for _ in range(count)
    )
    patterns = dict.fromkeys(
        tuple(day for skill in (1, 2) for day, asked in enumerate(pattern) if asked == skill)
        for pattern in instance.patterns
        if (pattern.count(1), pattern.count(2)) == (ones, twos)
    )
    if not patterns:
        raise ProblemError(f"patient {number}", f"no pattern has {ones} ones and {twos} twos")
    return Visit(
        str(number), parts, patterns=tuple(patterns), most_carers=min(most_carers, len(parts))
    )


def _able(instance: Instance, skill: int) -> tuple[tuple[int, int], ...]:
    return tuple((row, 0) for row, (_, own, _) in enumerate(instance.carers) if own >= skill)


def document_of(
    instance: Instance, _problem: FlexibleProblem, plan: FlexiblePlan
) -> dict[str, Any]:
    """Return the plan in the layout that the benchmark's scorer reads."""
    return {
        "routes": [
            {
                "caregiver": instance.carers[route.carer][0],
                "day": route.day,
                "patients": [
                    instance.patients[stop.visit][0]
                    for stop in route.stops
                    if stop.visit is not None
                ],
            }
            for route in plan.routes
        ]
    }
