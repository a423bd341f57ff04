"""After a publication: work out what it made of wishes, in a worker and once.

An `OutcomeWork` row is written with the publication. The worker who has it writes all outcomes in
the transaction that ends the work.
"""

import time
from collections.abc import Iterator
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from backend.organisation.selectors import wish_rules
from backend.rota.models import (
    OutcomeWork,
    PlacedWish,
    Publication,
    WishOutcome,
)
from backend.rota.selectors.leased_work import waiting
from backend.rota.solver.as_told import as_told
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.leased_work import LEASE, claimed, end, noting_failure
from backend.rota.solver.supervisor import STOP_ASKED
from backend.rota.solver.translate import week_of_branch
from backend.rota.solver.wish_outcomes import Outcome, wish_outcomes

BEAT_SECONDS: Final = 10.0


class _NotOursError(Exception):
    """Another worker has the work, or this one is to stop."""


def outcomes_waiting() -> dict[int, int]:
    """Return the publications whose wishes wait for a worker, with how often one has begun."""
    rows = OutcomeWork.objects.filter(waiting()).order_by("publication")
    return dict(rows.values_list("publication", "claims"))


def work_out(publication_id: int) -> None:
    """Work out and keep what a publication made of the wishes that carers placed.

    Safe to deliver twice, also to two workers at once. What fails is stored with the work before
    it is raised, and tried again a few times.
    """
    held = claimed(OutcomeWork.objects.filter(publication=publication_id))
    if held is None:
        return
    with noting_failure(held):
        try:
            _keep(publication_id, held, list(_outcomes(publication_id, held)))
        except _NotOursError:
            # An orderly stop is no death. Of work that another has, nothing is found here.
            held.update(claims=F("claims") - 1, lease_token=None, lease_until=None)


def _outcomes(publication_id: int, held: QuerySet[OutcomeWork]) -> Iterator[Outcome]:
    publication = Publication.objects.select_related("rota__branch__organisation").get(
        pk=publication_id
    )
    # Only the last one is ever read.
    later = publication.rota.publications.filter(number__gt=publication.number)
    if later.exists() or not _has_wishes(publication):
        return
    source = week_of_branch(publication.rota)
    beaten_at = time.monotonic()
    for outcome in wish_outcomes(LaidOutWeek(publication.rota, as_told(publication, source))):
        yield outcome
        if time.monotonic() - beaten_at > BEAT_SECONDS:
            if STOP_ASKED.is_set() or not held.update(lease_until=Now() + LEASE):
                raise _NotOursError
            beaten_at = time.monotonic()


def _has_wishes(publication: Publication) -> bool:
    branch, monday = publication.rota.branch, publication.rota.week_starts_on
    period = wish_rules(branch.organisation, monday).period_of(monday)
    return PlacedWish.objects.filter(
        wish_list__carer__branch=branch,
        wish_list__period_starts_on=period.starts_on,
        counts_from__lte=monday,
    ).exists()


@transaction.atomic
def _keep(publication_id: int, held: QuerySet[OutcomeWork], outcomes: list[Outcome]) -> None:
    if not end(held, last_error=""):
        return
    WishOutcome.objects.bulk_create(
        WishOutcome(
            publication_id=publication_id,
            wish_id=row.wish,
            is_kept=row.is_kept,
            reason=row.reason,
            rule=row.rule,
            visits=row.visits,
            cost=row.cost,
            weight=row.weight,
        )
        for row in outcomes
    )
