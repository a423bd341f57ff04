"""The least change after an absence, and the alternatives to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scheduler.changes import CarerAway, Change, SlowerTravel, VisitsAdded, slower, week_after
from scheduler.explain import Judge
from scheduler.explain.open_visits import open_visit
from scheduler.model import CRITICAL, Assignment, Problem, ProblemError, Solution
from scheduler.progress import OnProgress, Progress, Stopwatch
from scheduler.repair.answer import Manner, Proof, RepairAnswer, RepairPlan
from scheduler.repair.differences import calls_about, visit_changes
from scheduler.repair.few_days import only_days
from scheduler.repair.hole import Hole, hole_in
from scheduler.repair.search import SEARCHES, Search, searched, told_of
from scheduler.rules import Plan, plan_of, stability, unassigned
from scheduler.score import breaches_of, cost_of
from scheduler.units import Minute

LARGEST_PROVED: Final = 100
"""Visits in a hole up to which limits are worked out; snow over a whole branch tears more."""
ROUNDS: Final = 15_000
"""Rounds for each way to look for a plan; the first answer takes a fifth of them."""
FIRST_SHARE: Final = 5


def repair(
    problem: Problem,
    plan: Solution,
    changes: Sequence[Change],
    *,
    now: Minute = 0,
    rounds: int = ROUNDS,
    seconds: float | None = None,
    seed: int = 1,
    prove: bool = True,
    on_progress: OnProgress | None = None,
) -> RepairAnswer:
    """Repair a published week after changes with as few further changes as can be found.

    Parameters
    ----------
    problem
        The week. It may contain the changes already; they are then made no second time.
    plan
        What people were told. Visits that it leaves open stay open.
    now
        What begins before it is never changed. Locked visits are not changed either.
    rounds
        Rounds of the search for each alternative. With the same arguments the plans are the same
        on every machine, whatever `seconds` cuts off aside.
    seconds
        No further alternative is looked for, and nothing is proved, after so long.
    prove
        Work out how good the answer is; this loads OR-Tools, which takes a second by itself.
    on_progress
        Called with the first answer and after each further one; False means that those so far
        are enough.

    Returns
    -------
    RepairAnswer
        At least one plan; each is whole and breaks no rule that was kept before.

    Raises
    ------
    ProblemError
        A change names what is not there or lies in the past, or a locked visit stands in the way.
    """
    run = _Run(problem, plan, changes, now=now, seed=seed)
    watch = Stopwatch()
    found = [run.candidate(run.hole.kept)]
    done = 0
    for search in (*SEARCHES[:1], *SEARCHES):
        is_first = not done
        amount = max(1, rounds // FIRST_SHARE if is_first else rounds)
        rows = run.search(search, found, amount)
        done += amount
        found.append(run.candidate(rows))
        is_wanted = run.say(on_progress, _fewest(found), watch, done)
        is_late = seconds is not None and watch.elapsed() >= seconds
        if not is_wanted or is_late or not run.hole.torn:
            prove = prove and is_wanted and not is_late
            break
    chosen = _chosen(_sound(found))
    return RepairAnswer(
        problem=run.week,
        torn=run.hole.torn,
        plans=tuple(run.described(candidate, manners) for candidate, manners in chosen),
        proof=run.proof(found) if prove and len(run.hole.torn) <= LARGEST_PROVED else None,
        rounds=done,
    )


def describe(
    problem: Problem,
    plan: Solution,
    changes: Sequence[Change],
    mended: Solution,
    manners: tuple[Manner, ...],
    *,
    now: Minute = 0,
) -> RepairPlan:
    """Return a plan that was mended otherwise as `repair` tells of its own: whom to phone, and why.

    Parameters
    ----------
    problem, plan, changes, now
        As for `repair`.
    mended
        The plan that is to take the place of what people were told.
    manners
        What it stands for.

    Raises
    ------
    ProblemError
        As in `repair`.
    """
    run = _Run(problem, plan, changes, now=now, seed=1)
    rows = {row.visit: row for row in mended.assignments}
    return run.described(run.candidate(rows), manners)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A plan and the figures by which it is chosen."""

    rows: Mapping[str, Assignment]
    laid_out: Plan
    breaches: int
    open_points: float
    change_count: int
    others_changed: int
    new_faces: int
    cost: float
    terms: Mapping[str, float]


