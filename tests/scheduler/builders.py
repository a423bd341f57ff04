"""Small weeks with safe defaults; a test states only what it is about.

Roads are straight and everyone drives a kilometre a minute, so that a client 10,000 metres away
is 10 minutes away. Unless told otherwise a carer may work always and a visit may start an hour
either side of its target.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scheduler.model import (
    Assignment,
    Carer,
    Client,
    Mode,
    Place,
    Policy,
    Problem,
    Solution,
    Visit,
    Weights,
)
from scheduler.rules import Breach, CarerRule, CarerWeek, carer_week, plan_of, stop_at
from scheduler.travel import Travel
from scheduler.units import DAY, Minute

MONDAY = date(2026, 11, 30)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEIGHTS = Weights(
    unassigned={1: 40, 2: 20, 3: 10},
    travel=1.0,
    unfamiliar=6.0,
    extra_carer=15.0,
    lateness=0.2,
    shortfall=0.5,
    overtime=0.25,
    idle=0.3,
    split=20.0,
    fairness=0.002,
    stability=8.0,
    preferences={
        "day_off": 60.0,
        "avoid_window": 0.6,
        "avoid_client": 25.0,
        "prefer_client": 5.0,
        "no_split": 30.0,
        "weekend_off": 90.0,
    },
)
POLICY = Policy(
    max_day_minutes=660,
    daily_rest_minutes=660,
    weekly_rest_minutes=1440,
    stretch_minutes=360,
    break_minutes=20,
    split_gap_minutes=120,
    weights=WEIGHTS,
)
MODES = {"car": Mode(kmh=60.0, detour=1.0, overhead_min=0.0)}
WHOLE_DAYS = tuple((day * DAY, (day + 1) * DAY) for day in range(7))


def at(moment: str) -> Minute:
    """Return the minute of a moment such as "Tue 09:05"; "Tue 24:00" ends the day."""
    day, time = moment.split()
    hours, minutes = time.split(":")
    return DAYS.index(day) * DAY + int(hours) * 60 + int(minutes)


def a_carer(carer_id: str = "ann", **changes: Any) -> Carer:
    """Return a carer who may do anything at any time."""
    carer = Carer(
        id=carer_id,
        branch="north",
        home="base",
        mode="car",
        gender="f",
        skills=(),
        guaranteed_minutes=0,
        max_week_minutes=7 * DAY,
        max_days=7,
        available=WHOLE_DAYS,
        last_end=-2 * DAY,
        worked_last_weekend=False,
    )
    return replace(carer, **changes)


def a_client(client_id: str = "kim", place: str = "base", **changes: Any) -> Client:
    """Return a client who does not mind who comes."""
    client = Client(
        id=client_id,
        branch="north",
        place=place,
        gender=None,
        familiar=(),
        excluded=(),
        target_carers=3,
    )
    return replace(client, **changes)


def a_visit(visit_id: str, target: Minute | str, minutes: int = 30, **changes: Any) -> Visit:
    """Return a usual visit to "kim" by one carer, movable by an hour within its day."""
    moment = at(target) if isinstance(target, str) else target
    midnight = moment // DAY * DAY
    fields: dict[str, Any] = {
        "client": "kim",
        "target": moment,
        "earliest": max(midnight, moment - 60),
        "latest": max(moment, min(midnight + DAY - minutes, moment + 60)),
        "minutes": minutes,
        "carers": 1,
        "skills": (),
        "priority": 2,
    }
    return Visit(id=visit_id, **{**fields, **changes})


def a_problem(
    *,
    visits: Sequence[Visit] = (),
    carers: Sequence[Carer] | None = None,
    clients: Sequence[Client] | None = None,
    metres: Mapping[str, float] | None = None,
    policy: Policy = POLICY,
    **changes: Any,
) -> Problem:
    """Return a week. `metres` says how far each further place is from "base"."""
    places = [Place("base", 0, 0)]
    places += [Place(name, distance, 0) for name, distance in (metres or {}).items()]
    return Problem(
        name="week",
        week_start=MONDAY,
        modes=MODES,
        policy=policy,
        places=tuple(places),
        carers=tuple((a_carer(),) if carers is None else carers),
        clients=tuple((a_client(),) if clients is None else clients),
        visits=tuple(visits),
        **changes,
    )


def a_row(visit_id: str, start: Minute | str, *carers: str) -> Assignment:
    """Return an assignment; to "ann" when nobody is named."""
    return Assignment(visit_id, at(start) if isinstance(start, str) else start, carers or ("ann",))


def a_solution(*rows: Assignment) -> Solution:
    """Return a solution of the week."""
    return Solution("week", rows)


def on_target(problem: Problem, *carers: str) -> Solution:
    """Return a solution that gives every visit to the same carers at its target."""
    return a_solution(*(a_row(visit.id, visit.target, *carers) for visit in problem.visits))


def week_of(problem: Problem, *visits: Visit) -> CarerWeek:
    """Return the week of the first carer, who makes these visits at their targets."""
    stops = [stop_at(visit, visit.target, problem) for visit in visits]
    return carer_week(problem.carers[0], stops, Travel(problem))


def breaches_by(rule: CarerRule, problem: Problem, solution: Solution) -> list[Breach]:
    """Return what one carer rule finds in a whole solution."""
    weeks = plan_of(problem, solution).weeks.values()
    return [breach for week in weeks for breach in rule.breaches(week, problem)]
