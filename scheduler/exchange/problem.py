"""The `rota-problem/1` and `rota-problem/2` documents."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from scheduler.carer_limits import CARER_LIMITS
from scheduler.exchange.fields import Fields, as_list, as_number, as_whole, check_format, read_at
from scheduler.exchange.limits import MOST_IN_A_ROW, shown
from scheduler.exchange.roads import peaks_from, peaks_to, tables_from, tables_to
from scheduler.model import (
    LIMITS,
    OPTIONAL,
    PLAIN_WEIGHTS,
    After,
    Carer,
    CarerLimits,
    Client,
    ClockChange,
    Lock,
    Mode,
    Place,
    Policy,
    Problem,
    ProblemError,
    PublishedVisit,
    Visit,
    VotedLimits,
    Weights,
    Window,
    Wish,
)
from scheduler.voted_limits import SCALES
from scheduler.windows import check_count

HISTORY: Final = ("days_in_a_row_before", "weekends_worked_in_last_three")
"""What voted limits need to know of a carer's weeks before; none is 0."""

FIRST_FORMAT: Final = "rota-problem/1"
SECOND_FORMAT: Final = "rota-problem/2"
"""Adds tables of travel times, peaks, limits of single carers, what members voted with the history
that it asks for, several windows and soft ends of a visit, and optional visits. Written only where
one of these is used."""


def problem_from(document: Mapping[str, Any]) -> Problem:
    """Read and check a `rota-problem/1` or `rota-problem/2` document.

    Fields of the head that are not known are left alone, since other programs may add their own;
    what belongs to the second version only is refused in the first.

    Raises
    ------
    ProblemError
        At the first fault; `path` says where, as in `visits[17].earliest`.
    """
    fields = Fields(document)
    is_first = check_format(fields, FIRST_FORMAT, SECOND_FORMAT) == FIRST_FORMAT
    if is_first and fields.optional("travel"):
        raise ProblemError("travel", f"tables of travel times belong to {SECOND_FORMAT}")
    change = fields.part("clock_change", _clock_change) if fields.optional("clock_change") else None
    problem = Problem(
        name=fields.text("name"),
        week_start=_date(fields.text("week_start"), "week_start"),
        modes=fields.table("modes", lambda value, path: read_at(path, value, _mode)),
        policy=fields.part("policy", _policy),
        places=fields.rows("places", place_from),
        carers=fields.rows("carers", _carer),
        clients=fields.rows("clients", client_from),
        visits=fields.rows("visits", visit_from),
        locked=fields.rows("locked", _lock),
        published=fields.rows("published", _published),
        clock_change=change,
        travel=tables_from(fields),
    )
    for path, reason in _later_parts(problem) if is_first else ():
        raise ProblemError(path, f"{reason} {SECOND_FORMAT}")
    return problem


def _later_parts(problem: Problem) -> Iterator[tuple[str, str]]:
    """Yield where a problem uses what the first version does not have, and in words."""
    for name, mode in problem.modes.items():
        if mode.peaks:
            yield f"modes.{name}.peaks", "peaks belong to"
    for index, carer in enumerate(problem.carers):
        if carer.limits is not None:
            yield f"carers[{index}].limits", "limits of a carer's own belong to"
        for name in HISTORY:
            if getattr(carer, name):
                yield f"carers[{index}].{name}", "belongs to"
    for index, visit in enumerate(problem.visits):
        if visit.alternatives:
            yield f"visits[{index}].alternatives", "further windows belong to"
        if visit.soft is not None:
            yield f"visits[{index}].soft", "soft ends belong to"
        if visit.is_optional:
            yield f"visits[{index}].priority", "optional visits belong to"
    if problem.policy.weights.outside is not None:
        yield "policy.weights.outside", "soft ends belong to"
    if OPTIONAL in problem.policy.weights.unassigned:
        yield f"policy.weights.unassigned.{OPTIONAL}", "optional visits belong to"
    if problem.policy.voted.given():
        yield "policy.voted", "voted limits belong to"


def _uses_second(problem: Problem) -> bool:
    return bool(problem.travel) or any(_later_parts(problem))


def problem_to(problem: Problem) -> dict[str, Any]:
    """Return the document of a problem, in the first version of the format that can hold it.

    `problem_from` gives it back equal.
    """
    document: dict[str, Any] = {
        "format": SECOND_FORMAT if _uses_second(problem) else FIRST_FORMAT,
        "name": problem.name,
        "week_start": problem.week_start.isoformat(),
        "modes": {name: _mode_to(mode) for name, mode in problem.modes.items()},
        "policy": _policy_to(problem.policy),
        "places": [place_to(place) for place in problem.places],
        "carers": [_carer_to(carer) for carer in problem.carers],
        "clients": [client_to(client) for client in problem.clients],
        "visits": [visit_to(visit) for visit in problem.visits],
        "locked": [_lock_to(lock) for lock in problem.locked],
        "published": [
            {"visit": row.visit, "start": row.start, "carers": list(row.carers)}
            for row in problem.published
        ],
    }
    if problem.clock_change is not None:
        change = problem.clock_change
        document["clock_change"] = {"minute": change.minute, "shift": change.shift}
    if problem.travel:
        document["travel"] = tables_to(problem)
    return document


