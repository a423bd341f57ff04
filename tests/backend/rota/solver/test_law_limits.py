"""What of the law the search is told as limits of a carer, and that nothing then breaks it."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.core.periods import at_wall_minute
from backend.organisation.models import RuleArea, RuleSet
from backend.rota.models import Rota
from backend.rota.selectors.board import board_carers
from backend.rota.solver.at_once import solve_at_once
from backend.rota.solver.candidates import verdicts_for, why_this_carer
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.law_limits import between
from backend.rota.solver.law_records import law_breaches, lawful_part
from backend.rota.solver.live_check import broken_rules, rules_broken_by
from backend.rota.solver.roads import Roads
from backend.rota.solver.translate import solution_from_rows, week_of_branch
from scheduler import Assignment, Carer, CarerLimits, Place, Solution
from scheduler.explain import why
from tests.backend.factories import MONDAY
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import (
    ContractFactory,
    PayRateFactory,
    VisaHoursFactory,
    working_carer,
)
from tests.backend.factories.rota import RotaFactory, VisitFactory

pytestmark = pytest.mark.django_db

HOUR = 60
LONDON = ZoneInfo("Europe/London")
SEVENTEEN = date(2008, 12, 1)


def _carer_of(rota: Rota) -> Carer:
    (found,) = week_of_branch(rota).problem.carers
    return found


def _rule(rota: Rota, area: RuleArea, **values: object) -> None:
    rules = RuleSet.objects.get(organisation=rota.branch.organisation, area=area)
    RuleSet.objects.filter(pk=rules.pk).update(values={**rules.values, **values})


def _many_visits(rota: Rota, *, minutes: int = 60, miles_away: int = 0) -> None:
    """Ask for a visit every hour from 06:00 to 22:00 on all seven days, at the carers' door."""
    client = ClientFactory(
        branch=rota.branch, easting=430_000.0 + 1_609 * miles_away, northing=433_000.0
    )
    for day in range(7):
        for hour in range(7, 22):
            VisitFactory(
                rota=rota,
                client=client,
                on=MONDAY + timedelta(days=day),
                target_minute=hour * 60,
                earliest_minute=hour * 60 - 15,
                latest_minute=hour * 60,
                minutes=minutes,
            )


def _planned_lawfully(rota: Rota) -> int:
    """Solve the week, require that no rule and no law is broken; return how many are covered."""
    week = week_of_branch(rota)
    planned = solve_at_once(rota, iterations=3_000, seed=1)
    plan = solution_from_rows(week.problem, planned.assignments)
    assert broken_rules(replace(week, draft=plan)) == []
    return len(plan.assignments)


def test_a_visa_of_twenty_hours_is_the_weeks_limit_when_one_day_is_in_term() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=carer, ends_before=MONDAY + timedelta(days=1))

    assert _carer_of(rota).max_week_minutes == 20 * HOUR


def test_before_and_after_term_the_contract_holds() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=carer, ends_before=MONDAY)
    VisaHoursFactory(carer=carer, starts_on=MONDAY + timedelta(days=7))

    assert _carer_of(rota).max_week_minutes == 2250


def test_a_planned_week_keeps_the_visa_although_waiting_is_paid() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=carer)
    _many_visits(rota, minutes=45)

    assert 0 < _planned_lawfully(rota) <= 26


def test_ways_from_and_to_home_are_kept_back_from_the_48_hours() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    carer.contracts.all().delete()
    ContractFactory(carer=carer, maximum_minutes=70 * HOUR, max_days=6)
    _many_visits(rota, miles_away=2)

    # 3218 m, 1.35 by road, 24 km/h, 2 to set off: 13 minutes each way, on six days.
    assert _carer_of(rota).max_week_minutes == 48 * HOUR - 6 * 2 * 13
    assert _planned_lawfully(rota) > 30


LONGEST_WAYS = 6 * 2 * 45
"""Minutes of six days' ways from and to home that count at most."""


@pytest.mark.parametrize(
    ("over", "asked"), [(0, False), (1, True)], ids=["room for any way", "a minute too much"]
)
def test_the_ways_of_a_carer_are_worked_out_only_where_they_could_matter(
    monkeypatch: pytest.MonkeyPatch, *, over: int, asked: bool
) -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    carer.contracts.all().delete()
    most = 48 * HOUR - LONGEST_WAYS + over
    ContractFactory(carer=carer, maximum_minutes=most, max_days=6)
    VisitFactory(rota=rota)
    ways: list[str] = []
    longest = Roads.longest

    def counted(roads: Roads, start: Place, end: Place, mode: str) -> int:
        ways.append(end.id)
        return longest(roads, start, end, mode)

    monkeypatch.setattr(Roads, "longest", counted)

    assert _carer_of(rota).max_week_minutes == most
    assert bool(ways) is asked


