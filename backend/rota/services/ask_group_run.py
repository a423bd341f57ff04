"""Ask for the week of all branches of an organisation to be built together; and stop it."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import IntegrityError, transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.periods import Week
from backend.organisation.models import Organisation
from backend.rota.models import GroupRun, Rota
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.group_runs import list_group_runs, planned_organisations
from backend.rota.services.advance_group import advance_group, open_stage
from backend.rota.services.cancel_run import cancel_run
from backend.rota.solver.group import have_same_rules, stages_for


class NothingToPlanError(RefusalError):
    """No branch has opened this week yet."""

    code: ClassVar[str] = "rota.group_week_not_open"


class RulesDifferError(RefusalError):
    """The branches plan this week under different rules, so they cannot be planned together."""

    code: ClassVar[str] = "rota.group_rules_differ"


def ask_group_run(
    *, week: Week, seconds: int, actor: User, now: datetime, seed: int = 1
) -> tuple[GroupRun, bool]:
    """Ask for the opened weeks of all branches in `seconds`; return the run and whether it is new.

    An organisation has one open run for a week: asking again returns the one under way as it is.

    Raises
    ------
    Organisation.DoesNotExist
        The actor does not plan the rotas of all its branches.
    NothingToPlanError, RulesDifferError
        Nothing is opened; the branches' rules differ.
    """
    organisation = planned_organisations(actor).get()
    under_way = list_group_runs(actor).filter(week_starts_on=week.starts_on, state__in=OPEN_STATES)
    found = under_way.first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return _asked(organisation, week, seconds, seed, actor, now), True
    except IntegrityError:
        # Two asked in the same moment; the second finds the constraint, and then the first's run.
        return under_way.get(), False


@transaction.atomic
def cancel_group_run(*, group_run_id: int, keep_best: bool, actor: User, now: datetime) -> GroupRun:
    """Stop a group run; with `keep_best` every branch gets a proposal from the best plan so far.

    A branch that has no plan yet gets none. Cancelling again, or a run that has ended, changes
    nothing.
    """
    seen = list_group_runs(actor).get(pk=group_run_id)
    group = GroupRun.objects.select_for_update().get(pk=seen.pk)
    if group.state not in OPEN_STATES or group.cancelled_at is not None:
        return group
    group.cancelled_at, group.cancelled_by, group.keep_best = now, actor, keep_best
    group.save(update_fields=["cancelled_at", "cancelled_by", "keep_best"])
    record(
        "group_run.cancelled",
        actor=actor,
        subject=f"group_run:{group.pk}",
        at=now,
        chain=f"organisation:{group.organisation_id}",
        body={"keep_best": keep_best},
    )
    is_proposing = group.stage == group.last_stage
    if not (keep_best and is_proposing):
        for run in group.parts.filter(state__in=OPEN_STATES).order_by("pk"):
            cancel_run(run_id=run.pk, keep_best=keep_best, actor=actor, now=now)
    advance_group(group_run_id=group.pk, now=now)
    return GroupRun.objects.get(pk=group.pk)


def _asked(
    organisation: Organisation, week: Week, seconds: int, seed: int, actor: User, now: datetime
) -> GroupRun:
    rotas = list(
        Rota.objects.filter(branch__organisation=organisation, week_starts_on=week.starts_on)
        .select_related("branch__organisation")
        .order_by("branch")
    )
    if not rotas:
        raise NothingToPlanError
    if not have_same_rules(rotas):
        raise RulesDifferError
    group = GroupRun.objects.create(
        organisation=organisation,
        week_starts_on=week.starts_on,
        seconds=seconds,
        seed=seed,
        stages=stages_for(rotas, seconds=seconds, workers=settings.SOLVER_WORKERS),
        asked_by=actor,
        asked_at=now,
    )
    open_stage(group, now)
    record(
        "group_run.asked",
        actor=actor,
        subject=f"group_run:{group.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
        body={
            "week": week.starts_on.isoformat(),
            "branches": [rota.branch_id for rota in rotas],
            "seconds": seconds,
            "seed": seed,
        },
    )
    return group
