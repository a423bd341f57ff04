"""Who knows whom: familiar carers from past visits with decay, and how many a client meets."""

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count

from backend.organisation.models import Branch
from backend.organisation.rules import Continuity
from backend.rota.models import Decline, Preference, PublishedAssignment


def familiar_carers(branch: Branch, on: date, rules: Continuity) -> dict[int, set[int]]:
    """Return the carers each of a branch's clients knows on a date, by client id.

    Those whose past visits, each counting less the longer ago it was, add up to the rules'
    `familiar_score`, and those named as preferred. Declined carers are left out.
    """
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for client, carer, day, visits in (
        PublishedAssignment.objects.filter(
            client__branch=branch,
            superseded_by__isnull=True,
            on__gte=on - timedelta(days=rules.history_days),
            on__lt=on,
        )
        .values_list("client", "carer", "on")
        .annotate(visits=Count("pk"))
        .order_by()
    ):
        scores[client, carer] += visits * 0.5 ** ((on - day).days / rules.half_life_days)
    known = {pair for pair, score in scores.items() if score >= rules.familiar_score}
    known.update(
        Preference.objects.filter(client__branch=branch).values_list("client_id", "carer_id")
    )
    return _by_client(known - declined_pairs(branch))


def declined_pairs(branch: Branch) -> set[tuple[int, int]]:
    """Return (client, carer) pairs of a branch that are not to be matched, whoever asked."""
    return set(Decline.objects.filter(client__branch=branch).values_list("client_id", "carer_id"))


def target_carers(visits_a_week: int, *, double_ups: bool, rules: Continuity) -> int:
    """Return how many different carers a client with so many visits a week should meet."""
    # Beyond the last line of the table its number stays: more visits are no reason for more faces.
    carers = next((most for visits, most in rules.targets if visits_a_week <= visits), None)
    if carers is None:
        carers = rules.targets[-1][1]
    return math.ceil(carers * rules.double_up_factor) if double_ups else carers


def _by_client(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for client, carer in pairs:
        found[client].add(carer)
    return dict(found)
