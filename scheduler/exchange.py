"""The `rota-problem/1` and `rota-solution/1` files: reading with exact complaints, and writing."""

import gzip
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from scheduler.model import (
    LIMITS,
    PLAIN_WEIGHTS,
    After,
    Assignment,
    Carer,
    Client,
    ClockChange,
    Lock,
    Mode,
    Place,
    Policy,
    Problem,
    ProblemError,
    PublishedVisit,
    Solution,
    Visit,
    Weights,
    Wish,
)

PROBLEM_FORMAT: Final = "rota-problem/1"
SOLUTION_FORMAT: Final = "rota-solution/1"

Value = TypeVar("Value")
Reader = Callable[["Fields"], Value]


class Fields:
    """One JSON object that is being read; knows its fields and complains by name.

    `finish` refuses what nobody asked for: an unknown field could be a rule that the answer
    would silently break, or the misspelling of an optional one.
    """

    def __init__(self, document: object) -> None:
        if not isinstance(document, Mapping):
            raise ProblemError("", f"must be an object, not {_kind(document)}")
        self.document: Mapping[str, Any] = document
        self._asked: set[str] = set()

    def value(self, name: str) -> Any:
        """Return a required field as it is."""
        self._asked.add(name)
        if name not in self.document:
            raise ProblemError(name, "is missing")
        return self.document[name]

    def optional(self, name: str) -> bool:
        """Say whether a field is there; null counts as not there."""
        self._asked.add(name)
        return self.document.get(name) is not None

    def text(self, name: str) -> str:
        """Return a required text."""
        return _text(self.value(name), name)

    def whole(self, name: str) -> int:
        """Return a required whole number."""
        return _whole(self.value(name), name)

    def number(self, name: str) -> float:
        """Return a required number, whole or not, exactly as written."""
        return _number(self.value(name), name)

    def flag(self, name: str) -> bool:
        """Return a required true or false."""
        value = self.value(name)
        if not isinstance(value, bool):
            raise ProblemError(name, f"must be true or false, not {_kind(value)}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a required list of texts."""
        values = self.items(name)
        return tuple(_text(value, f"{name}[{index}]") for index, value in enumerate(values))

    def items(self, name: str) -> Sequence[Any]:
        """Return a required list."""
        return _list(self.value(name), name)

    def rows(self, name: str, read: Reader[Value]) -> tuple[Value, ...]:
        """Read each object of a required list; a complaint names its place in the list."""
        return tuple(
            _at(f"{name}[{index}]", row, read) for index, row in enumerate(self.items(name))
        )

    def part(self, name: str, read: Reader[Value]) -> Value:
        """Read a required object."""
        return _at(name, self.value(name), read)

    def table(self, name: str, read: Callable[[Any, str], Value]) -> dict[str, Value]:
        """Read every value of a required object by its key."""
        table = self.value(name)
        if not isinstance(table, Mapping):
            raise ProblemError(name, f"must be an object, not {_kind(table)}")
        return {key: read(value, f"{name}.{key}") for key, value in table.items()}

    def finish(self) -> None:
        """Refuse any field that was not read."""
        for name in self.document:
            if name not in self._asked:
                raise ProblemError(name, "is not a field of this format; remove or rename it")


def problem_from(document: Mapping[str, Any]) -> Problem:
    """Read and check a `rota-problem/1` document.

    Fields of the head that are not known are left alone, since other programs may add their own;
    a table of travel times (`travel`) belongs to a later version and is refused.

    Raises
    ------
    ProblemError
        At the first fault; `path` says where, as in `visits[17].earliest`.
    """
    fields = Fields(document)
    _check_format(fields, PROBLEM_FORMAT)
    if fields.optional("travel"):
        raise ProblemError("travel", f"tables of travel times are not part of {PROBLEM_FORMAT}")
    change = fields.part("clock_change", _clock_change) if fields.optional("clock_change") else None
    return Problem(
        name=fields.text("name"),
        week_start=_date(fields.text("week_start"), "week_start"),
        modes=fields.table("modes", lambda value, path: _at(path, value, _mode)),
        policy=fields.part("policy", _policy),
        places=fields.rows("places", _place),
        carers=fields.rows("carers", _carer),
        clients=fields.rows("clients", _client),
        visits=fields.rows("visits", _visit),
        locked=fields.rows("locked", _lock),
        published=fields.rows("published", _published),
        clock_change=change,
    )


def problem_to(problem: Problem) -> dict[str, Any]:
    """Return the `rota-problem/1` document of a problem; `problem_from` gives it back equal."""
    document: dict[str, Any] = {
        "format": PROBLEM_FORMAT,
        "name": problem.name,
        "week_start": problem.week_start.isoformat(),
        "modes": {
            name: {"kmh": mode.kmh, "detour": mode.detour, "overhead_min": mode.overhead_min}
            for name, mode in problem.modes.items()
        },
        "policy": _policy_to(problem.policy),
        "places": [{"id": place.id, "x": place.x, "y": place.y} for place in problem.places],
        "carers": [_carer_to(carer) for carer in problem.carers],
        "clients": [_client_to(client) for client in problem.clients],
        "visits": [_visit_to(visit) for visit in problem.visits],
        "locked": [_lock_to(lock) for lock in problem.locked],
        "published": [
            {"visit": row.visit, "start": row.start, "carers": list(row.carers)}
            for row in problem.published
        ],
    }
    if problem.clock_change is not None:
        change = problem.clock_change
        document["clock_change"] = {"minute": change.minute, "shift": change.shift}
    return document


def solution_from(document: Mapping[str, Any], problem: Problem) -> Solution:
    """Read a `rota-solution/1` document that answers `problem`.

    Only the shape is checked here: a visit given twice or to an unknown carer is a broken rule,
    for `check` to report.

    Raises
    ------
    ProblemError
        When the document is not a solution, or answers another problem.
    """
    fields = Fields(document)
    _check_format(fields, SOLUTION_FORMAT)
    name = fields.text("problem")
    if name != problem.name:
        raise ProblemError("problem", f"the solution answers {name!r}, not {problem.name!r}")
    return Solution(problem=name, assignments=fields.rows("assignments", _assignment))


def solution_to(solution: Solution) -> dict[str, Any]:
    """Return the `rota-solution/1` document of a solution."""
    return {
        "format": SOLUTION_FORMAT,
        "problem": solution.problem,
        "assignments": [
            {"visit": row.visit, "start": row.start, "carers": list(row.carers)}
            for row in solution.assignments
        ],
    }


def read_problem(path: Path | str) -> Problem:
    """Read a problem file; a name that ends in `.gz` is compressed. Raises `ProblemError`."""
    return problem_from(read_document(path))


def write_problem(problem: Problem, path: Path | str) -> None:
    """Write a problem file whole or not at all; a name that ends in `.gz` is compressed."""
    write_document(problem_to(problem), path)


def read_solution(path: Path | str, problem: Problem) -> Solution:
    """Read a solution of `problem`; a name that ends in `.gz` is compressed."""
    return solution_from(read_document(path), problem)


def write_solution(solution: Solution, path: Path | str) -> None:
    """Write a solution file whole or not at all; a name that ends in `.gz` is compressed."""
    write_document(solution_to(solution), path)


def read_document(path: Path | str) -> Any:
    """Return the JSON of a file; what cannot be read is a `ProblemError` that names the file."""
    try:
        data = Path(path).read_bytes()
        text = gzip.decompress(data) if str(path).endswith(".gz") else data
        return json.loads(text)
    except OSError as error:
        raise ProblemError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (EOFError, ValueError) as error:
        raise ProblemError(str(path), f"is not a JSON file: {error}") from error


def write_document(document: object, path: Path | str) -> None:
    """Write JSON beside the target and move it into place, so that nobody reads half a file."""
    target = Path(path)
    data = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    if target.name.endswith(".gz"):
        # No time of day inside, so that the same document is always the same file.
        data = gzip.compress(data, mtime=0)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _check_format(fields: Fields, expected: str) -> None:
    found = fields.text("format")
    if found != expected:
        raise ProblemError("format", f"is {found!r}; this version reads {expected!r} only")


def _mode(fields: Fields) -> Mode:
    return Mode(
        kmh=fields.number("kmh"),
        detour=fields.number("detour"),
        overhead_min=fields.number("overhead_min"),
    )


def _policy(fields: Fields) -> Policy:
    limits = {name: fields.whole(name) for name in LIMITS}
    return Policy(**limits, weights=fields.part("weights", _weights))


def _policy_to(policy: Policy) -> dict[str, Any]:
    weights = policy.weights
    return {
        **{name: getattr(policy, name) for name in LIMITS},
        "weights": {
            "unassigned": {str(key): value for key, value in weights.unassigned.items()},
            **{name: getattr(weights, name) for name in PLAIN_WEIGHTS},
            "preferences": dict(weights.preferences),
        },
    }


def _weights(fields: Fields) -> Weights:
    unassigned = {}
    for key, value in fields.table("unassigned", _number).items():
        if key not in {"1", "2", "3"}:
            raise ProblemError(f"unassigned.{key}", 'the priorities are "1", "2" and "3"')
        unassigned[int(key)] = value
    return Weights(
        unassigned=unassigned,
        preferences=fields.table("preferences", _number),
        **{name: fields.number(name) for name in PLAIN_WEIGHTS},
    )


def _place(fields: Fields) -> Place:
    return Place(id=fields.text("id"), x=fields.number("x"), y=fields.number("y"))


def _carer(fields: Fields) -> Carer:
    windows = fields.items("available")
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
    )


