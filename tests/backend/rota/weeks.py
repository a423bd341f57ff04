"""Whole weeks for tests: every carer has a round that breaks no rule."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from backend.clients.models import Client
from backend.core.periods import at_wall_minute
from backend.organisation.models import Branch
from backend.people.models import Availability, Carer, Contract
from backend.rota.models import Rota, Visit, VisitAssignment, VisitState
from tests.backend.factories.moments import LONG_AGO, MONDAY, NOW
from tests.backend.factories.rota import PublicationFactory, PublishedAssignmentFactory

ROUND = tuple(range(8 * 60, 14 * 60, 60))
"""The starts of a carer's visits on each of five days: half an hour, then half an hour free."""

WORKED_DAYS = 5
LONDON = ZoneInfo("Europe/London")


def full_week(branch: Branch, *, carers: int, open_visits: int = 0, monday: date = MONDAY) -> Rota:
    """Return a rota in which each carer makes 30 visits to six clients, all within the rules.

    `open_visits` more are unallocated. Everything is made in bulk; 142 carers make a branch.
    """
    rota = Rota.objects.create(branch=branch, week_starts_on=monday)
    people = _carers(branch, carers)
    clients = _clients(branch, people)
    visits, teams = [], []
    for number, carer in enumerate(people):
        for day in range(WORKED_DAYS):
            for slot, start in enumerate(ROUND):
                client = clients[number * len(ROUND) + slot]
                visits.append(_visit(rota, client, monday + timedelta(days=day), start))
                teams.append(carer)
    spare = [
        _visit(rota, clients[n % len(clients)], monday + timedelta(days=n % 7), 18 * 60)
        for n in range(open_visits)
    ]
    for visit in spare:
        visit.state, visit.start_minute, visit.starts_at = VisitState.UNALLOCATED, None, None
    made = Visit.objects.bulk_create([*visits, *spare])
    VisitAssignment.objects.bulk_create(
        VisitAssignment(visit=visit, carer=carer) for visit, carer in zip(made, teams, strict=False)
    )
    return rota


def told_as_drafted(rota: Rota) -> Rota:
    """Publish a draft as it stands, without asking any rule."""
    publication = PublicationFactory(rota=rota)
    for part in VisitAssignment.objects.filter(visit__rota=rota).select_related("visit"):
        PublishedAssignmentFactory(
            visit=part.visit,
            carer=part.carer,
            publication=publication,
            start_minute=part.visit.start_minute,
        )
    return rota


def _carers(branch: Branch, count: int) -> list[Carer]:
    people = Carer.objects.bulk_create(
        Carer(
            branch=branch,
            external_id=f"week-{number}",
            name=f"Carer {number}",
            gender="f",
            travel_mode="car",
            home_easting=430_000 + 200 * (number % 12),
            home_northing=433_000 + 200 * (number // 12),
        )
        for number in range(count)
    )
    Contract.objects.bulk_create(
        Contract(
            carer=carer,
            guaranteed_minutes=900,
            maximum_minutes=2250,
            max_days=WORKED_DAYS,
            starts_on=LONG_AGO,
        )
        for carer in people
    )
    Availability.objects.bulk_create(
        Availability(
            carer=carer,
            weekday=weekday,
            from_minute=7 * 60,
            to_minute=22 * 60,
            cycle_anchor_on=LONG_AGO,
            starts_on=LONG_AGO,
        )
        for carer in people
        for weekday in range(7)
    )
    return people


def _clients(branch: Branch, carers: list[Carer]) -> list[Client]:
    return Client.objects.bulk_create(
        Client(
            branch=branch,
            external_id=f"week-{number}-{slot}",
            name=f"Client {number}-{slot}",
            address=f"{slot} Round {number}, Leeds",
            easting=carer.home_easting + 150 * slot,
            northing=carer.home_northing,
            pin_confirmed_at=NOW,
        )
        for number, carer in enumerate(carers)
        for slot in range(len(ROUND))
    )


def _visit(rota: Rota, client: Client, on: date, start: int) -> Visit:
    moment = at_wall_minute(on, start, LONDON)
    return Visit(
        rota=rota,
        client=client,
        on=on,
        target_minute=start,
        earliest_minute=start - 30,
        latest_minute=start + 30,
        minutes=30,
        target_at=moment,
        state=VisitState.ALLOCATED,
        start_minute=start,
        starts_at=moment,
    )