def test_a_young_workers_week_is_planned_within_every_limit() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, born_on=SEVENTEEN)
    carer.contracts.all().delete()
    ContractFactory(carer=carer, maximum_minutes=50 * HOUR, max_days=7)
    _many_visits(rota, minutes=30, miles_away=1)

    seen = _carer_of(rota)

    # 1609 m, 1.35 by road, 24 km/h, 2 to set off: 8 minutes each way.
    assert seen.max_week_minutes == 40 * HOUR - 7 * 2 * 8
    assert seen.limits == CarerLimits(8 * HOUR - 2 * 8, 12 * HOUR, 48 * HOUR, 270, 30)
    assert len({start // 1440 for start, _ in seen.available}) == 7
    # A visit an hour on five days, and a break after four and a half hours.
    assert _planned_lawfully(rota) >= 5 * 8


def test_a_night_worker_with_a_hazard_works_eight_hours_and_rests_the_other_sixteen() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, is_night_worker=True, has_night_hazard=True)
    carer.availability.update(from_minute=0, to_minute=1440)
    carer.contracts.all().delete()
    ContractFactory(carer=carer, maximum_minutes=48 * HOUR, max_days=7)
    _many_visits(rota, minutes=50)
    client = rota.visits.first().client
    for day in range(7):
        VisitFactory(
            rota=rota,
            client=client,
            on=MONDAY + timedelta(days=day),
            target_minute=22 * 60 + 45,
            latest_minute=22 * 60 + 45,
            minutes=60,
            priority=1,
        )

    # The door is at home: 2 minutes to set off.
    assert _carer_of(rota).limits == CarerLimits(8 * HOUR - 4, 16 * HOUR + 4)
    assert _planned_lawfully(rota) > 20


def test_whoever_is_never_there_at_night_is_held_to_no_limit_of_nights() -> None:
    rota = RotaFactory()
    working_carer(branch=rota.branch, is_night_worker=True, has_night_hazard=True)

    assert _carer_of(rota).limits is None


def test_where_nights_need_an_assessment_nobody_without_one_has_them() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    carer.availability.update(from_minute=0, to_minute=1440)
    _rule(rota, RuleArea.NIGHT_WORK, assessment="hard")

    without = _carer_of(rota).available
    carer.night_assessed_on = MONDAY - timedelta(days=30)
    carer.save()

    assert {(start % 1440, end % 1440) for start, end in without} == {(360, 1380)}
    assert len(_carer_of(rota).available) == 7
    assert _carer_of(rota).available[0] == (0, 1440)


@pytest.mark.parametrize(
    ("mode", "days_worked", "due"),
    [
        ("14d_48h", 7, 48 * HOUR),
        ("14d_48h", 6, 48 * HOUR),
        ("14d_48h", 5, None),
        ("14d_2x24h", 7, 48 * HOUR),
        ("14d_2x24h", 6, 24 * HOUR),
        ("14d_2x24h", 5, None),
        ("7d_24h", 7, None),
    ],
)
def test_what_last_week_held_of_the_fortnights_rest_is_not_asked_of_this_one(
    mode: str, days_worked: int, due: int | None
) -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    _rule(rota, RuleArea.WORKING_WEEK, weekly_rest_mode=mode)
    before = RotaFactory(branch=rota.branch, week_starts_on=MONDAY - timedelta(days=7))
    for day in range(days_worked):
        _allocate(before, carer.pk, day, 8 * 60)
        _allocate(before, carer.pk, day, 20 * 60)

    limits = _carer_of(rota).limits

    assert limits == (None if due is None else CarerLimits(weekly_rest_minutes=due))


def test_a_fortnights_rest_is_planned_and_the_weekly_one_not_asked_for() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    carer.contracts.all().delete()
    ContractFactory(carer=carer, maximum_minutes=48 * HOUR, max_days=7)
    _rule(rota, RuleArea.WORKING_WEEK, weekly_rest_mode="14d_48h")
    _many_visits(rota, minutes=30)

    assert week_of_branch(rota).problem.policy.weekly_rest_minutes == 0
    assert _planned_lawfully(rota) > 20


def test_a_plan_that_the_law_refuses_loses_its_least_urgent_visits_and_no_locked_one() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=carer, weekly_minutes=60)
    client = ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0)
    kept = VisitFactory(rota=rota, client=client, priority=1, is_locked=True)
    late = VisitFactory(rota=rota, client=client, target_minute=540, priority=3)
    last = VisitFactory(rota=rota, client=client, target_minute=570, priority=2)
    week = week_of_branch(rota)
    plan = Solution(
        week.problem.name,
        tuple(
            Assignment(f"v{row.pk}", row.target_minute, (f"c{carer.pk}",))
            for row in (kept, late, last)
        ),
    )
    assert [row.code for row in law_breaches(week.law, week.problem, plan)] == ["VISA"]

    found = lawful_part(week.law, week.problem, plan)

    # 08:00 to 08:30 and 09:30 to 10:00: going home between them, the hour is the carer's own.
    assert [row.visit for row in found.plan.assignments] == [f"v{kept.pk}", f"v{last.pk}"]
    assert {visit: row.code for visit, row in found.taken.items()} == {f"v{late.pk}": "VISA"}


