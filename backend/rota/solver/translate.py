"""Rows become a rota problem, and a solution becomes rows of a proposal.

Everything that the solver, the live check and the publication judge comes from here, so that
all three judge the same week. Nothing is written.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Q

from backend.clients.models import Client
from backend.core.periods import DAY_MINUTES, Week, clock_change
from backend.organisation.models import Branch
from backend.organisation.rules import Continuity
from backend.organisation.selectors import LawRules, continuity, law_rules, zone_of
from backend.organisation.voted_limits import ASK_HISTORY
from backend.rota.models import PublishedAssignment, Rota, VisitAssignment, VisitState
from backend.rota.selectors.familiar import declined_pairs, familiar_carers, target_carers
from backend.rota.selectors.worked_before import WorkedBefore, worked_before
from backend.rota.solver.carers import CarersOfWeek, carers_of_week, problem_carer
from backend.rota.solver.elsewhere import (
    borrowed_rows,
    clients_elsewhere,
    is_at_home,
    stints_of,
    visits_elsewhere,
)
from backend.rota.solver.ids import branch_id, carer_id, client_id, pk_of, visit_id
from backend.rota.solver.known_only import need_of, needs_met
from backend.rota.solver.law_facts import LawFacts, law_facts
from backend.rota.solver.law_limits import rest_in_week, within_law
from backend.rota.solver.roads import Roads, roads_of
from backend.rota.solver.skill_days import SkillDays
from backend.rota.solver.weekly_limit import weekly_limits
from scheduler import (
    After,
    Assignment,
    ClockChange,
    Lock,
    Mode,
    Place,
    Policy,
    Problem,
    PublishedVisit,
    Solution,
    Visit,
    VotedLimits,
    Weights,
    problem_to,
)
from scheduler import Carer as ProblemCarer
from scheduler import Client as ProblemClient
from scheduler.model import LIMITS, PLAIN_WEIGHTS
from scheduler.parts import guest

PLANNED_STATES = (VisitState.UNALLOCATED, VisitState.ALLOCATED)
"""The states of visits that somebody is to make."""

CONFIRMED_ADDRESS = "confirmed-address"
"""A need that no carer meets: nobody is sent to a pin that no person has confirmed (TRV-05)."""

AssignmentRow: TypeAlias = tuple[int, int, list[int]]
"""Visit id, start minute of the day, carer ids in ascending order."""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """The columns of a visit that the problem needs."""

    pk: int
    line: int | None
    client: int
    day: int
    target: int
    earliest: int
    latest: int
    minutes: int
    carers: int
    priority: int
    skills: Sequence[str]
    start: int | None
    is_locked: bool
    follows: int | None
    gap: int | None
    known_only: bool | None
    """Whether the funder wants short visits to be made by somebody the client has met."""


@dataclass(frozen=True, slots=True)
class WeekOfBranch:
    """A branch's week as a problem, its draft as a solution, and what they were made from."""

    rota: Rota
    week: Week
    zone: ZoneInfo
    problem: Problem
    draft: Solution
    carers: CarersOfWeek
    roads: Roads
    law: LawFacts
    elsewhere: frozenset[str]
    """Visits of other branches' weeks that carers of this branch make; they are locked here."""
    own: frozenset[str]
    """Visits of this rota."""

    def is_own(self, visit: str) -> bool:
        """Say whether a visit of any problem of this week stands in this rota."""
        return visit in self.own


def problem_for(rota: Rota, *, locked_extra: Collection[int] = ()) -> Problem:
    """Return a rota's week as the scheduler's problem, with the rules in force on its Monday.

    Rows come in the order of their keys, so the same rows give the same problem.

    Parameters
    ----------
    locked_extra
        Visits to hold as they are in the draft, besides those that are locked.
    """
    return week_of_branch(rota, locked_extra=locked_extra).problem