def _carer_to(carer: Carer) -> dict[str, Any]:
    return {
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


def _client(fields: Fields) -> Client:
    return Client(
        id=fields.text("id"),
        branch=fields.text("branch"),
        place=fields.text("place"),
        gender=fields.text("gender") if fields.optional("gender") else None,
        familiar=fields.texts("familiar"),
        excluded=fields.texts("excluded"),
        target_carers=fields.whole("target_carers"),
    )


def _client_to(client: Client) -> dict[str, Any]:
    return {
        "id": client.id,
        "branch": client.branch,
        "place": client.place,
        "gender": client.gender,
        "familiar": list(client.familiar),
        "excluded": list(client.excluded),
        "target_carers": client.target_carers,
    }


def _visit(fields: Fields) -> Visit:
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
    )


def _visit_to(visit: Visit) -> dict[str, Any]:
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
    return document


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


def _assignment(fields: Fields) -> Assignment:
    return Assignment(
        visit=fields.text("visit"), start=fields.whole("start"), carers=fields.texts("carers")
    )


def _clock_change(fields: Fields) -> ClockChange:
    return ClockChange(minute=fields.whole("minute"), shift=fields.whole("shift"))


@contextmanager
def _inside(path: str) -> Iterator[None]:
    try:
        yield
    except ProblemError as error:
        raise error.inside(path) from error


def _at(path: str, document: object, read: Reader[Value]) -> Value:
    with _inside(path):
        fields = Fields(document)
        value = read(fields)
        fields.finish()
        return value


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a text", int: "a number", float: "a number"}
    return names.get(type(value), "a list" if isinstance(value, list | tuple) else "an object")


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise ProblemError(path, f"must be a text, not {_kind(value)}")
    return value


def _whole(value: object, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        found = value if isinstance(value, float) else _kind(value)
        raise ProblemError(path, f"must be a whole number, not {found}")
    return value


def _number(value: object, path: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ProblemError(path, f"must be a number, not {_kind(value)}")
    return value


def _list(value: object, path: str) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise ProblemError(path, f"must be a list, not {_kind(value)}")
    return value


def _pair(value: object, path: str) -> tuple[int, int]:
    pair = _list(value, path)
    if len(pair) != 2:
        raise ProblemError(path, f"must be [from, to], not {len(pair)} values")
    return _whole(pair[0], path), _whole(pair[1], path)


def _date(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ProblemError(path, f"{text!r} is not a date like 2026-11-30") from error
