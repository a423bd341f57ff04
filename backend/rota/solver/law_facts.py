"""What the rules of law need to know of a branch's carers besides the week itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from backend.core.periods import WEEK_DAYS, Week
from backend.organisation.selectors import LawRules
from backend.people.models import Carer, CarerCheck, CarerSkill, CheckKind, PayRate, VisaHours
from backend.rota.law.record import Pay, RunsOut, age_on
from backend.rota.law.working_day import Stop, WorkingDay
from backend.rota.models import PublishedAssignment, Rota, VisitAssignment
from backend.rota.solver.roads import Roads
from backend.rota.solver.weekly_limit import WeeklyLimit, traveller
from backend.rota.solver.working_days import working_days
from scheduler import Place

RUNNING_OUT = {CheckKind.RIGHT_TO_WORK: "right_to_work", CheckKind.DBS: "dbs"}


@dataclass(frozen=True, slots=True)
class LawFacts:
    """What refuses: read with every week. `last_week` has only carers for whom it matters."""

    rules: LawRules
    week: Week
    zone: ZoneInfo
    roads: Roads
    carers: Mapping[int, Carer]
    limits: Mapping[int, WeeklyLimit]
    visa: Mapping[int, int]
    last_week: Mapping[int, tuple[WorkingDay, ...]]

    def is_young(self, carer: Carer) -> bool:
        """Say whether a carer is below the adult age on the week's Monday."""
        return (
            carer.born_on is not None
            and age_on(carer.born_on, self.week.starts_on) < self.rules.young.adult_age
        )


@dataclass(frozen=True, slots=True)
class Advice:
    """What only warns: read when a week is looked at as a whole."""

    pay: Mapping[int, Pay]
    met: Mapping[int, frozenset[int]]
    checks: Mapping[int, tuple[RunsOut, ...]]
    training: Mapping[int, tuple[tuple[str, RunsOut], ...]]
    """With the code of the skill."""


def law_facts(
    rota: Rota,
    carers: Sequence[Carer],
    limits: Mapping[int, WeeklyLimit],
    *,
    rules: LawRules,
    zone: ZoneInfo,
    roads: Roads,
) -> LawFacts:
    """Read what refuses. One query, and three more where somebody's last week matters."""
    week = Week(rota.week_starts_on)
    facts = LawFacts(
        rules=rules,
        week=week,
        zone=zone,
        roads=roads,
        carers={carer.pk: carer for carer in carers},
        limits=limits,
        visa=_visa_minutes(carers, week),
        last_week={},
    )
    whole = rules.working_week.weekly_rest_mode != "7d_24h"
    looked_back = [
        carer for carer in carers if whole or carer.has_night_hazard or facts.is_young(carer)
    ]
    return replace(facts, last_week=_last_week(looked_back, week, rules, roads))


def advice_for(facts: LawFacts) -> Advice:
    """Read what only warns, in four queries."""
    carers, week = list(facts.carers.values()), facts.week
    checks: Mapping[int, list[RunsOut]] = defaultdict(list)
    for carer, kind, before in CarerCheck.objects.filter(
        carer__in=carers, kind__in=RUNNING_OUT, ends_before__isnull=False
    ).values_list("carer", "kind", "ends_before"):
        if before is not None:
            checks[carer].append(RunsOut(RUNNING_OUT[CheckKind(kind)], before))
    training: Mapping[int, list[tuple[str, RunsOut]]] = defaultdict(list)
    latest = week.starts_on + timedelta(days=facts.rules.checks.training_warn_days)
    for carer, code, before in CarerSkill.objects.filter(
        carer__in=carers, ends_before__gte=week.starts_on, ends_before__lte=latest
    ).values_list("carer", "skill__code", "ends_before"):
        if before is not None:
            training[carer].append((code, RunsOut("training", before)))
    return Advice(
        pay=_pay(carers, week),
        met=met_before(carers, week),
        checks={carer: tuple(rows) for carer, rows in checks.items()},
        training={carer: tuple(rows) for carer, rows in training.items()},
    )


def _visa_minutes(carers: Iterable[Carer], week: Week) -> dict[int, int]:
    """Return the least that a visa allows in a week of which any day lies in its period."""
    found: dict[int, int] = {}
    for carer, minutes in VisaHours.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
        carer__in=list(carers),
        starts_on__lt=week.ends_before,
    ).values_list("carer", "weekly_minutes"):
        found[carer] = min(minutes, found.get(carer, minutes))
    return found


def _pay(carers: Sequence[Carer], week: Week) -> dict[int, Pay]:
    """Return the rate in force on the Monday, which a week's pay is tested with."""
    modes = {carer.pk: carer.travel_mode for carer in carers}
    return {
        row.carer_id: Pay(
            row.contact_pence,
            row.travel_pence,
            row.waiting_pence,
            row.mileage_pence,
            modes[row.carer_id],
        )
        for row in PayRate.objects.filter(carer__in=carers, starts_on__lte=week.starts_on).order_by(
            "starts_on"
        )
    }


def met_before(carers: Iterable[Carer], week: Week) -> dict[int, frozenset[int]]:
    """Return the clients whom each carer visited before a week, as it was published."""
    found: Mapping[int, set[int]] = defaultdict(set)
    for carer, client in (
        PublishedAssignment.objects.filter(
            carer__in=list(carers), superseded_by__isnull=True, on__lt=week.starts_on
        )
        .values_list("carer", "client")
        .distinct()
        .order_by()
    ):
        found[carer].add(client)
    return {carer: frozenset(clients) for carer, clients in found.items()}


def _last_week(
    carers: Collection[Carer],
    week: Week,
    rules: LawRules,
    roads: Roads,
) -> dict[int, tuple[WorkingDay, ...]]:
    """Return the week before as it was told, and as drafted where a branch has told nothing."""
    if not carers:
        return {}
    before = Week(week.starts_on - timedelta(days=WEEK_DAYS))
    stops: Mapping[int, list[tuple[Stop, Place]]] = defaultdict(list)
    for carer, visit, client, east, north, on, start, minutes in [
        *_told(carers, before),
        *_drafted(carers, before),
    ]:
        at = week.minute_of(on, start)
        place = Place(f"k{client}", east, north)
        stops[carer].append((Stop(visit, client, at, at + minutes), place))
    return {
        carer.pk: working_days(
            stops[carer.pk],
            traveller(carer, roads),
            monday=week.starts_on,
            rules=rules,
        )
        for carer in carers
    }


def _told(carers: Collection[Carer], week: Week) -> Iterable[tuple[Any, ...]]:
    return PublishedAssignment.objects.filter(
        carer__in=carers,
        superseded_by__isnull=True,
        on__gte=week.starts_on,
        on__lt=week.ends_before,
    ).values_list(
        "carer",
        "visit",
        "client",
        "client__easting",
        "client__northing",
        "on",
        "start_minute",
        "minutes",
    )


def _drafted(carers: Collection[Carer], week: Week) -> Iterable[tuple[Any, ...]]:
    return VisitAssignment.objects.filter(
        carer__in=carers,
        visit__rota__week_starts_on=week.starts_on,
        visit__rota__publications__isnull=True,
        visit__start_minute__isnull=False,
    ).values_list(
        "carer",
        "visit",
        "visit__client",
        "visit__client__easting",
        "visit__client__northing",
        "visit__on",
        "visit__start_minute",
        "visit__minutes",
    )