def week_of_branch(rota: Rota, *, locked_extra: Collection[int] = ()) -> WeekOfBranch:
    """Return a rota's week with its draft. The number of queries does not grow with the week."""
    branch = rota.branch
    week, zone = Week(rota.week_starts_on), zone_of(branch.organisation)
    law, roads = law_rules(branch, week.starts_on), roads_of(branch, week.starts_on)
    carers = carers_of_week(rota, week, zone)
    limits = weekly_limits(
        carers.carers,
        branch=branch,
        week=week,
        zone=zone,
        law=law,
        roads=roads,
    )
    facts = law_facts(rota, carers.carers, limits, rules=law, zone=zone, roads=roads)
    rows = _visit_rows(rota, week)
    teams = _teams(rota)
    clients = list(Client.objects.filter(pk__in={row.client for row in rows}).order_by("pk"))
    at_home = {row.pk for row in carers.carers if is_at_home(row, rota)}
    away = visits_elsewhere(rota, at_home, carers.available)
    places = _Places()
    doors = [Place("door", x, y) for x, y in {(row.easting, row.northing) for row in clients}]
    known_only = _known_only(rows, law.quality.min_visit_min)
    met = needs_met((row.client for row in rows if row.pk in known_only), carers.carers, week)
    visits = _visits(rows, carers.skills, clients, known_only)
    draft = _assignments(rows, teams)
    minutes = {row.id: row.minutes for row in visits}
    borrowed = borrowed_rows(draft, at_home, minutes, carers.available)
    before = (
        worked_before([row.pk for row in carers.carers], week)
        if ASK_HISTORY & set(law.rota.voted)
        else {}
    )
    people = tuple(
        _having_met(
            within_law(facts, row, carer, doors)
            if row.pk in at_home
            else guest(carer, stints_of(row.pk, draft, minutes, carers.available)),
            met.get(row.pk, ()),
        )
        for row in carers.carers
        for carer in [
            _having_worked(problem_carer(row, carers, places.home(row)), before.get(row.pk))
        ]
    )
    cared_for = (
        *_clients(rota, clients, rows, continuity(branch, week.starts_on), places),
        *clients_elsewhere(away, {row.pk for row in clients}, places.of_client),
    )
    problem = Problem(
        name=f"branch-{branch.pk}-{week.starts_on.isoformat()}",
        week_start=week.starts_on,
        modes=roads.modes,
        policy=_policy(law),
        carers=people,
        clients=cared_for,
        visits=(*visits, *(row.visit for row in away)),
        locked=(
            *_locks(rows, teams, {*locked_extra, *(pk_of(row.visit) for row in borrowed)}),
            *(row.lock for row in away),
        ),
        published=_published(rota, week),
        clock_change=_clock_change(week, zone),
        places=places.all(),
        travel=roads.tables_between(
            places.all(),
            ends={row.place for row in cared_for},
            modes={row.mode for row in people},
        ),
    )
    return WeekOfBranch(
        rota=rota,
        week=week,
        zone=zone,
        problem=problem,
        draft=Solution(problem.name, (*draft, *(row.given for row in away))),
        carers=carers,
        roads=roads,
        law=facts,
        elsewhere=frozenset(row.visit.id for row in away),
        own=frozenset(row.id for row in visits),
    )


def rules_of_branch(rota: Rota) -> tuple[Policy, Mapping[str, Mode]]:
    """Return the rules and the speeds that a rota's problem has."""
    branch, on = rota.branch, rota.week_starts_on
    return policy_of_branch(branch, on), roads_of(branch, on).modes


def policy_of_branch(branch: Branch, on: date) -> Policy:
    """Return the rules and prices by which a branch's week is made that begins on a date."""
    return _policy(law_rules(branch, on))


def weights_of(points: Mapping[str, Any]) -> Weights:
    """Return the `weights` of a rota policy as the scheduler has them."""
    return Weights(
        unassigned={int(key): value for key, value in points["unassigned"].items()},
        preferences=points["preferences"],
        **{name: points[name] for name in PLAIN_WEIGHTS},
    )


def draft_rows(
    rota: Rota, visits: Collection[int]
) -> tuple[tuple[Lock, ...], tuple[Assignment, ...]]:
    """Return the locks and the assignments of some visits of a draft, as they stand now."""
    rows = _visit_rows(rota, Week(rota.week_starts_on), visits)
    teams = _teams(rota, visits)
    return _locks(rows, teams, ()), _assignments(rows, teams)


