"""After a publication: work out what it made of wishes, in a worker and once.

An `OutcomeWork` row is written with the publication. A worker claims it by one conditional update
on the database's clock and writes all outcomes in the transaction that ends the work; so a
message that is lost, doubled or late does no harm, and a dead worker is followed by another.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from backend.organisation.selectors import wish_rules
from backend.rota.models import (
    OutcomeWork,
    PlacedWish,
    Publication,
    WishOutcome,
)
from backend.rota.selectors.outcome_works import MOST_CLAIMS, under_way
from backend.rota.solver.as_told import as_told
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.runs import ERROR_LENGTH
from backend.rota.solver.supervisor import STOP_ASKED
from backend.rota.solver.translate import week_of_branch
from backend.rota.solver.wish_outcomes import Outcome, wish_outcomes

LEASE: Final = timedelta(minutes=5)
"""Reading a large branch's week is one step without a beat in it."""
BEAT_SECONDS: Final = 10.0


class _NotOursError(Exception):
    """Another worker has the work, or this one is to stop."""


def outcomes_waiting() -> dict[int, int]:
    """Return the publications whose wishes wait for a worker, with how often one has begun."""
    rows = OutcomeWork.objects.filter(_free()).order_by("publication")
    return dict(rows.values_list("publication", "claims"))


def work_out(publication_id: int) -> None:
    """Work out and keep what a publication made of the wishes that carers placed.

    Safe to deliver twice, also to two workers at once. What fails is stored with the work before
    it is raised, and tried again a few times.
    """
    token = uuid4()
    if not OutcomeWork.objects.filter(_free(), publication=publication_id).update(
        claims=F("claims") + 1, lease_token=token, lease_until=Now() + LEASE
    ):
        return
    held = OutcomeWork.objects.filter(
        publication=publication_id, lease_token=token, done_at__isnull=True
    )
    try:
        _keep(publication_id, token, list(_outcomes(publication_id, held)))
    except _NotOursError:
        # An orderly stop is no death. Of work that another has, nothing is found here.
        held.update(claims=F("claims") - 1, lease_token=None, lease_until=None)
    except Exception as error:
        held.update(
            lease_token=None, lease_until=None, last_error=type(error).__name__[:ERROR_LENGTH]
        )
        raise


def _free() -> Q:
    return Q(done_at__isnull=True, claims__lt=MOST_CLAIMS) & (
        Q(lease_until__isnull=True) | ~under_way()
    )


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
def _keep(publication_id: int, token: UUID, outcomes: list[Outcome]) -> None:
    work = OutcomeWork.objects.select_for_update().get(publication=publication_id)
    if work.done_at is not None or work.lease_token != token:
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
    OutcomeWork.objects.filter(pk=work.pk).update(
        done_at=Now(), lease_token=None, lease_until=None, last_error=""
    )
