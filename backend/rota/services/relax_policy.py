"""Relax a rule or a limit of the rota policy for a week or two, for everybody to see."""

from datetime import date, datetime, timedelta

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.periods import WEEK_DAYS, Week
from backend.organisation.models import PolicyOverride
from backend.organisation.selectors import branches_for_office, today_in

LONGEST = timedelta(days=14)


class OverrideWeekOverError(RefusalError):
    """The week is over: nothing is made by other rules after the fact."""

    code = "rota.override_week_over"


class OverrideTooLongError(RefusalError):
    """Together with what was relaxed before it, this would be more than a fortnight on end."""

    code = "rota.override_too_long"


@transaction.atomic
def relax_policy(
    *,
    branch_id: int,
    name: str,
    value: int,
    starts_on: date,
    weeks: int,
    reason: str,
    actor: User,
    now: datetime,
) -> PolicyOverride:
    """Relax one rule or limit of a branch from a Monday on.

    Parameters
    ----------
    value
        The percentage of a rule that is left, or the minutes of a limit, within the law.

    Raises
    ------
    Branch.DoesNotExist
        Out of the actor's sight.
    OverrideWeekOverError, OverrideTooLongError
        The week is over; the same was relaxed just before or after.
    """
    branch = branches_for_office(actor).select_for_update().get(pk=branch_id)
    ends_before = starts_on + timedelta(days=WEEK_DAYS * weeks)
    if ends_before <= Week.containing(today_in(branch.organisation, now)).starts_on:
        raise OverrideWeekOverError
    touching = PolicyOverride.objects.filter(
        branch=branch, name=name, starts_on__lte=ends_before, ends_before__gte=starts_on
    )
    edges = [starts_on, ends_before]
    for row in touching:
        edges += [row.starts_on, row.ends_before]
    if max(edges) - min(edges) > LONGEST:
        raise OverrideTooLongError
    made = PolicyOverride.objects.create(
        branch=branch,
        name=name,
        value=value,
        starts_on=starts_on,
        ends_before=ends_before,
        reason=reason,
        made_by=actor,
        made_at=now,
    )
    record(
        "policy.relaxed",
        actor=actor,
        subject=f"policy_override:{made.pk}",
        at=now,
        chain=f"branch:{branch.pk}",
        # The words stay with the override: they may name people.
        body={
            "name": name,
            "value": value,
            "starts_on": starts_on.isoformat(),
            "ends_before": ends_before.isoformat(),
        },
    )
    return made
