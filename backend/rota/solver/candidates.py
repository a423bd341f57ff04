"""Who could make a visit, and why its carer does: the scheduler's verdicts in keys of rows."""

from dataclasses import dataclass

from backend.core.periods import DAY_MINUTES
from backend.rota.law import Finding
from backend.rota.solver.ids import carer_id, pk_of, visit_id
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.law_records import law_against
from backend.rota.solver.live_check import plain_words
from scheduler import Verdict
from scheduler.explain import CANNOT, Difference, Instead, ranked, why
from scheduler.rules import stop_at


@dataclass(frozen=True, slots=True)
class CarerVerdict:
    """What the rules say of one carer for one visit.

    Attributes
    ----------
    outcome
        "CAN", "CAN_IF" (at another start, or when another visit is moved) or "CANNOT".
    code, shortfall, message
        The first rule that decides, how far it would be broken, and in words; None, 0 and a short
        word for those who can.
    cost_change
        Points that the week's cost changes by; None where the carer cannot.
    start
        The best start as a wall-clock minute of the visit's day, or None.
    replaces
        The carer whose place it would be, or None.
    moves, moves_to, moves_start
        The visit that would have to go, and where it could go: to a carer, or to another
        wall-clock minute of its day; None where it could not.
    """

    carer_id: int
    outcome: str
    code: str | None
    shortfall: int
    message: str
    cost_change: float | None = None
    start: int | None = None
    replaces: int | None = None
    moves: int | None = None
    moves_to: int | None = None
    moves_start: int | None = None


@dataclass(frozen=True, slots=True)
class InsteadOf:
    """Another carer in place of a present one; `differences` and `faults` as in `Instead`."""

    verdict: CarerVerdict
    differences: tuple[Difference, ...]
    faults: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WhyThisCarer:
    """An assignment against its alternatives, as in `scheduler.explain.Why`."""

    next_best: tuple[InsteadOf, ...]
    asked: InsteadOf | None


def verdicts_for(laid_out: LaidOutWeek, visit: int) -> list[CarerVerdict]:
    """Return a verdict on every carer of the week for a visit, best first.

    A visit that nobody is to make (the client is away) has no verdicts. A lock on the visit
    itself does not count: the question is who could, not who may without unlocking it.
    """
    name, judge = visit_id(visit), laid_out.judge
    if name not in laid_out.source.problem.visit_of:
        return []
    found = [
        _within_law(laid_out, name, row)
        for row in ranked(judge, judge.opening(name, ignores_lock=True))
    ]
    # Whom only the law keeps away goes to those who cannot; the order of the rest stays.
    return sorted(found, key=lambda verdict: verdict.outcome == CANNOT)


def why_this_carer(laid_out: LaidOutWeek, visit: int, carer: int | None) -> WhyThisCarer | None:
    """Compare a visit's carers with the next best, and with a carer who is asked about.

    None for a visit that nobody makes. `carer` is a carer of the week. A lock on the visit does
    not count, as in `verdicts_for`. Among the next best is nobody whom the law keeps away.
    """
    name, judge = visit_id(visit), laid_out.judge
    if laid_out.given(name) is None:
        return None
    opening = judge.opening(name, ignores_lock=True)
    found = why(
        judge,
        opening,
        None if carer is None else carer_id(carer),
        may=lambda verdict: law_in_the_way(laid_out, name, verdict) is None,
    )
    return WhyThisCarer(
        next_best=tuple(_instead(laid_out, name, row) for row in found.next_best),
        asked=None if found.asked is None else _instead(laid_out, name, found.asked),
    )


def _instead(laid_out: LaidOutWeek, visit: str, row: Instead) -> InsteadOf:
    verdict = _within_law(laid_out, visit, row.verdict)
    faults = tuple((fault.code, fault.shortfall) for fault in row.faults)
    return InsteadOf(verdict, row.differences, faults)


def _within_law(laid_out: LaidOutWeek, visit: str, row: Verdict) -> CarerVerdict:
    """Return a verdict in keys of rows, after what the law says of it."""
    against = law_in_the_way(laid_out, visit, row)
    if against is None:
        return _verdict(row)
    return CarerVerdict(
        carer_id=pk_of(row.carer),
        outcome=CANNOT,
        code=against.code,
        shortfall=against.excess,
        message=against.message,
    )


def law_in_the_way(laid_out: LaidOutWeek, visit: str, verdict: Verdict) -> Finding | None:
    """Return what the law says against a carer whom the rota's own rules would allow."""
    if verdict.start is None or verdict.outcome == CANNOT:
        return None
    week, plan = laid_out.source, laid_out.judge.plan
    before = plan.weeks[verdict.carer]
    stop = stop_at(plan.problem.visit_of[visit], verdict.start, plan.problem)
    after = before.without(visit, plan.travel).with_stop(stop, plan.travel)
    return next(iter(law_against(week.law, plan.problem, before, after)), None)


def _verdict(row: Verdict) -> CarerVerdict:
    return CarerVerdict(
        carer_id=pk_of(row.carer),
        outcome=str(row.outcome),
        code=row.code,
        shortfall=row.shortfall,
        message=plain_words(row.message),
        cost_change=row.cost_change,
        start=None if row.start is None else row.start % DAY_MINUTES,
        replaces=_key(row.replaces),
        moves=_key(row.moves),
        moves_to=_key(row.moves_to),
        moves_start=None if row.moves_start is None else row.moves_start % DAY_MINUTES,
    )


def _key(name: str | None) -> int | None:
    return None if name is None else pk_of(name)
