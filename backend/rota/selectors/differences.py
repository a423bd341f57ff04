"""What people were told, what the draft says now, and the difference, by carer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from backend.rota.models import PublishedAssignment, Rota, VisitAssignment, VisitState


@dataclass(frozen=True, slots=True)
class Stint:
    """One carer's part in one visit; the start is a wall-clock minute of `on`."""

    visit_id: int
    carer_id: int
    client_id: int
    on: date
    start_minute: int
    minutes: int


@dataclass(slots=True)
class CarerChanges:
    """What is different for one carer, each list in order of time.

    `moved` pairs what was told with what holds now: another time, day or length.
    """

    added: list[Stint] = field(default_factory=list)
    removed: list[Stint] = field(default_factory=list)
    moved: list[tuple[Stint, Stint]] = field(default_factory=list)


def told_of(rota: Rota) -> dict[tuple[int, int], Stint]:
    """Return what is published and in force for a rota, by (visit, carer)."""
    return _stints(
        PublishedAssignment.objects.filter(rota=rota, superseded_by__isnull=True).values_list(
            "visit", "carer", "client", "on", "start_minute", "minutes"
        )
    )


def drafted_of(rota: Rota) -> dict[tuple[int, int], Stint]:
    """Return what the draft of a rota gives to whom, by (visit, carer)."""
    return _stints(
        VisitAssignment.objects.filter(
            visit__rota=rota, visit__state=VisitState.ALLOCATED
        ).values_list(
            "visit", "carer", "visit__client", "visit__on", "visit__start_minute", "visit__minutes"
        )
    )


def _stints(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, int], Stint]:
    return {(row[0], row[1]): Stint(*row) for row in rows}


def differences(
    told: Mapping[tuple[int, int], Stint], drafted: Mapping[tuple[int, int], Stint]
) -> dict[int, CarerChanges]:
    """Return what changes for whom when the draft is told, by carer, in the order of keys.

    Who is not in it was told exactly what the draft says.
    """
    found: dict[int, CarerChanges] = defaultdict(CarerChanges)
    for stint in _in_time(drafted[key] for key in drafted.keys() - told.keys()):
        found[stint.carer_id].added.append(stint)
    for stint in _in_time(told[key] for key in told.keys() - drafted.keys()):
        found[stint.carer_id].removed.append(stint)
    for stint in _in_time(drafted[key] for key in drafted.keys() & told.keys()):
        before = told[stint.visit_id, stint.carer_id]
        if before != stint:
            found[stint.carer_id].moved.append((before, stint))
    return dict(sorted(found.items()))


def _in_time(stints: Iterable[Stint]) -> list[Stint]:
    return sorted(stints, key=lambda row: (row.on, row.start_minute, row.visit_id))


def changed_visits(rotas: Iterable[int]) -> dict[int, int]:
    """Return how many visits of each rota are not as they were told; none is left out."""
    keys = list(rotas)
    changed: dict[int, set[int]] = {key: set() for key in keys}
    for rota, visit in [*_drafted_otherwise(keys), *_told_otherwise(keys)]:
        changed[rota].add(visit)
    return {rota: len(visits) for rota, visits in changed.items()}


def _drafted_otherwise(rotas: list[int]) -> QuerySet[VisitAssignment, tuple[int, int]]:
    same = PublishedAssignment.objects.filter(
        superseded_by__isnull=True,
        visit=OuterRef("visit"),
        carer=OuterRef("carer"),
        on=OuterRef("visit__on"),
        start_minute=OuterRef("visit__start_minute"),
        minutes=OuterRef("visit__minutes"),
    )
    return (
        VisitAssignment.objects.filter(visit__rota__in=rotas, visit__state=VisitState.ALLOCATED)
        .exclude(Exists(same))
        .values_list("visit__rota", "visit")
    )


def _told_otherwise(rotas: list[int]) -> QuerySet[PublishedAssignment, tuple[int, int]]:
    same = VisitAssignment.objects.filter(
        visit=OuterRef("visit"),
        carer=OuterRef("carer"),
        visit__state=VisitState.ALLOCATED,
        visit__on=OuterRef("on"),
        visit__start_minute=OuterRef("start_minute"),
        visit__minutes=OuterRef("minutes"),
    )
    return (
        PublishedAssignment.objects.filter(rota__in=rotas, superseded_by__isnull=True)
        .exclude(Exists(same))
        .values_list("rota", "visit")
    )
