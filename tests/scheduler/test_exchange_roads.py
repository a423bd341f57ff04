"""Tables, peaks and carers' own limits: only in version 2, exact, and refused with their path."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scheduler import ProblemError, problem_from, problem_to
from scheduler.model import CarerLimits, Mode
from scheduler.roads import MOST_PLACES, Peak, TravelTable
from tests.scheduler.builders import a_carer, a_problem, a_visit

PEAKS = (Peak((0, 1, 2, 3, 4), 480, 540, 1.5), Peak((5, 6), 600, 720, 1.25))
PROBLEM = replace(
    a_problem(
        visits=[a_visit("v1", "Mon 09:00")],
        metres={"far": 10_000},
        travel={"car": TravelTable(((0, 7), (None, 0)))},
    ),
    modes={"car": Mode(60.0, 1.0, 0.0, PEAKS), "walk": Mode(4.8, 1.2, 0.0)},
)
Change = Callable[[dict[str, Any]], Any]


def test_a_problem_with_tables_and_peaks_comes_back_equal_as_version_two() -> None:
    document = json.loads(json.dumps(problem_to(PROBLEM)))

    assert document["format"] == "rota-problem/2"
    assert document["travel"] == {"car": [[0, 7], [None, 0]]}
    assert document["modes"]["car"]["peaks"][0] == {
        "days": [0, 1, 2, 3, 4], "from": 480, "to": 540, "factor": 1.5,
    }  # fmt: skip
    assert "peaks" not in document["modes"]["walk"]
    assert problem_from(document) == PROBLEM
    assert problem_to(problem_from(document)) == document


@pytest.mark.parametrize("changes", [{"travel": {}}, {"modes": {"car": Mode(60.0, 1.0, 0.0)}}, {}])
def test_either_part_alone_makes_it_version_two_and_neither_leaves_version_one(
    changes: dict[str, Any],
) -> None:
    problem = replace(PROBLEM, **changes)
    neither = replace(PROBLEM, travel={}, modes={"car": Mode(60.0, 1.0, 0.0)})

    assert problem_to(problem)["format"] == "rota-problem/2"
    assert problem_from(problem_to(problem)) == problem
    assert problem_to(neither)["format"] == "rota-problem/1"


def test_a_version_two_file_that_uses_nothing_of_it_is_read() -> None:
    plain = a_problem()
    document = problem_to(plain) | {"format": "rota-problem/2"}

    assert problem_from(document) == plain
    assert problem_to(problem_from(document))["format"] == "rota-problem/1"


LIMITS = CarerLimits(max_day_minutes=480, break_minutes=30)


def test_limits_of_a_carer_come_back_equal_as_version_two() -> None:
    problem = a_problem(carers=[a_carer("ann", limits=LIMITS), a_carer("bob")])
    document = json.loads(json.dumps(problem_to(problem)))

    assert document["format"] == "rota-problem/2"
    assert document["carers"][0]["limits"] == {"max_day_minutes": 480, "break_minutes": 30}
    assert "limits" not in document["carers"][1]
    assert problem_from(document) == problem


@pytest.mark.parametrize(
    ("limits", "path"),
    [
        ({"max_day_minutes": -1}, "carers[0].limits.max_day_minutes"),
        ({"max_day_minutes": 1.5}, "carers[0].limits.max_day_minutes"),
        ({"max_week_minutes": 60}, "carers[0].limits.max_week_minutes"),
        ([], "carers[0].limits"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_with_its_path(limits: object, path: str) -> None:
    document = problem_to(a_problem()) | {"format": "rota-problem/2"}
    document["carers"][0]["limits"] = limits

    with pytest.raises(ProblemError) as refused:
        problem_from(document)

    assert refused.value.path == path


def test_limits_of_a_carer_in_a_version_one_file_are_refused() -> None:
    document = problem_to(a_problem(carers=[a_carer(limits=LIMITS)]))

    with pytest.raises(ProblemError) as refused:
        problem_from(document | {"format": "rota-problem/1"})

    assert refused.value.path == "carers[0].limits"


def _peak(**changes: Any) -> Change:
    return lambda document: document["modes"]["car"]["peaks"][0].update(changes)


def _table(table: object) -> Change:
    return lambda document: document["travel"].update(car=table)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.update(format="rota-problem/1"), "travel"),
        (
            lambda d: (d.pop("travel"), d.update(format="rota-problem/1")),
            "modes.car.peaks",
        ),
        (lambda d: d.update(travel=[]), "travel"),
        (lambda d: d["travel"].update(boat=[[0, 1], [1, 0]]), "travel.boat"),
        (_table({}), "travel.car"),
        (_table([[0]]), "travel.car"),
        (_table([[0, 1], [0]]), "travel.car[1]"),
        (_table([[0, 1], 7]), "travel.car[1]"),
        (_table([[0, 1.5], [1, 0]]), "travel.car[0][1]"),
        (_table([[0, True], [1, 0]]), "travel.car[0][1]"),
        (_table([[0, -1], [1, 0]]), "travel.car[0][1]"),
        (_table([[0, 1440], [1, 0]]), "travel.car[0][1]"),
        (_table([[3, 1], [1, 0]]), "travel.car[0][0]"),
        (_table([[0]] * (MOST_PLACES + 1)), "travel.car"),
        (_table([[0] * (MOST_PLACES + 1), [0]]), "travel.car[0]"),
        (_peak(days=[]), "modes.car.peaks[0].days"),
        (_peak(days=[1, 0]), "modes.car.peaks[0].days"),
        (_peak(days=[0, 0]), "modes.car.peaks[0].days"),
        (_peak(days=[7]), "modes.car.peaks[0].days"),
        (_peak(days=["Mon"]), "modes.car.peaks[0].days[0]"),
        (_peak(to=480), "modes.car.peaks[0].from"),
        (_peak(to=1441), "modes.car.peaks[0].from"),
        (_peak(factor=0.9), "modes.car.peaks[0].factor"),
        (_peak(factor=10.1), "modes.car.peaks[0].factor"),
        (_peak(factor=float("nan")), "modes.car.peaks[0].factor"),
        (_peak(factor="1.5"), "modes.car.peaks[0].factor"),
        (_peak(speed=3), "modes.car.peaks[0].speed"),
        (_peak(days=[0, 5], to=601), "modes.car.peaks[1]"),
        (
            lambda d: d["modes"]["car"].update(peaks=d["modes"]["car"]["peaks"] * 101),
            "modes.car.peaks",
        ),
    ],
)
def test_unfit_tables_and_peaks_are_refused_with_their_path(change: Change, path: str) -> None:
    document = json.loads(json.dumps(problem_to(PROBLEM)))
    change(document)

    with pytest.raises(ProblemError) as caught:
        problem_from(document)

    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")


def test_windows_that_meet_do_not_overlap() -> None:
    ramp = (Peak((0,), 450, 480, 1.2), Peak((0,), 480, 540, 1.5), Peak((0,), 540, 570, 1.2))

    assert Mode(60.0, 1.0, 0.0, ramp).peaks == ramp