def _keys(candidate: _Candidate) -> dict[Manner, tuple[float, ...]]:
    """Return by what a plan is compared, for each trade-off; lower is better."""
    few = (candidate.open_points, candidate.change_count, candidate.cost)
    return {
        "fewest_changes": few,
        "nobody_else": (candidate.others_changed, *few),
        "familiar_faces": (candidate.open_points, candidate.new_faces, *few[1:]),
        "cheapest": (candidate.open_points, candidate.cost),
    }


def _sound(found: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the plans that break no more than what was kept does; the first is just that.

    What was kept may hold an old fault of the past, which nothing can mend.
    """
    return [candidate for candidate in found if candidate.breaches <= found[0].breaches]


def _fewest(found: Sequence[_Candidate]) -> _Candidate:
    return min(_sound(found), key=lambda candidate: _keys(candidate)["fewest_changes"])


def _chosen(found: Sequence[_Candidate]) -> list[tuple[_Candidate, tuple[Manner, ...]]]:
    """Return the best plan for each trade-off, each plan once."""
    best: dict[Manner, _Candidate] = {
        manner: min(found, key=lambda candidate, m=manner: _keys(candidate)[m])  # type: ignore[misc]
        for manner in _keys(found[0])
    }
    chosen: list[tuple[_Candidate, tuple[Manner, ...]]] = []
    for candidate in best.values():
        if all(candidate.rows != other.rows for other, _ in chosen):
            same = (m for m, other in best.items() if other.rows == candidate.rows)
            chosen.append((candidate, tuple(same)))
    return chosen


class _Run:
    """One repair: the week after the changes, its hole, and how plans of it are judged.

    Where travel is slower, the search sees the days concerned alone, with their slow roads; the
    whole week is judged as well, with its usual ones.
    """

    def __init__(
        self, problem: Problem, plan: Solution, changes: Sequence[Change], *, now: Minute, seed: int
    ) -> None:
        slow = [change for change in changes if isinstance(change, SlowerTravel)]
        if slow and len(changes) > 1:
            raise ProblemError("changes", "repair slower travel by itself, after the other changes")
        after = week_after(problem, plan, changes, now=now)
        self.week = replace(after, published=told_of(plan, after))
        self._now, self._seed = now, seed
        self._absent = {change.carer for change in changes if isinstance(change, CarerAway)}
        self._told = {row.visit: row for row in plan.assignments}
        self._client_of = {v.id: v.client for v in (*problem.visits, *self.week.visits)}
        added = [
            v.id for change in changes if isinstance(change, VisitsAdded) for v in change.visits
        ]
        self._part = self.week
        self._others: Mapping[str, Assignment] = {}
        part = plan
        if slow:
            self._part, part = only_days(self.week, plan, slow[0].days)
            self._part = slower(self._part, slow[0].percent)
            inside = {row.visit for row in part.assignments}
            self._others = {v: row for v, row in self._told.items() if v not in inside}
        self.hole: Hole = hole_in(self._part, part, added, now)
        self._before = plan_of(self.week, Solution(self.week.name, plan.assignments))

    def search(
        self, search: Search, found: Sequence[_Candidate], rounds: int
    ) -> Mapping[str, Assignment]:
        """Return the rows of a further plan of the part that may change."""
        start = self.hole.kept
        if search.everybody:
            best = _fewest(found).rows
            start = {v: row for v, row in best.items() if v in self._part.visit_of}
        return searched(
            self._part,
            self.hole,
            start,
            search,
            now=self._now,
            rounds=rounds,
            seed=self._seed,
        )

    def candidate(self, part: Mapping[str, Assignment]) -> _Candidate:
        """Return a plan of the whole week with its figures."""
        rows = {v: row for v, row in {**self._others, **part}.items() if v in self.week.visit_of}
        laid_out = plan_of(self.week, Solution(self.week.name, tuple(rows.values())))
        breaches = len(breaches_of(laid_out))
        if self._part is not self.week:
            slow = Solution(self._part.name, tuple(part.values()))
            breaches += len(breaches_of(plan_of(self._part, slow)))
        price = cost_of(laid_out)
        told = {row.visit: row for row in self.week.published}
        counts = {v: stability.changes(row, rows.get(v)) for v, row in told.items()}
        torn = set(self.hole.torn)
        return _Candidate(
            rows=rows,
            laid_out=laid_out,
            breaches=breaches,
            open_points=sum(
                unassigned.points(self.week.visit_of[v], self.week.policy)
                for v in self._left_open(rows)
            ),
            change_count=sum(counts.values()),
            others_changed=sum(count > 0 for v, count in counts.items() if v not in torn),
            new_faces=self._new_faces(laid_out),
            cost=price.total,
            terms=price.terms,
        )

    def described(self, candidate: _Candidate, manners: tuple[Manner, ...]) -> RepairPlan:
        """Return a plan with all that people want to know of it."""
        changes = visit_changes(self._told, candidate.rows, self._client_of)
        judge = Judge(self.week, candidate.laid_out.solution)
        left = [
            visit
            for visit in self._left_open(candidate.rows)
            if not self.week.visit_of[visit].is_optional
        ]
        return RepairPlan(
            stands_for=manners,
            solution=candidate.laid_out.solution,
            changes=changes,
            calls=calls_about(changes, self.week.visit_of, self._absent),
            change_count=candidate.change_count,
            others_changed=candidate.others_changed,
            open_visits=tuple(open_visit(judge, judge.opening(visit)) for visit in left),
            open_points=candidate.open_points,
            new_faces=candidate.new_faces,
            travel_added=_travel(candidate.laid_out) - _travel(self._before),
            cost=candidate.cost,
            terms=candidate.terms,
        )

    def proof(self, found: Sequence[_Candidate]) -> Proof:
        """Work out how good the plans are at least."""
        # OR-Tools takes a second and 100 MB to load; the first answer needs neither.
        from scheduler.repair.proof import Limits

        best, alone = (
            _fewest(found),
            min(_sound(found), key=lambda candidate: _keys(candidate)["nobody_else"]),
        )
        limits = Limits(self._part, self.hole, self._told, self._now)
        nobody_else = limits.nobody_else()
        any_plan = limits.any_plan(best.open_points, nobody_else)
        return Proof(
            any_plan=any_plan,
            nobody_else=nobody_else,
            is_least_open=best.open_points <= any_plan.open_points,
            is_fewest_changes=best.change_count <= any_plan.changes,
            is_best_alone=alone.others_changed == 0
            and alone.open_points <= nobody_else.open_points
            and alone.change_count <= nobody_else.changes,
        )

    def say(
        self, on_progress: OnProgress | None, best: _Candidate, watch: Stopwatch, done: int
    ) -> bool:
        """Tell of the best plan so far; False means that it is enough."""
        if on_progress is None:
            return True
        left = self.week.open_visits(best.laid_out.solution)
        return on_progress(
            Progress(
                stage="improving",
                elapsed=watch.elapsed(),
                iterations=done,
                cost=best.cost,
                terms=best.terms,
                unassigned=len(left),
                unassigned_critical=sum(visit.priority == CRITICAL for visit in left),
                solution=lambda: best.laid_out.solution,
            )
        )

    def _left_open(self, rows: Mapping[str, Assignment]) -> list[str]:
        """Return the visits that somebody was to make and nobody makes now."""
        torn = set(self.hole.torn)
        wanted = (v for v in self.week.visit_of if v in self._told or v in torn)
        return [visit for visit in wanted if visit not in rows]

    def _new_faces(self, plan: Plan) -> int:
        met = {
            (self._client_of[row.visit], carer)
            for row in self._told.values()
            if row.visit in self._client_of
            for carer in row.carers
        }
        now = {(self._client_of[v], c) for v, row in plan.given.items() for c in row.carers}
        clients = self.week.client_of
        return sum(carer not in clients[client].familiar for client, carer in now - met)


def _travel(plan: Plan) -> int:
    split_gap = plan.problem.policy.split_gap_minutes
    return sum(
        leg.travel for week in plan.weeks.values() for leg in week.legs() if leg.gap <= split_gap
    )
