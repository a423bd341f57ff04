"""The four past weeks and the current one: opened, solved, accepted and published in turn.

Every week goes through the same services as in real life, each on the day on which a
coordinator would have done it, so the history that makes carers familiar is a real one.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from backend.accounts.models import Role, User
from backend.core.periods import Week, at_wall_minute
from backend.core.planner import refresh_statistics
from backend.organisation.models import Branch, RuleArea
from backend.organisation.selectors import rules_on, zone_of
from backend.rota.models import (
    Publication,
    PublishedAssignment,
    Rota,
    RotaProposal,
    RunState,
    SolverRun,
    Visit,
    VisitAssignment,
)
from backend.rota.services.decide_proposal import accept_proposal
from backend.rota.services.open_week import open_week
from backend.rota.services.publish import publish_rota
from backend.rota.solver.at_once import Planned, solve_at_once
from backend.rota.solver.last_week import plan_of_last_week

PAST_WEEKS = 4
FIRST_ROUNDS = 110_000
"""Rounds of search for a week with nothing before it."""
NEXT_ROUNDS = 60_000
"""Rounds for a week that starts from the plan of the week before."""
NOTE = "Demonstration: made from the packages and published without a coordinator's changes."


def weeks_to_publish(monday: date) -> list[Week]:
    """Return the past weeks and the current one, oldest first."""
    return [Week(monday - timedelta(weeks=ago)) for ago in range(PAST_WEEKS, -1, -1)]


def publish_weeks(branch: Branch, monday: date) -> int:
    """Publish a branch's weeks up to the current one; return how many were still missing.

    Each week is one transaction: after an interruption the next call goes on where it was.
    """
    coordinator = User.objects.get(grants__role=Role.COORDINATOR, grants__branch=branch)
    done = set(
        Publication.objects.filter(rota__branch=branch).values_list(
            "rota__week_starts_on", flat=True
        )
    )
    missing = [week for week in weeks_to_publish(monday) if week.starts_on not in done]
    for week in missing:
        _publish_week(branch, week, coordinator)
    return len(missing)


@transaction.atomic
def _publish_week(branch: Branch, week: Week, actor: User) -> None:
    # On the Thursday before, as the office would.
    now = at_wall_minute(week.starts_on - timedelta(days=4), 14 * 60, zone_of(branch.organisation))
    opened = open_week(branch_id=branch.pk, week=week, actor=actor, now=now)
    refresh_statistics(Visit)
    rota = Rota.objects.get(pk=opened.rota_id)
    start = plan_of_last_week(rota)
    planned = solve_at_once(
        rota, iterations=NEXT_ROUNDS if start else FIRST_ROUNDS, seed=1, start=start
    )
    accept_proposal(proposal_id=_proposal(rota, planned, actor, now).pk, actor=actor, now=now)
    rota.refresh_from_db()
    refresh_statistics(Visit, VisitAssignment)
    publish_rota(rota_id=rota.pk, version=rota.version, note=NOTE, actor=actor, now=now)
    refresh_statistics(PublishedAssignment)


def _proposal(rota: Rota, planned: Planned, actor: User, now: datetime) -> RotaProposal:
    rules = rules_on(rota.branch, rota.week_starts_on)
    run = SolverRun.objects.create(
        rota=rota,
        state=RunState.FINISHED,
        seconds=0,
        asked_by=actor,
        asked_at=now,
        started_at=now,
        ended_at=now,
        rota_version=rota.version,
        policy=rules.get(RuleArea.ROTA_POLICY),
        rule_versions={area.value: rule.version for area, rule in rules.items()},
        best_cost=planned.figures["cost"],
        unassigned=planned.figures["unassigned"],
        figures={"terms": planned.figures["terms"]},
    )
    return RotaProposal.objects.create(
        run=run,
        rota=rota,
        rota_version=rota.version,
        assignments=planned.assignments,
        figures=planned.figures,
        made_at=now,
    )
