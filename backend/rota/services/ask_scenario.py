"""Ask what a week would look like under other rules or with more carers; and stop asking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.rota.models import Rota, RunKind, Scenario, SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.scenarios import list_scenarios
from backend.rota.services.cancel_run import cancel_run
from backend.rota.services.drafting import held_rota
from backend.rota.services.new_run import new_run
from backend.rota.solver.packing import fingerprint, pack
from backend.rota.solver.scenarios import UnfitError, both_problems


class WeekUnfitError(RefusalError):
    """The week cannot be solved with that change; `reason` says what to mend."""

    code = "rota.scenario_unfit"


@transaction.atomic
def ask_scenario(
    *, rota_id: int, seconds: int, change: Mapping[str, Any], actor: User, now: datetime
) -> tuple[Scenario, bool]:
    """Have a week solved as it is and with a change; return the scenario and whether it is new.

    Both are solved from nothing, in `seconds` each, with the same seed. A rota has one scenario
    under way at a time: asking again returns that one as it is.

    Parameters
    ----------
    change
        `weights` and `limits` by name, both possibly empty, and `more_carers`, None or the
        fields of `MoreCarers`, with `from_minute` and `to_minute` of each day for `available`.

    Raises
    ------
    Rota.DoesNotExist
        Out of the actor's sight.
    WeekUnfitError
        The week has no visits, or cannot hold that change.
    """
    rota = held_rota(rota_id, actor=actor)
    is_open = Q(present__state__in=OPEN_STATES) | Q(tried__state__in=OPEN_STATES)
    under_way = Scenario.objects.filter(is_open, rota=rota, try_key="").first()
    if under_way is not None:
        return under_way, False
    try:
        present, tried = both_problems(rota, change)
    except UnfitError as error:
        raise WeekUnfitError(reason=str(error)) from error
    scenario = Scenario.objects.create(
        rota=rota,
        change=dict(change),
        present=_run(rota, present, seconds, actor, now),
        tried=_run(rota, tried, seconds, actor, now),
        asked_by=actor,
        asked_at=now,
    )
    more = change["more_carers"]
    record(
        "scenario.asked",
        actor=actor,
        subject=f"scenario:{scenario.pk}",
        at=now,
        chain=f"branch:{rota.branch_id}",
        body={
            "rota": rota.pk,
            "seconds": seconds,
            "changed": sorted([*change["weights"], *change["limits"]]),
            "more_carers": more["count"] if more else 0,
        },
    )
    return scenario, True


@transaction.atomic
def cancel_scenario(*, scenario_id: int, actor: User, now: datetime) -> Scenario:
    """Stop both runs of a scenario with nothing kept; what has ended stays as it is."""
    scenario = list_scenarios(actor).get(pk=scenario_id)
    for run in (scenario.present_id, scenario.tried_id):
        cancel_run(run_id=run, keep_best=False, actor=actor, now=now)
    return list_scenarios(actor).get(pk=scenario_id)


def _run(rota: Rota, document: object, seconds: int, actor: User, now: datetime) -> SolverRun:
    return new_run(
        rota,
        RunKind.WHAT_IF,
        seconds=seconds,
        actor=actor,
        now=now,
        problem=pack(document),
        problem_hash=fingerprint(document),
    )