def assignments_of(solution: Solution, week: WeekOfBranch) -> list[AssignmentRow]:
    """Return a week's own visits as rows of `RotaProposal.assignments`, in the order of keys."""
    return sorted(
        (pk_of(row.visit), row.start % DAY_MINUTES, sorted(pk_of(name) for name in row.carers))
        for row in solution.assignments
        if week.is_own(row.visit)
    )


def solution_from_rows(problem: Problem, rows: Iterable[Sequence[Any]]) -> Solution:
    """Return rows of `assignments_of` as a solution again; unknown visits are left out."""
    visits = problem.visit_of
    return Solution(
        problem.name,
        tuple(
            Assignment(
                visit_id(pk),
                visits[visit_id(pk)].day * DAY_MINUTES + minute,
                tuple(carer_id(carer) for carer in carers),
            )
            for pk, minute, carers in rows
            if visit_id(pk) in visits
        ),
    )


def problem_document(rota: Rota) -> dict[str, Any]:
    """Return a rota's week as a document of `rota-problem`; it names no person.

    Whom a carer would rather not see is left out: visits and carers have the same numbers as on
    the board, and a wish about a client is nobody's business but the carer's and the solver's.
    """
    problem = problem_for(rota)
    carers = tuple(
        replace(row, preferences=tuple(w for w in row.preferences if w.kind != "avoid_client"))
        for row in problem.carers
    )
    return problem_to(replace(problem, carers=carers))


