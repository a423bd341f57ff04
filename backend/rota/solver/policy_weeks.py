"""Look at the weeks of a policy in a worker: have them made twice, or count what was published."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from backend.rota.models import (
    PolicyWeek,
    PolicyWeekPart,
    Publication,
    RunKind,
    RunState,
    SolverRun,
)
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.leased_work import under_way, waiting
from backend.rota.selectors.promises import FEWEST_CARERS
from backend.rota.services.answer_policies import answered_or_asked
from backend.rota.solver.elsewhere import is_at_home
from backend.rota.solver.leased_work import claimed, end, noting_failure
from backend.rota.solver.runs import ERROR_LENGTH
from backend.rota.solver.scenarios import UnfitError, both_rules, figures_as_told
from backend.rota.solver.translate import WeekOfBranch, week_of_branch

_DAY = timedelta(days=1)


def policy_weeks_waiting() -> dict[int, int]:
    """Return the one week that a worker may look at now, with how often one has begun.

    One at a time, and none while any run waits for a worker: nobody waits for these. A week is
    not given to the solver before the one before it is through.
    """
    if SolverRun.objects.filter(state=RunState.QUEUED).exclude(kind=RunKind.PROMISE).exists():
        return {}
    if PolicyWeek.objects.filter(under_way()).exists():
        return {}
    rows = PolicyWeek.objects.filter(waiting())
    if SolverRun.objects.filter(kind=RunKind.PROMISE, state__in=OPEN_STATES).exists():
        rows = rows.exclude(part=PolicyWeekPart.PROMISED)
    return dict(rows.order_by("pk").values_list("pk", "claims")[:1])


def look_at(policy_week_id: int) -> None:
    """Have a week made under both policies, or count what was published in it.

    Safe to deliver twice, also to two workers at once. What fails is stored with the row before
    it is raised, and tried again a few times.
    """
    rows = PolicyWeek.objects.filter(pk=policy_week_id)
    held = claimed(rows)
    if held is None:
        return
    row = rows.select_related("version", "rota__branch__organisation").get()
    with noting_failure(held), transaction.atomic():
        end(held, **_found(row))


def _found(row: PolicyWeek) -> dict[str, Any]:
    """Return the columns that a look at a week fills."""
    source = week_of_branch(row.rota)
    carers = sum(is_at_home(carer, row.rota) for carer in source.carers.carers)
    if carers < FEWEST_CARERS:
        return {"carers": carers}
    try:
        return {"carers": carers, "last_error": "", **_looked_at(row, source)}
    except UnfitError as error:
        return {"carers": carers, "last_error": str(error)[:ERROR_LENGTH]}


def _looked_at(row: PolicyWeek, source: WeekOfBranch) -> dict[str, Any]:
    if row.part != PolicyWeekPart.PROMISED:
        last = Publication.objects.filter(rota=row.rota).order_by("number").last()
        if last is None or not source.problem.visits:
            raise UnfitError("nothing was published in this week")
        return {"figures": figures_as_told(last, source)}
    starts_on = row.version.effective_from
    # Both of the branch itself: it may have limits of its own, which a vote leaves alone.
    present, tried = both_rules(source, starts_on - _DAY, starts_on)
    scenario = answered_or_asked(row.rota, present, tried, kind=RunKind.PROMISE, now=timezone.now())
    return {"scenario": scenario}
