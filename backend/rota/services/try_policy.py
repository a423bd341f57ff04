"""See what a split of tokens would have made of a recent week, before anybody votes on it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.organisation.models import Branch
from backend.organisation.rota_policy import solver_weights, weights_of_tokens
from backend.organisation.selectors import organisation_of, today_in
from backend.people.models import Carer
from backend.rota.models import PolicyTry, Rota, RunKind
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.policy import policy_on, shares_of
from backend.rota.selectors.policy_tries import tries_of, weeks_to_try
from backend.rota.services.answer_policies import answered_or_asked
from backend.rota.solver.scenarios import UnfitError, both_policies


class NoWeekToTryError(RefusalError):
    """None of the last thirteen weeks was published."""

    code = "rota.no_week_to_try"


@transaction.atomic
def try_policy(
    *, tokens: Mapping[str, int], branch_id: int | None, actor: User, now: datetime
) -> tuple[PolicyTry, bool]:
    """Have a recent week solved under the present policy and under a split of tokens.

    Whoever has a try under way gets that one: one at a time for each person. A split that
    somebody tried on the same week before is not solved again.

    Parameters
    ----------
    branch_id
        Any branch of the actor's organisation; None means the actor's own as a carer, else the
        first that has a week to try on.

    Returns
    -------
    The try, and whether it is new.

    Raises
    ------
    Branch.DoesNotExist
        No such branch in the organisation.
    NoWeekToTryError
        There is nothing to try on.
    """
    # The row is held so that of two taps at once the second finds the first.
    User.objects.select_for_update().get(pk=actor.pk)
    is_open = Q(scenario__present__state__in=OPEN_STATES) | Q(
        scenario__tried__state__in=OPEN_STATES
    )
    under_way = tries_of(actor).filter(is_open).first()
    if under_way is not None:
        return under_way, False
    rota = _week(actor, branch_id, now)
    weights, scales = shares_of(
        policy_on(rota.branch.organisation, today_in(rota.branch.organisation, now))
    )
    try:
        # Both sides go through the same mapping: a difference is the vote's, not of rounding.
        present, tried = both_policies(
            rota,
            solver_weights(weights, scales),
            solver_weights(weights_of_tokens(tokens), scales),
        )
    except UnfitError as error:
        raise NoWeekToTryError from error
    scenario = answered_or_asked(rota, present, tried, kind=RunKind.WHAT_IF, now=now)
    made = PolicyTry.objects.create(
        asked_by=actor, asked_at=now, tokens=dict(tokens), scenario=scenario
    )
    return tries_of(actor).get(pk=made.pk), True


def _week(actor: User, branch_id: int | None, now: datetime) -> Rota:
    organisation = organisation_of(actor)
    weeks = weeks_to_try(organisation, today_in(organisation, now))
    if branch_id is not None:
        Branch.objects.get(pk=branch_id, organisation=organisation)
        found = weeks.filter(branch=branch_id).first()
    else:
        own = Carer.objects.filter(user=actor).values_list("branch", flat=True)
        found = weeks.filter(branch__in=own).first() or weeks.first()
    if found is None:
        raise NoWeekToTryError
    return found