def problem_hash(problem: Problem) -> str:
    """Return the SHA-256 of a problem's document; equal for equal problems."""
    document = json.dumps(problem_to(problem), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(document.encode()).hexdigest()


class _Places:
    """The places of a problem; clients of one home (a couple) share theirs."""

    def __init__(self) -> None:
        self._found: dict[tuple[float, float, str], Place] = {}

    def home(self, carer: Any) -> str:
        key = (carer.home_easting, carer.home_northing, f"h{carer.pk}")
        return self._named(key, f"h{carer.pk}")

    def of_client(self, client: Client) -> str:
        key = (client.easting, client.northing, client.address or f"k{client.pk}")
        return self._named(key, f"k{client.pk}")

    def all(self) -> tuple[Place, ...]:
        return tuple(self._found.values())

    def _named(self, key: tuple[float, float, str], name: str) -> str:
        return self._found.setdefault(key, Place(name, key[0], key[1])).id


def _policy(law: LawRules) -> Policy:
    rules = law.rota
    limits = {name: getattr(rules, name) for name in LIMITS}
    return Policy(
        **{**limits, "weekly_rest_minutes": rest_in_week(law)},
        voted=VotedLimits(**rules.voted),
        weights=weights_of(rules.weights),
    )


def _visit_rows(rota: Rota, week: Week, only: Collection[int] | None = None) -> list[VisitRow]:
    monday, which = week.starts_on, Q() if only is None else Q(pk__in=only)
    return [
        VisitRow(pk, line, client, (on - monday).days, *rest)
        for pk, line, client, on, *rest in rota.visits.filter(which, state__in=PLANNED_STATES)
        .order_by("pk")
        .values_list(
            "pk",
            "line_id",
            "client_id",
            "on",
            "target_minute",
            "earliest_minute",
            "latest_minute",
            "minutes",
            "carers_required",
            "priority",
            "skills",
            "start_minute",
            "is_locked",
            "line__follows_id",
            "line__gap_minutes",
            "line__package__funder__short_visits_by_known_only",
        )
    ]


def _teams(rota: Rota, only: Collection[int] | None = None) -> dict[int, tuple[str, ...]]:
    teams: dict[int, list[str]] = defaultdict(list)
    which = Q() if only is None else Q(visit__in=only)
    for visit, carer in (
        VisitAssignment.objects.filter(which, visit__rota=rota)
        .order_by("visit", "carer")
        .values_list("visit_id", "carer_id")
    ):
        teams[visit].append(carer_id(carer))
    return {visit: tuple(names) for visit, names in teams.items()}


def _clients(
    rota: Rota,
    clients: Iterable[Client],
    rows: Iterable[VisitRow],
    rules: Continuity,
    places: _Places,
) -> tuple[ProblemClient, ...]:
    known = familiar_carers(rota.branch, rota.week_starts_on, rules)
    declined: dict[int, set[int]] = defaultdict(set)
    for client, carer in declined_pairs(rota.branch):
        declined[client].add(carer)
    visits: dict[int, int] = defaultdict(int)
    doubles = set()
    for row in rows:
        visits[row.client] += 1
        if row.carers > 1:
            doubles.add(row.client)
    return tuple(
        ProblemClient(
            id=client_id(row.pk),
            branch=branch_id(rota.branch_id),
            place=places.of_client(row),
            gender=row.wanted_gender or None,
            familiar=tuple(carer_id(pk) for pk in sorted(known.get(row.pk, ()))),
            excluded=tuple(carer_id(pk) for pk in sorted(declined[row.pk])),
            target_carers=(
                target_carers(visits[row.pk], double_ups=row.pk in doubles, rules=rules)
                if row.target_carers is None
                else row.target_carers
            ),
        )
        for row in clients
    )


def _known_only(rows: Iterable[VisitRow], shortest: int) -> set[int]:
    """Return the visits that only carers may make whom the client has met (NICE-01)."""
    return {row.pk for row in rows if row.known_only and row.minutes < shortest}


def _having_worked(carer: ProblemCarer, before: WorkedBefore | None) -> ProblemCarer:
    """Return a carer with the weeks before, where a vote asks for them."""
    if before is None:
        return carer
    return replace(
        carer,
        days_in_a_row_before=before.days_in_a_row,
        weekends_worked_in_last_three=before.weekends,
    )


def _having_met(carer: ProblemCarer, needs: Collection[str]) -> ProblemCarer:
    return replace(carer, skills=tuple(sorted({*carer.skills, *needs}))) if needs else carer


def _visits(
    rows: Sequence[VisitRow],
    skills: SkillDays,
    clients: Iterable[Client],
    known_only: Collection[int],
) -> tuple[Visit, ...]:
    unconfirmed = {client.pk for client in clients if client.pin_confirmed_at is None}
    by_line = {(row.line, row.day): row.pk for row in rows if row.line is not None}
    found = []
    for row in rows:
        midnight = row.day * DAY_MINUTES
        needs = [
            *row.skills,
            *[CONFIRMED_ADDRESS] * (row.client in unconfirmed),
            *[need_of(row.client)] * (row.pk in known_only),
        ]
        first = by_line.get((row.follows, row.day)) if row.follows is not None else None
        found.append(
            Visit(
                id=visit_id(row.pk),
                client=client_id(row.client),
                target=midnight + row.target,
                earliest=midnight + row.earliest,
                latest=midnight + row.latest,
                minutes=row.minutes,
                carers=row.carers,
                skills=skills.needed(needs, row.day),
                priority=row.priority,
                after=After(visit_id(first), row.gap or 0) if first is not None else None,
            )
        )
    return tuple(found)


def _locks(
    rows: Iterable[VisitRow], teams: Mapping[int, tuple[str, ...]], extra: Collection[int]
) -> tuple[Lock, ...]:
    held = set(extra)
    return tuple(
        Lock(visit_id(row.pk), teams[row.pk], row.day * DAY_MINUTES + row.start)
        for row in rows
        if (row.is_locked or row.pk in held) and row.start is not None and row.pk in teams
    )


def _published(rota: Rota, week: Week) -> tuple[PublishedVisit, ...]:
    starts: dict[int, int] = {}
    teams: dict[int, list[str]] = defaultdict(list)
    for visit, carer, on, start in (
        PublishedAssignment.objects.filter(rota=rota, superseded_by__isnull=True)
        .order_by("visit", "carer")
        .values_list("visit_id", "carer_id", "on", "start_minute")
    ):
        starts[visit] = week.minute_of(on, start)
        teams[visit].append(carer_id(carer))
    return tuple(
        PublishedVisit(visit_id(pk), start, tuple(teams[pk])) for pk, start in starts.items()
    )


def _clock_change(week: Week, zone: ZoneInfo) -> ClockChange | None:
    found = clock_change(week, zone)
    return ClockChange(*found) if found else None


def _assignments(
    rows: Iterable[VisitRow], teams: Mapping[int, tuple[str, ...]]
) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(visit_id(row.pk), row.day * DAY_MINUTES + row.start, teams.get(row.pk, ()))
        for row in rows
        if row.start is not None
    )