def test_the_board_refuses_by_hand_what_the_law_refuses_and_allows_what_makes_nothing_worse() -> (
    None
):
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, born_on=SEVENTEEN)
    _allocate(rota, carer.pk, 0, 12 * 60)
    at_night = VisitFactory(
        rota=rota, target_minute=21 * 60 + 45, latest_minute=22 * 60, minutes=30
    )
    by_day = VisitFactory(rota=rota, target_minute=13 * 60)
    week = week_of_branch(rota)

    refused = rules_broken_by(
        week, visit=at_night.pk, day=0, minute=21 * 60 + 45, carers=[carer.pk]
    )
    allowed = rules_broken_by(week, visit=by_day.pk, day=0, minute=13 * 60, carers=[carer.pk])

    assert "WTR-07" in {row.code for row in refused}
    assert "WTR-07" not in {row.code for row in allowed}


def test_windows_are_cut_by_the_clock() -> None:
    windows = ((0, 600), (1440, 2880), (2880 + 300, 2880 + 500))

    assert between(windows, 360, 480) == ((360, 480), (1800, 1920), (3240, 3360))


def _allocate(rota: Rota, carer: int, day: int, start: int, **fields: object) -> None:
    visit = VisitFactory(
        rota=rota,
        on=rota.week_starts_on + timedelta(days=day),
        target_minute=start,
        latest_minute=start + 30,
        start_minute=start,
        starts_at=at_wall_minute(rota.week_starts_on + timedelta(days=day), start, LONDON),
        state="allocated",
        **fields,
    )
    visit.assignments.create(carer_id=carer)


def test_rules_that_change_inside_the_week_hold_from_the_next_monday() -> None:
    branch = BranchFactory()
    rota = RotaFactory(branch=branch)
    seed = RuleSet.objects.get(organisation=branch.organisation, area=RuleArea.WORKING_WEEK)
    RuleSet.objects.create(
        organisation=branch.organisation,
        area=RuleArea.WORKING_WEEK,
        version=2,
        starts_on=MONDAY + timedelta(days=2),
        values={**seed.values, "weekly_rest_mode": "14d_48h"},
        enacted_at=seed.enacted_at,
    )
    after = RotaFactory(branch=branch, week_starts_on=MONDAY + timedelta(days=7))

    assert week_of_branch(rota).law.rules.working_week.weekly_rest_mode == "7d_24h"
    assert week_of_branch(after).law.rules.working_week.weekly_rest_mode == "14d_48h"


def test_a_carer_whom_only_the_law_keeps_away_is_said_to_be_unable_and_why() -> None:
    rota = RotaFactory()
    student, other = (working_carer(branch=rota.branch) for _ in range(2))
    VisaHoursFactory(carer=student, weekly_minutes=89)
    door = ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0)
    _allocate(rota, student.pk, 0, 8 * 60, client=door)
    wanted = VisitFactory(
        rota=rota, client=door, target_minute=540, earliest_minute=540, latest_minute=540
    )

    verdicts = {row.carer_id: row for row in verdicts_for(LaidOutWeek(rota), wanted.pk)}

    # An hour of visits fits into 89 minutes; with half an hour of paid waiting it does not.
    assert (verdicts[student.pk].outcome, verdicts[student.pk].code) == ("CANNOT", "VISA")
    assert verdicts[other.pk].outcome == "CAN"


def test_the_next_best_are_three_who_may_and_nobody_whom_only_the_law_keeps_away() -> None:
    rota = RotaFactory()
    now, student, *others = (working_carer(branch=rota.branch) for _ in range(6))
    VisaHoursFactory(carer=student, weekly_minutes=89)
    door = ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0, target_carers=1)
    _allocate(rota, student.pk, 0, 8 * 60, client=door)
    # One face for both visits is what the client should see, so nobody else would cost less.
    _allocate(rota, now.pk, 0, 9 * 60, client=door, earliest_minute=540)
    wanted = now.assignments.get().visit
    laid_out = LaidOutWeek(rota)

    best = why(laid_out.judge, laid_out.judge.opening(f"v{wanted.pk}")).next_best
    found = why_this_carer(laid_out, wanted.pk, student.pk)

    assert best[0].verdict.carer == f"c{student.pk}", "by the rota's own rules"
    assert found is not None
    assert [row.verdict.outcome for row in found.next_best] == ["CAN"] * 3
    assert {row.verdict.carer_id for row in found.next_best} <= {row.pk for row in others}
    assert found.asked is not None
    assert (found.asked.verdict.outcome, found.asked.verdict.code) == ("CANNOT", "VISA")


def test_the_board_says_what_the_law_says_beside_the_carer() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, born_on=date(1990, 1, 1))
    PayRateFactory(carer=carer, contact_pence=1200)
    VisaHoursFactory(carer=carer, weekly_minutes=29)
    _allocate(rota, carer.pk, 0, 8 * 60)

    [row] = board_carers(LaidOutWeek(rota))

    codes = {warning["code"] for warning in row.warnings}
    assert {"H7", "VISA", "PAY-01"} <= codes
