"""Random small weeks for properties: crowded enough that every rule is broken now and then."""

from dataclasses import replace

from hypothesis import strategies as st

from scheduler.model import (
    OPTIONAL,
    WISH_KINDS,
    After,
    Assignment,
    Carer,
    CarerLimits,
    Client,
    ClockChange,
    Lock,
    Policy,
    Problem,
    PublishedVisit,
    Solution,
    Visit,
    VotedLimits,
    Window,
    Wish,
)
from scheduler.roads import Peak
from scheduler.units import DAY
from tests.scheduler.builders import POLICY, WHOLE_DAYS, a_carer, a_client, a_problem, a_visit

SKILLS = ("medication", "peg")
PEAKS = (Peak((0, 1, 2), 420, 600, 2.0), Peak((6,), 720, 900, 1.5))
PLACES = {"near": 2_000.0, "far": 15_000.0, "farther": -20_000.0}

voted_limits: st.SearchStrategy[VotedLimits] = st.one_of(
    st.just(VotedLimits()),
    st.builds(
        VotedLimits,
        max_consecutive_days=st.sampled_from((None, 3, 6)),
        max_weekends_in_four=st.sampled_from((None, 1, 4)),
        latest_finish_before_early=st.sampled_from((None, 1140, 1320)),
        early_start_minute=st.sampled_from((None, 720)),
        max_splits_week=st.sampled_from((None, 0, 1)),
        max_idle_minutes=st.sampled_from((None, 15, 60)),
        max_journey_minutes=st.sampled_from((None, 10, 20)),
    ),
)
"""Often none; each of them is sometimes not voted."""

policies: st.SearchStrategy[Policy] = st.builds(
    lambda day, rest, long_rest, stretch, split, voted: replace(
        POLICY,
        max_day_minutes=day,
        daily_rest_minutes=rest,
        weekly_rest_minutes=long_rest,
        stretch_minutes=stretch,
        split_gap_minutes=split,
        voted=voted,
    ),
    st.sampled_from((90, 240, 660)),
    st.sampled_from((660, 780)),
    st.sampled_from((1440, 2880)),
    st.sampled_from((60, 120, 360)),
    st.sampled_from((45, 120)),
    voted_limits,
)
windows = st.one_of(
    st.just(WHOLE_DAYS),
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 40), st.integers(1, 40)).map(
            lambda row: (
                row[0] * DAY + row[1] * 30,
                min(row[0] * DAY + DAY, (row[0] * 48 + row[1] + row[2]) * 30),
            )
        ),
        max_size=8,
    ).map(tuple),
)

