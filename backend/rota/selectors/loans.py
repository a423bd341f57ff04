"""Carers who work for another branch than their own in a week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from backend.people.models import Carer
from backend.rota.models import Rota, RotaProposal, Visit, VisitAssignment


@dataclass(frozen=True, slots=True)
class LentVisit:
    """A visit that a proposal gives to a carer of another branch."""

    visit_id: int
    client_name: str
    day: int
    start: int
    minutes: int
    carer_id: int
    carer_name: str
    branch_id: int
    branch_name: str


def loans_of(rota: Rota) -> list[tuple[Rota, set[int]]]:
    """Return the carers whose work in a draft touches another branch, by the rota at home.

    Carers of other branches who stand in this draft, and this branch's carers who stand in others
    of the week. A carer whose own branch has no rota for the week has nothing there to clash with.
    """
    week = VisitAssignment.objects.filter(visit__rota__week_starts_on=rota.week_starts_on)
    borrowed = week.filter(visit__rota=rota).exclude(carer__branch=rota.branch_id)
    lent = week.filter(carer__branch=rota.branch_id).exclude(visit__rota=rota)
    found: dict[int, set[int]] = defaultdict(set)
    for rows in (borrowed, lent):
        for branch, carer in rows.values_list("carer__branch", "carer").distinct().order_by():
            found[branch].add(carer)
    homes = Rota.objects.filter(
        branch__in=found, week_starts_on=rota.week_starts_on
    ).select_related("branch__organisation")
    return [(home, found[home.branch_id]) for home in homes.order_by("pk")]


def list_lent_visits(proposal: RotaProposal) -> list[LentVisit]:
    """Return what a proposal gives to carers of other branches, in order of time."""
    starts = {visit: (start, carers) for visit, start, carers in proposal.assignments}
    guests = _guests({carer for _, carers in starts.values() for carer in carers}, proposal)
    visits = Visit.objects.filter(
        rota=proposal.rota_id,
        pk__in=[pk for pk, (_, carers) in starts.items() if guests.keys() & set(carers)],
    ).annotate(client_name=F("client__name"))
    monday: date = proposal.rota.week_starts_on
    found = [
        LentVisit(
            visit_id=visit.pk,
            client_name=visit.client_name,
            day=(visit.on - monday).days,
            start=starts[visit.pk][0],
            minutes=visit.minutes,
            carer_id=carer,
            carer_name=guests[carer].name,
            branch_id=guests[carer].branch_id,
            branch_name=guests[carer].branch.name,
        )
        for visit in visits
        for carer in starts[visit.pk][1]
        if carer in guests
    ]
    return sorted(found, key=lambda row: (row.day, row.start, row.visit_id, row.carer_id))


def _guests(carers: Iterable[int], proposal: RotaProposal) -> dict[int, Carer]:
    rows = Carer.objects.filter(pk__in=set(carers)).exclude(branch=proposal.rota.branch_id)
    return {row.pk: row for row in rows.select_related("branch")}