def _mode(fields: Fields) -> Mode:
    return Mode(
        kmh=fields.number("kmh"),
        detour=fields.number("detour"),
        overhead_min=fields.number("overhead_min"),
        peaks=peaks_from(fields),
    )


def _mode_to(mode: Mode) -> dict[str, Any]:
    speed = {"kmh": mode.kmh, "detour": mode.detour, "overhead_min": mode.overhead_min}
    return {**speed, "peaks": peaks_to(mode)} if mode.peaks else speed


def _policy(fields: Fields) -> Policy:
    limits = {name: fields.whole(name) for name in LIMITS}
    return Policy(
        **limits,
        weights=fields.part("weights", _weights),
        voted=fields.part("voted", _voted) if fields.optional("voted") else VotedLimits(),
    )


def _voted(fields: Fields) -> VotedLimits:
    return VotedLimits(**{name: fields.whole(name) for name in SCALES if fields.optional(name)})


def _policy_to(policy: Policy) -> dict[str, Any]:
    weights = policy.weights
    voted = {"voted": policy.voted.given()} if policy.voted.given() else {}
    return {
        **{name: getattr(policy, name) for name in LIMITS},
        "weights": {
            "unassigned": {str(key): value for key, value in weights.unassigned.items()},
            **{name: getattr(weights, name) for name in PLAIN_WEIGHTS},
            "preferences": dict(weights.preferences),
            **({} if weights.outside is None else {"outside": weights.outside}),
        },
        **voted,
    }


def _weights(fields: Fields) -> Weights:
    unassigned = {}
    for key, value in fields.table("unassigned", as_number).items():
        if key not in {"1", "2", "3", "4"}:
            raise ProblemError(f"unassigned.{shown(key)}", 'the priorities are "1" to "4"')
        unassigned[int(key)] = value
    return Weights(
        unassigned=unassigned,
        preferences=fields.table("preferences", as_number),
        outside=fields.number("outside") if fields.optional("outside") else None,
        **{name: fields.number(name) for name in PLAIN_WEIGHTS},
    )


def place_from(fields: Fields) -> Place:
    """Read one of `places`."""
    return Place(id=fields.text("id"), x=fields.number("x"), y=fields.number("y"))


def place_to(place: Place) -> dict[str, Any]:
    """Return one of `places`."""
    return {"id": place.id, "x": place.x, "y": place.y}


def _carer(fields: Fields) -> Carer:
    windows = as_list(fields.value("available"), "available", most=MOST_IN_A_ROW)
    return Carer(
        id=fields.text("id"),
        branch=fields.text("branch"),
        home=fields.text("home"),
        mode=fields.text("mode"),
        gender=fields.text("gender"),
        skills=fields.texts("skills"),
        guaranteed_minutes=fields.whole("guaranteed_minutes"),
        max_week_minutes=fields.whole("max_week_minutes"),
        max_days=fields.whole("max_days"),
        available=tuple(_pair(pair, f"available[{n}]") for n, pair in enumerate(windows)),
        last_end=fields.whole("last_end"),
        worked_last_weekend=fields.flag("worked_last_weekend"),
        preferences=fields.rows("preferences", _wish),
        limits=fields.part("limits", _carer_limits) if fields.optional("limits") else None,
        **{name: fields.whole(name) for name in HISTORY if fields.optional(name)},
    )


def _carer_limits(fields: Fields) -> CarerLimits:
    given = {name: fields.whole(name) for name in CARER_LIMITS if fields.optional(name)}
    return CarerLimits(**given)


def _carer_to(carer: Carer) -> dict[str, Any]:
    document = {
        "id": carer.id,
        "branch": carer.branch,
        "home": carer.home,
        "mode": carer.mode,
        "gender": carer.gender,
        "skills": list(carer.skills),
        "guaranteed_minutes": carer.guaranteed_minutes,
        "max_week_minutes": carer.max_week_minutes,
        "max_days": carer.max_days,
        "available": [list(pair) for pair in carer.available],
        "last_end": carer.last_end,
        "worked_last_weekend": carer.worked_last_weekend,
        "preferences": [_wish_to(wish) for wish in carer.preferences],
    }
    if carer.limits is not None:
        document["limits"] = carer.limits.given()
    return {**document, **_history(carer)}


def _history(carer: Carer) -> dict[str, int]:
    values = ((name, getattr(carer, name)) for name in HISTORY)
    return {name: value for name, value in values if value}