own_limits: st.SearchStrategy[CarerLimits | None] = st.one_of(
    st.none(),
    st.none(),
    st.builds(
        CarerLimits,
        max_day_minutes=st.sampled_from((None, 60, 120)),
        daily_rest_minutes=st.sampled_from((None, 720, 960)),
        weekly_rest_minutes=st.sampled_from((None, 1440, 2880)),
        stretch_minutes=st.sampled_from((None, 45, 90)),
        break_minutes=st.sampled_from((None, 30, 60)),
    ),
)
"""Mostly none; each limit is sometimes stricter than the policy's, and sometimes laxer."""


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Return any wish."""
    kind = draw(st.sampled_from(WISH_KINDS))
    strength = draw(st.integers(1, 3))
    if kind == "day_off":
        return Wish(kind, strength, day=draw(st.integers(0, 6)))
    if kind == "avoid_window":
        start = draw(st.integers(0, 47)) * 30
        return Wish(kind, strength, from_minute=start, to_minute=min(DAY, start + 240))
    if kind in {"avoid_client", "prefer_client"}:
        return Wish(kind, strength, client=draw(st.sampled_from(("k0", "k1", "left"))))
    return Wish(kind, strength)


@st.composite
def _carers(draw: st.DrawFn, number: int) -> Carer:
    return a_carer(
        f"c{number}",
        gender=draw(st.sampled_from("fm")),
        skills=tuple(draw(st.lists(st.sampled_from(SKILLS), unique=True))),
        guaranteed_minutes=draw(st.sampled_from((0, 60, 300))),
        max_week_minutes=draw(st.sampled_from((120, 400, 3000))),
        max_days=draw(st.sampled_from((1, 3, 7))),
        available=draw(windows),
        last_end=-draw(st.integers(0, 2000)),
        preferences=tuple(draw(st.lists(wishes(), max_size=2))),
        limits=draw(own_limits),
        days_in_a_row_before=draw(st.sampled_from((0, 2, 6))),
        weekends_worked_in_last_three=draw(st.integers(0, 3)),
    )


@st.composite
def _clients(draw: st.DrawFn, number: int) -> Client:
    carers = st.lists(st.sampled_from(("c0", "c1", "c2", "left")), unique=True, max_size=2)
    return a_client(
        f"k{number}",
        draw(st.sampled_from(("base", *PLACES))),
        gender=draw(st.sampled_from((None, None, "f", "m"))),
        familiar=tuple(draw(carers)),
        excluded=tuple(draw(carers)),
        target_carers=draw(st.integers(0, 2)),
    )


@st.composite
def _visits(draw: st.DrawFn, number: int, clients: int) -> Visit:
    # Few days and a short stretch of the day, so that visits meet.
    target = draw(st.sampled_from((0, 0, 1, 2, 6))) * DAY + draw(st.integers(24, 90)) * 15
    minutes = draw(st.sampled_from((15, 30, 45, 90)))
    midnight = target // DAY * DAY
    target = min(target, midnight + DAY - minutes)
    tolerance = draw(st.sampled_from((0, 15, 30)))
    windows = draw(st.sampled_from((0, 0, 0, 1, 2)))
    earlier = draw(st.integers(0, number))
    after = After(f"v{earlier}", draw(st.sampled_from((0, 60)))) if earlier < number else None
    return a_visit(
        f"v{number}",
        target,
        minutes,
        client=f"k{draw(st.integers(0, clients - 1))}",
        earliest=max(midnight, target - tolerance),
        latest=min(midnight + DAY - minutes, target + tolerance),
        carers=draw(st.sampled_from((1, 1, 1, 2))),
        skills=tuple(draw(st.lists(st.sampled_from(SKILLS), unique=True, max_size=1))),
        priority=draw(st.sampled_from((1, 2, 3, 3, OPTIONAL))),
        after=draw(st.sampled_from((None, after))),
        alternatives=tuple(_later(target, minutes, tolerance, n + 1) for n in range(windows)),
    )


def soften(window: Window, early: int, late: int) -> Window:
    """Return a window that is soft from so many minutes before its target to so many after."""
    first, last = max(window.earliest, window.target - early), window.target + late
    return replace(window, soft=(first, min(window.latest, last)))


@st.composite
def _softened(draw: st.DrawFn, visit: Visit) -> Visit:
    """Return a visit, often one with soft ends in some of its windows."""
    mine = (visit.window_of(visit.target), *visit.alternatives)
    minutes = st.sampled_from((0, 5, 20))
    return visit.within(
        [soften(w, draw(minutes), draw(minutes)) if draw(st.booleans()) else w for w in mine]
    )


def _later(target: int, minutes: int, tolerance: int, number: int) -> Window:
    """Return another window of a visit, before or after that of its target."""
    midnight, apart = target // DAY * DAY, number * (2 * tolerance + 31)
    late, is_last = midnight + DAY - minutes, target + apart + tolerance > midnight + DAY - minutes
    moment = target - apart if is_last else target + apart
    earliest, latest = max(midnight, moment - tolerance), min(late, moment + tolerance)
    return Window(moment, earliest, latest)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Return a week of up to four carers and nine visits."""
    clients = [draw(_clients(n)) for n in range(draw(st.integers(1, 3)))]
    carers = [draw(_carers(n)) for n in range(draw(st.integers(1, 4)))]
    visits = [draw(_visits(n, len(clients))) for n in range(draw(st.integers(1, 9)))]
    minutes = st.integers(0, 6).map(lambda day: day * DAY + 60)
    changes = st.builds(ClockChange, minutes, st.sampled_from((60, -60)))
    policy = draw(policies)
    if draw(st.sampled_from((False, False, True))):
        visits = [draw(_softened(visit)) for visit in visits]
        outside = draw(st.sampled_from((0.0, 0.3, 2.5)))
        policy = replace(policy, weights=replace(policy.weights, outside=outside))
    if any(visit.is_optional for visit in visits):
        worth = {**policy.weights.unassigned, OPTIONAL: draw(st.sampled_from((0.1, 0.5, 10)))}
        policy = replace(policy, weights=replace(policy.weights, unassigned=worth))
    problem = a_problem(
        visits=visits,
        carers=carers,
        clients=clients,
        metres=PLACES,
        policy=policy,
        clock_change=draw(st.one_of(st.none(), changes)),
    )
    slow = draw(st.sampled_from(((), (), PEAKS)))
    problem = replace(problem, modes={"car": replace(problem.modes["car"], peaks=slow)})
    rows = draw(solutions(problem)).assignments
    told = tuple(PublishedVisit(row.visit, row.start, row.carers) for row in rows[:3])
    locks = tuple(Lock(row.visit, row.carers) for row in rows[:1] if draw(st.booleans()))
    return replace(problem, published=told, locked=locks)


@st.composite
def solutions(draw: st.DrawFn, problem: Problem) -> Solution:
    """Return an answer that keeps windows and team sizes, and other rules by chance."""
    ids = [carer.id for carer in problem.carers]
    rows = []
    for visit in problem.visits:
        if visit.carers <= len(ids) and draw(st.booleans()):
            window = draw(st.sampled_from(visit.windows))
            start = draw(st.integers(window.earliest, window.latest))
            carers = draw(st.permutations(ids))[: visit.carers]
            rows.append(Assignment(visit.id, start, tuple(carers)))
    return Solution(problem.name, tuple(rows))


@st.composite
def answered_weeks(draw: st.DrawFn) -> tuple[Problem, Solution]:
    """Return a week and an answer to it."""
    problem = draw(problems())
    return problem, draw(solutions(problem))
