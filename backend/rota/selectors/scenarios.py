"""Reads of scenarios, for those who plan the branch."""

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.rota.models import RunState, Scenario
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.runs import HEAVY


def list_scenarios(viewer: User) -> QuerySet[Scenario]:
    """Return the scenarios of the branches whose rota the viewer plans, newest first.

    What members try is theirs, and is not among them.
    """
    heavy = [f"{run}__{column}" for run in ("present", "tried") for column in HEAVY]
    return (
        Scenario.objects.filter(rota__branch__in=branch_ids(viewer), try_key="")
        .select_related("present", "tried", "asked_by")
        .defer(*heavy)
        .order_by("-asked_at", "-pk")
    )


def state_of(scenario: Scenario) -> str:
    """Return where a scenario stands, as one of `RunState`: it is finished when both runs are."""
    states = (scenario.present.state, scenario.tried.state)
    for worst in (RunState.FAILED, RunState.CANCELLED):
        if worst in states:
            return worst.value
    if scenario.result is not None:
        return RunState.FINISHED.value
    begun = any(state not in OPEN_STATES or state == RunState.RUNNING for state in states)
    return (RunState.RUNNING if begun else RunState.QUEUED).value