def _wish(fields: Fields) -> Wish:
    kind = fields.text("kind")
    strength = fields.number("strength")
    if kind == "day_off":
        return Wish(kind, strength, day=fields.whole("day"))
    if kind == "avoid_window":
        start, end = fields.whole("from"), fields.whole("to")
        return Wish(kind, strength, from_minute=start, to_minute=end)
    if kind in {"avoid_client", "prefer_client"}:
        return Wish(kind, strength, client=fields.text("client"))
    return Wish(kind, strength)


def _wish_to(wish: Wish) -> dict[str, Any]:
    details = {
        "day": wish.day,
        "from": wish.from_minute,
        "to": wish.to_minute,
        "client": wish.client,
    }
    given = {name: value for name, value in details.items() if value is not None}
    return {"kind": wish.kind, **given, "strength": wish.strength}


def client_from(fields: Fields) -> Client:
    """Read one of `clients`."""
    return Client(
        id=fields.text("id"),
        branch=fields.text("branch"),
        place=fields.text("place"),
        gender=None if fields.value("gender") is None else fields.text("gender"),
        familiar=fields.texts("familiar"),
        excluded=fields.texts("excluded"),
        target_carers=fields.whole("target_carers"),
    )


def client_to(client: Client) -> dict[str, Any]:
    """Return one of `clients`."""
    return {
        "id": client.id,
        "branch": client.branch,
        "place": client.place,
        "gender": client.gender,
        "familiar": list(client.familiar),
        "excluded": list(client.excluded),
        "target_carers": client.target_carers,
    }


def visit_from(fields: Fields) -> Visit:
    """Read one of `visits`."""
    return Visit(
        id=fields.text("id"),
        client=fields.text("client"),
        target=fields.whole("target"),
        earliest=fields.whole("earliest"),
        latest=fields.whole("latest"),
        minutes=fields.whole("minutes"),
        carers=fields.whole("carers"),
        skills=fields.texts("skills"),
        priority=fields.whole("priority"),
        after=fields.part("after", _after) if fields.optional("after") else None,
        alternatives=_alternatives(fields) if fields.optional("alternatives") else (),
        soft=_soft(fields),
    )


def visit_to(visit: Visit) -> dict[str, Any]:
    """Return one of `visits`."""
    document: dict[str, Any] = {
        "id": visit.id,
        "client": visit.client,
        "target": visit.target,
        "earliest": visit.earliest,
        "latest": visit.latest,
        "minutes": visit.minutes,
        "carers": visit.carers,
        "skills": list(visit.skills),
        "priority": visit.priority,
    }
    if visit.after is not None:
        document["after"] = {"visit": visit.after.visit, "gap": visit.after.gap}
    if visit.alternatives:
        document["alternatives"] = [_window_to(window) for window in visit.alternatives]
    return {**document, **_soft_to(visit)}


def _alternatives(fields: Fields) -> tuple[Window, ...]:
    # Counted before they are read: a file of millions is refused at once.
    check_count(len(fields.items("alternatives")))
    return fields.rows("alternatives", _window)


def _window(fields: Fields) -> Window:
    earliest, latest = fields.whole("earliest"), fields.whole("latest")
    return Window(fields.whole("target"), earliest, latest, _soft(fields))


def _soft(fields: Fields) -> tuple[int, int] | None:
    return _pair(fields.value("soft"), "soft") if fields.optional("soft") else None


def _window_to(window: Window) -> dict[str, Any]:
    row = {"target": window.target, "earliest": window.earliest, "latest": window.latest}
    return {**row, **_soft_to(window)}


def _soft_to(row: Visit | Window) -> dict[str, Any]:
    return {} if row.soft is None else {"soft": list(row.soft)}


def _after(fields: Fields) -> After:
    return After(visit=fields.text("visit"), gap=fields.whole("gap"))


def _lock(fields: Fields) -> Lock:
    start = fields.whole("start") if fields.optional("start") else None
    return Lock(visit=fields.text("visit"), carers=fields.texts("carers"), start=start)


def _lock_to(lock: Lock) -> dict[str, Any]:
    document: dict[str, Any] = {"visit": lock.visit, "carers": list(lock.carers)}
    if lock.start is not None:
        document["start"] = lock.start
    return document


def _published(fields: Fields) -> PublishedVisit:
    return PublishedVisit(
        visit=fields.text("visit"), start=fields.whole("start"), carers=fields.texts("carers")
    )


def _clock_change(fields: Fields) -> ClockChange:
    return ClockChange(minute=fields.whole("minute"), shift=fields.whole("shift"))


def _pair(value: object, path: str) -> tuple[int, int]:
    pair = as_list(value, path)
    if len(pair) != 2:
        raise ProblemError(path, f"must be [from, to], not {len(pair)} values")
    return as_whole(pair[0], path), as_whole(pair[1], path)


def _date(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ProblemError(path, f"{text!r} is not a date like 2026-11-30") from error
