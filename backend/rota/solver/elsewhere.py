"""What carers do for another branch than their own: seen from both sides, and bound on both.

A carer is planned by the home branch. A visit that they make for another branch is locked there
(that branch may take it from them, but not give them more), and at home it is locked as well, as a
visit elsewhere: it takes their time, their way and their hours as any other, and no points.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from backend.clients.models import Client
from backend.core.periods import DAY_MINUTES
from backend.people.models import Carer
from backend.rota.models import Rota, VisitAssignment
from backend.rota.solver.ids import branch_id, carer_id, client_id, pk_of, visit_id
from scheduler import Assignment, Lock, Visit
from scheduler import Client as ProblemClient
from scheduler.parts import ANY_NUMBER, held


@dataclass(frozen=True, slots=True)
class VisitElsewhere:
    """A visit of another branch as it stands in the draft there, with our carers alone."""

    client: Client
    visit: Visit
    given: Assignment

    @property
    def lock(self) -> Lock:
        """What keeps it where it is."""
        return Lock(self.visit.id, self.given.carers, self.given.start)


def is_at_home(carer: Carer, rota: Rota) -> bool:
    """Say whether a rota is that of a carer's own branch."""
    return carer.branch_id == rota.branch_id


def visits_elsewhere(rota: Rota, carers: Collection[int]) -> list[VisitElsewhere]:
    """Return what carers make in the drafts of other branches for the same week, by visit."""
    rows = list(
        VisitAssignment.objects.filter(
            carer__in=carers,
            visit__rota__week_starts_on=rota.week_starts_on,
            visit__start_minute__isnull=False,
        )
        .exclude(visit__rota=rota)
        .select_related("visit__client")
        .order_by("visit", "carer")
    )
    teams: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        teams[row.visit_id].append(carer_id(row.carer_id))
    found = {}
    for row in rows:
        visit = row.visit
        start = (visit.on - rota.week_starts_on).days * DAY_MINUTES + (visit.start_minute or 0)
        given = Assignment(visit_id(visit.pk), start, tuple(teams[visit.pk]))
        fixed = Visit(
            id=given.visit,
            client=client_id(visit.client_id),
            target=start,
            earliest=start,
            latest=start,
            minutes=visit.minutes,
            carers=1,
            skills=(),
            priority=visit.priority,
        )
        found[visit.pk] = VisitElsewhere(visit.client, held(fixed, given), given)
    return list(found.values())


def clients_elsewhere(
    rows: Iterable[VisitElsewhere], known: Collection[int], place_of: Callable[[Client], str]
) -> tuple[ProblemClient, ...]:
    """Return the clients of visits elsewhere, but for those whom this branch visits as well."""
    clients: dict[int, Client] = {}
    teams: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.client.pk not in known:
            clients[row.client.pk] = row.client
            teams[row.client.pk].update(row.given.carers)
    return tuple(
        ProblemClient(
            id=client_id(pk),
            branch=branch_id(client.branch_id),
            place=place_of(client),
            gender=None,
            familiar=tuple(sorted(teams[pk])),
            excluded=(),
            target_carers=ANY_NUMBER,
        )
        for pk, client in clients.items()
    )


def borrowed_rows(draft: Iterable[Assignment], at_home: Collection[int]) -> list[Assignment]:
    """Return the rows of a draft in which a carer of another branch takes part."""
    return [row for row in draft if any(pk_of(name) not in at_home for name in row.carers)]


def stints_of(
    carer: str, rows: Iterable[Assignment], visits: Sequence[Visit]
) -> list[tuple[int, int]]:
    """Return when a carer of another branch is here."""
    minutes = {visit.id: visit.minutes for visit in visits}
    return [(row.start, row.start + minutes[row.visit]) for row in rows if carer in row.carers]
