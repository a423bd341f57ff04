"""A plan, as the rules of law look at it: one record for each carer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from backend.rota.law import Finding, WorkRecord, breaches_of, warnings_of
from backend.rota.law.record import RunsOut
from backend.rota.law.working_day import Stop
from backend.rota.solver.ids import carer_id, pk_of
from backend.rota.solver.law_facts import Advice, LawFacts
from backend.rota.solver.skill_days import plain_code
from backend.rota.solver.weekly_limit import traveller
from backend.rota.solver.working_days import working_days
from scheduler import Problem, Solution, Visit
from scheduler.rules import CarerWeek, plan_of


@dataclass(frozen=True, slots=True)
class Lawful:
    """A plan within the law, and what was found against each visit that is no longer in it."""

    plan: Solution
    taken: Mapping[str, Finding]


def records_of(
    facts: LawFacts,
    problem: Problem,
    weeks: Iterable[CarerWeek],
    advice: Advice | None = None,
) -> list[WorkRecord]:
    """Return the records of carers' weeks; without `advice` only what refuses can be asked."""
    return [_record(facts, problem, week, advice) for week in weeks]


def law_breaches(
    facts: LawFacts, problem: Problem, plan: Solution, only: Collection[int] | None = None
) -> list[Finding]:
    """Return what of a plan the law refuses, for all carers or for some."""
    weeks = plan_of(problem, plan).weeks
    wanted = weeks.keys() if only is None else {carer_id(pk) for pk in only} & weeks.keys()
    return _refused(facts, problem, weeks, wanted)


def _refused(
    facts: LawFacts, problem: Problem, weeks: Mapping[str, CarerWeek], carers: Collection[str]
) -> list[Finding]:
    return breaches_of(records_of(facts, problem, _known_weeks(facts, weeks, carers)))


def _known_weeks(
    facts: LawFacts, weeks: Mapping[str, CarerWeek], carers: Collection[str]
) -> list[CarerWeek]:
    """Return the weeks of carers of whom the law's facts were read, by name."""
    return [weeks[name] for name in sorted(carers) if pk_of(name) in facts.carers]


def worsened(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return what of `after` was not so before, or less far."""
    known = {(row.code, row.kind, row.carer, row.day): row.excess for row in before}
    return [
        row for row in after if row.excess > known.get((row.code, row.kind, row.carer, row.day), -1)
    ]


def law_against(
    facts: LawFacts, problem: Problem, before: CarerWeek, after: CarerWeek
) -> list[Finding]:
    """Return what the law refuses of a change to one carer's week."""
    return worsened(
        breaches_of(records_of(facts, problem, [before])),
        breaches_of(records_of(facts, problem, [after])),
    )


def warnings_since(
    facts: LawFacts, problem: Problem, before: Solution, after: Solution, advice: Advice
) -> list[Finding]:
    """Return what the law warns of in a plan and did not, or less far, in the one before.

    Only carers whose week differs are looked at.
    """
    then, now = plan_of(problem, before).weeks, plan_of(problem, after).weeks
    changed = sorted(_changed_carers(before, after) & now.keys())
    return worsened(
        warnings_of(records_of(facts, problem, _known_weeks(facts, then, changed), advice)),
        warnings_of(records_of(facts, problem, _known_weeks(facts, now, changed), advice)),
    )


def _changed_carers(before: Solution, after: Solution) -> set[str]:
    """Return the carers who have a visit in one of two plans, and not at the same time in both."""
    stints = [
        {(row.visit, row.start, name) for row in plan.assignments for name in row.carers}
        for plan in (before, after)
    ]
    return {name for _, _, name in stints[0] ^ stints[1]}


def lawful_part(
    facts: LawFacts, problem: Problem, plan: Solution, since: Solution | None = None
) -> Lawful:
    """Return a plan without the visits that the law refuses.

    The search knows the law by limits of each carer and counts no waiting; where a plan passes a
    limit by that, the least urgent and then the shortest visit goes, until none does. Locked ones
    stay.

    Parameters
    ----------
    since
        A plan that is only to be mended. What the law refuses in it already, and no further, is
        left as it is, and what a carer has in it goes last.
    """
    locked = {lock.visit for lock in problem.locked}
    known = [] if since is None else law_breaches(facts, problem, since)
    had: dict[str, set[str]] = defaultdict(set)
    for row in since.assignments if since else ():
        for name in row.carers:
            had[name].add(row.visit)
    rows = {row.visit: row for row in plan.assignments}
    laid_out = plan_of(problem, plan)
    weeks, travel = dict(laid_out.weeks), laid_out.travel
    suspects: Collection[str] = weeks.keys()
    taken: dict[str, Finding] = {}
    while True:
        gone: dict[str, Finding] = {}
        findings = worsened(known, _refused(facts, problem, weeks, suspects))
        for finding in findings:
            carer = carer_id(finding.carer)
            there = [
                problem.visit_of[name]
                for name, row in rows.items()
                if carer in row.carers
                and name not in locked
                and finding.day in {None, problem.visit_of[name].day}
            ]
            if there and not any(visit.id in gone for visit in there):
                gone[_goes_first(there, had[carer]).id] = finding
        if not gone:
            return Lawful(replace(plan, assignments=tuple(rows.values())), taken)
        taken |= gone
        # Of everybody else the answer is known: nothing was found, and nothing has changed.
        suspects = {carer_id(finding.carer) for finding in findings}
        for visit in gone:
            for name in rows.pop(visit).carers:
                weeks[name] = weeks[name].without(visit, travel)
                suspects.add(name)


def _goes_first(visits: Iterable[Visit], had: Collection[str]) -> Visit:
    """Return the one that is given up first; what the carer had already goes last."""
    return min(
        visits, key=lambda visit: (visit.id in had, -visit.priority, visit.minutes, visit.id)
    )


def _record(
    facts: LawFacts, problem: Problem, week: CarerWeek, advice: Advice | None
) -> WorkRecord:
    pk = pk_of(week.carer.id)
    carer = facts.carers[pk]
    places = problem.place_of
    record = WorkRecord(
        carer=pk,
        week=facts.week,
        zone=facts.zone,
        rules=facts.rules,
        days=working_days(
            (
                (
                    Stop(pk_of(stop.visit.id), pk_of(stop.visit.client), stop.start, stop.end),
                    places[stop.place],
                )
                for stop in week.stops()
            ),
            traveller(carer, facts.roads),
            monday=facts.week.starts_on,
            rules=facts.rules,
        ),
        last_week=facts.last_week.get(pk, ()),
        before=facts.limits[pk].before,
        born_on=carer.born_on,
        is_night_worker=carer.is_night_worker,
        has_night_hazard=carer.has_night_hazard,
        night_assessed_on=carer.night_assessed_on,
        visa_minutes=facts.visa.get(pk),
    )
    if advice is None:
        return record
    return replace(
        record,
        pay=advice.pay.get(pk),
        met=advice.met.get(pk, frozenset()),
        running_out=(
            *advice.checks.get(pk, ()),
            *(
                RunsOut(row.kind, row.before, _visits_needing(week, code))
                for code, row in advice.training.get(pk, ())
            ),
        ),
    )


def _visits_needing(week: CarerWeek, code: str) -> int:
    return sum(code in map(plain_code, stop.visit.skills) for stop in week.stops())
