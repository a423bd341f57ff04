"""Crowded random weeks in which every rule, every wish and every kind of promise occurs."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from scheduler.model import (
    After,
    Carer,
    CarerLimits,
    Client,
    ClockChange,
    Lock,
    Mode,
    Place,
    Problem,
    PublishedVisit,
    Solution,
    Visit,
    VotedLimits,
    Window,
    Wish,
)
from scheduler.units import DAY
from tests.scheduler.builders import MONDAY, POLICY, a_carer, a_client, a_visit

SKILLS = ("medication", "moving", "peg")
SHIFTS = (((420, 900),), ((840, 1350),), ((420, 1350),), ((420, 690), (960, 1320)))
MODES = {"car": Mode(24, 1.35, 2), "walk": Mode(4.8, 1.2, 0)}
TARGETS = (480, 525, 540, 720, 765, 990, 1080, 1200, 1260)


def random_week(seed: int, *, carers: int = 14, clients: int = 16, **changes: Any) -> Problem:
    """Return a week that cannot be covered whole; the same seed gives the same week."""
    rng = Random(seed)  # noqa: S311
    client_places = [
        Place(f"p{n}", rng.randint(0, 5000), rng.randint(0, 5000)) for n in range(clients)
    ]
    names = [f"k{number}" for number in range(clients)]
    team = [_carer(rng, f"c{number}", names) for number in range(carers)]
    cared_for = [
        _client(rng, name, place.id, team) for name, place in zip(names, client_places, strict=True)
    ]
    visits = [visit for client in cared_for for visit in _visits(rng, client)]
    fields: dict[str, Any] = {
        "name": f"random-{seed}",
        "week_start": MONDAY,
        "modes": MODES,
        "policy": replace(POLICY, weekly_rest_minutes=rng.choice((1440, 1440, 2160))),
        "places": (Place("base", 0, 0), *client_places),
        "carers": tuple(team),
        "clients": tuple(cared_for),
        "visits": tuple(visits),
        "clock_change": rng.choice(
            (None, ClockChange(6 * DAY + 60, 60), ClockChange(6 * DAY + 60, -60))
        ),
    }
    return Problem(**{**fields, **changes})


def _carer(rng: Random, name: str, clients: list[str]) -> Carer:
    shift = rng.choice(SHIFTS)
    off = set(rng.sample(range(7), rng.randint(0, 2)))
    wishes = (
        Wish("day_off", rng.randint(1, 3), day=rng.randrange(7)),
        Wish(
            "avoid_window", rng.randint(1, 3), from_minute=0, to_minute=rng.choice((480, 540, 780))
        ),
        Wish("avoid_client", 1, client=rng.choice(clients)),
        Wish("prefer_client", 2, client=rng.choice(clients)),
        Wish("no_split", rng.randint(1, 3)),
        Wish("weekend_off", 2),
    )
    return a_carer(
        name,
        mode=rng.choice(("car", "car", "walk")),
        gender=rng.choice("ffm"),
        skills=tuple(skill for skill in SKILLS if rng.random() < 0.8),
        guaranteed_minutes=rng.choice((0, 600, 1200, 1500)),
        max_week_minutes=rng.choice((900, 1500, 2400)),
        max_days=rng.choice((4, 5, 6, 7)),
        available=tuple(
            (day * DAY + start, day * DAY + end)
            for day in range(7)
            if day not in off
            for start, end in shift
        ),
        last_end=-rng.choice((100, 400, 2000)),
        preferences=tuple(wish for wish in wishes if rng.random() < 0.35),
    )


def _client(rng: Random, name: str, place: str, team: list[Carer]) -> Client:
    names = [carer.id for carer in team]
    familiar = rng.sample(names, 4)
    return a_client(
        name,
        place,
        gender=rng.choice((None, None, None, "f")),
        familiar=tuple(familiar),
        excluded=tuple({rng.choice(names)} - set(familiar)),
        target_carers=rng.randint(1, 4),
    )


def _visits(rng: Random, client: Client) -> list[Visit]:
    targets = sorted(rng.sample(TARGETS, rng.randint(1, 4)))
    needed = tuple(skill for skill in SKILLS if rng.random() < 0.25)
    team = rng.choice((1, 1, 1, 2))
    priority = rng.choice((1, 2, 2, 3))
    tolerance = rng.choice((15, 30, 60))
    visits: list[Visit] = []
    for day in range(7):
        before: str | None = None
        for slot, target in enumerate(targets):
            moment = day * DAY + target
            name = f"{client.id}-{day}-{slot}"
            after = After(before, rng.choice((60, 120))) if before and priority == 1 else None
            length = rng.choice((15, 30, 30, 45, 60))
            visits.append(
                a_visit(
                    name,
                    moment,
                    length,
                    client=client.id,
                    earliest=moment - tolerance,
                    latest=moment + tolerance,
                    carers=team,
                    skills=needed,
                    priority=priority,
                    after=after,
                )
            )
            before = name
    return visits


def with_own_limits(problem: Problem, seed: int) -> Problem:
    """Return the week with limits of their own for half of the carers."""
    rng = Random(seed)  # noqa: S311
    limits = (
        CarerLimits(240, 720, 2880, 120, 30),
        CarerLimits(max_day_minutes=180, daily_rest_minutes=960),
        CarerLimits(weekly_rest_minutes=2880),
        CarerLimits(stretch_minutes=90, break_minutes=45),
    )
    carers = (
        replace(carer, limits=rng.choice(limits)) if rng.random() < 0.5 else carer
        for carer in problem.carers
    )
    return replace(problem, carers=tuple(carers))


def with_votes(problem: Problem, seed: int) -> Problem:
    """Return the week under voted limits that many carers meet, each left out now and then."""
    rng = Random(seed)  # noqa: S311
    tight = {
        "max_consecutive_days": 3,
        "max_weekends_in_four": 2,
        "latest_finish_before_early": 1200,
        "early_start_minute": 540,
        "max_splits_week": rng.choice((0, 1)),
        "max_idle_minutes": 30,
        "max_journey_minutes": 10,
    }
    voted = VotedLimits(**{name: value for name, value in tight.items() if rng.random() < 0.8})
    carers = (
        replace(
            carer,
            days_in_a_row_before=rng.choice((0, 1, 3)),
            weekends_worked_in_last_three=rng.choice((0, 1, 2)),
        )
        for carer in problem.carers
    )
    return replace(problem, policy=replace(problem.policy, voted=voted), carers=tuple(carers))


def with_windows(problem: Problem, seed: int) -> Problem:
    """Return the week with one or two further windows for half of the visits."""
    rng = Random(seed)  # noqa: S311

    def windows(visit: Visit) -> Iterator[Window]:
        tolerance = visit.latest - visit.target
        for moved in rng.sample((-300, -150, 150, 300, 450), rng.randint(1, 2)):
            moment = visit.target + moved
            if visit.day * DAY + 360 <= moment <= visit.day * DAY + 1300:
                yield Window(moment, moment - tolerance, moment + tolerance)

    visits = (
        replace(visit, alternatives=tuple(windows(visit))) if rng.random() < 0.5 else visit
        for visit in problem.visits
    )
    return replace(problem, visits=tuple(visits))


def with_soft_ends(problem: Problem, seed: int) -> Problem:
    """Return the week with soft ends in half of the windows, some of several."""
    rng = Random(seed)  # noqa: S311

    def softened(window: Window) -> Window:
        if rng.random() < 0.5:
            return window
        early, late = rng.choice((0, 5, 10)), rng.choice((0, 10, 15))
        return replace(window, soft=(window.target - early, window.target + late))

    plain = with_windows(problem, seed)
    visits = tuple(
        visit.within([softened(w) for w in (visit.window_of(visit.target), *visit.alternatives)])
        for visit in plain.visits
    )
    weights = replace(problem.policy.weights, outside=1.5)
    return replace(plain, visits=visits, policy=replace(problem.policy, weights=weights))


def with_promises(problem: Problem, solution: Solution, seed: int) -> Problem:
    """Return the week with parts of a solution locked and published, some of it told wrongly."""
    rng = Random(seed)  # noqa: S311
    locks, told = [], []
    for row in solution.assignments:
        if rng.random() < 0.1:
            locks.append(Lock(row.visit, row.carers, row.start if rng.random() < 0.5 else None))
        if rng.random() < 0.6:
            moved = rng.choice((0, 0, 0, 10))
            told.append(PublishedVisit(row.visit, row.start + moved, row.carers))
    return replace(problem, locked=tuple(locks), published=tuple(told))
