"""How fairly thirteen weeks were shared in a branch (section 11), with the viewer's own position.

Counts are taken for each 100 hours with clients, so that whoever works twice as long may have twice
as many late finishes. What people were told counts, not what was once drafted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any, Final

from backend.accounts.models import User
from backend.clients.models import RiskClass
from backend.core.periods import WEEK_DAYS, Week
from backend.organisation.models import Branch
from backend.organisation.selectors import rota_policy, today_in
from backend.people.selectors import contracts_in_force
from backend.rota.models import Publication, PublishedAssignment, Rota, WishOutcome
from backend.rota.selectors.outcome_works import being_worked_out
from backend.rota.selectors.spread import LEAST_PEOPLE, bands, gini
from backend.rota.selectors.visibility import carer_of
from backend.rota.selectors.weeks import latest_publications

WEEKS: Final = 13
TARGET_GINI: Final = 0.2
LATE_MINUTE: Final = 21 * 60
SATURDAY: Final = 5
HUNDRED_HOURS: Final = 6000


class Measure(StrEnum):
    """What is compared, in the order in which it is shown."""

    WISHES_KEPT = "wishes_kept"
    """Points of wishes that were kept, of 100 that were placed."""
    WEEKEND_DAYS = "weekend_days"
    LATE_FINISHES = "late_finishes"
    SPLIT_DAYS = "split_days"
    UNPAID_GAP_MINUTES = "unpaid_gap_minutes"
    CRITICAL_VISITS = "critical_visits"
    DOUBLE_UPS = "double_ups"
    CHANGES = "changes"
    """Visits added, taken away or moved after the week was first told."""
    EXTRA_MINUTES = "extra_minutes"
    """With clients beyond the guaranteed hours of the weeks."""


@dataclass(slots=True)
class _Person:
    minutes: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    points: int = 0
    points_kept: int = 0


def get_my_fairness(viewer: User, *, now: datetime) -> dict[str, Any]:
    """Return the spread of each measure over the carers of the viewer's branch; see `FairnessOut`.

    Only the viewer's own figure is told. Of fewer than five people nothing else is.
    """
    carer = carer_of(viewer)
    branch = carer.branch
    until = Week.containing(today_in(branch.organisation, now)).starts_on
    since = until - timedelta(days=WEEKS * WEEK_DAYS)
    people = _people(branch, since, until)
    to_come = being_worked_out(_latest(branch, since, until))
    return {
        "since": since,
        "until": until,
        "people": len(people) if len(people) >= LEAST_PEOPLE else None,
        "target": TARGET_GINI,
        "wishes_to_come": len(to_come),
        "measures": [_spread(measure, _values(measure, people), carer.pk) for measure in Measure],
    }


def _spread(measure: Measure, values: Mapping[int, float], own: int) -> dict[str, Any]:
    told = bands(list(values.values()))
    mine = values.get(own)
    return {
        "measure": measure,
        "own": mine,
        "unevenness": round(gini(list(values.values())), 2) if told else None,
        "bands": told,
        "own_band": next(
            (
                number
                for number, band in enumerate(told)
                if mine is not None and band.least <= mine <= band.most
            ),
            None,
        ),
    }


def _values(measure: Measure, people: Mapping[int, _Person]) -> dict[int, float]:
    """Return everybody's figure; nobody's who placed no points, or worked no hour."""
    if measure is Measure.WISHES_KEPT:
        return {
            pk: round(100 * row.points_kept / row.points, 1)
            for pk, row in people.items()
            if row.points
        }
    return {
        pk: round(HUNDRED_HOURS * row.counts[measure] / row.minutes, 1)
        for pk, row in people.items()
        if row.minutes
    }


def _people(branch: Branch, since: date, until: date) -> dict[int, _Person]:
    """Return the carers of the branch who were told of visits in these weeks."""
    split_gap = rota_policy(branch, until).split_gap_minutes
    told = (
        PublishedAssignment.objects.filter(
            carer__branch=branch, superseded_by__isnull=True, on__gte=since, on__lt=until
        )
        .order_by("carer", "on", "start_minute", "pk")
        .values_list(
            "carer", "on", "start_minute", "minutes", "visit__carers_required", "client__risk_class"
        )
    )
    found: dict[int, _Person] = defaultdict(_Person)
    for (carer, on), rows in groupby(told, key=lambda row: (row[0], row[1])):
        day = list(rows)
        person = found[carer]
        person.minutes += sum(row[3] for row in day)
        person.counts.update(dict(_counts_of_day(on, day, split_gap)))
    _add_extra(found, branch, since, until)
    _add_changes(found, branch, since, until)
    _add_wishes(found, branch, since, until)
    return dict(found)


def _counts_of_day(
    on: date, day: Sequence[tuple[Any, ...]], split_gap: int
) -> Iterator[tuple[Measure, int]]:
    gaps = [
        later[2] - earlier[2] - earlier[3]
        for earlier, later in pairwise(day)
        if later[2] - earlier[2] - earlier[3] > split_gap
    ]
    yield Measure.WEEKEND_DAYS, int(on.weekday() >= SATURDAY)
    yield Measure.LATE_FINISHES, int(max(row[2] + row[3] for row in day) > LATE_MINUTE)
    yield Measure.SPLIT_DAYS, int(bool(gaps))
    yield Measure.UNPAID_GAP_MINUTES, sum(gaps)
    yield Measure.DOUBLE_UPS, sum(row[4] > 1 for row in day)
    yield Measure.CRITICAL_VISITS, sum(row[5] == RiskClass.R1 for row in day)


def _add_extra(found: Mapping[int, _Person], branch: Branch, since: date, until: date) -> None:
    carers = list(branch.carers.filter(pk__in=found))
    owed: Counter[int] = Counter()
    monday = since
    while monday < until:
        for pk, contract in contracts_in_force(carers, Week(monday)).items():
            owed[pk] += contract.guaranteed_minutes
        monday += timedelta(days=WEEK_DAYS)
    for pk, person in found.items():
        person.counts[Measure.EXTRA_MINUTES] = max(0, person.minutes - owed[pk])


def _add_changes(found: Mapping[int, _Person], branch: Branch, since: date, until: date) -> None:
    for changes in Publication.objects.filter(
        rota__branch=branch,
        rota__week_starts_on__gte=since,
        rota__week_starts_on__lt=until,
        number__gt=1,
    ).values_list("changes", flat=True):
        for carer, rows in changes.items():
            if int(carer) in found:
                found[int(carer)].counts[Measure.CHANGES] += sum(map(len, rows.values()))


def _add_wishes(found: Mapping[int, _Person], branch: Branch, since: date, until: date) -> None:
    latest = _latest(branch, since, until)
    for carer, points, is_kept in WishOutcome.objects.filter(publication__in=latest).values_list(
        "wish__wish_list__carer", "wish__points", "is_kept"
    ):
        if carer in found:
            found[carer].points += points
            found[carer].points_kept += points * is_kept


def _latest(branch: Branch, since: date, until: date) -> list[int]:
    """Return the last publication of each published week."""
    rotas = Rota.objects.filter(
        branch=branch, week_starts_on__gte=since, week_starts_on__lt=until
    ).values_list("pk", flat=True)
    return [row.pk for row in latest_publications(list(rotas)).values()]
