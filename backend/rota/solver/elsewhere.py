"""What carers do for another branch than their own: seen from both sides, and bound on both.

A carer is planned by the home branch. A visit that they make for another branch is locked there
(that branch may take it from them, but not give them more), and at home it is locked as well, as a
visit elsewhere: it takes their time, their way and their hours as any other, and no points.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from backend.clients.models import Client
from backend.core.periods import DAY_MINUTES
from backend.people.models import Carer
from backend.rota.models import Rota, VisitAssignment
from backend.rota.solver.ids import branch_id, carer_id, client_id, pk_of, visit_id
from scheduler import Assignment, Lock, Visit
from scheduler import Client as ProblemClient
from scheduler.parts import ANY_NUMBER, held

Available: TypeAlias = Mapping[int, Sequence[tuple[int, int]]]
"""When carers can work, in minutes of the week, by key."""


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


def visits_elsewhere(rota: Rota, carers: Collection[int], there: Available) -> list[VisitElsewhere]:
    """Return what carers make in the drafts of other branches for the same week, by visit.

    A visit at whose time the carer is away is the other branch's to mend, and is left out.
    """
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
    starts = {
        row.visit_id: (row.visit.on - rota.week_starts_on).days * DAY_MINUTES
        + (row.visit.start_minute or 0)
        for row in rows
    }
    rows = [
        row
        for row in rows
        if is_there(row.carer_id, starts[row.visit_id], row.visit.minutes, there)
    ]
    for row in rows:
        teams[row.visit_id].append(carer_id(row.carer_id))
    found = {}
    for row in rows:
        visit, start = row.visit, starts[row.visit_id]
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


def borrowed_rows(
    draft: Iterable[Assignment],
    at_home: Collection[int],
    minutes: Mapping[str, int],
    there: Available,
) -> list[Assignment]:
    """Return the rows of a draft in which a carer of another branch takes part, and can."""
    found = []
    for row in draft:
        guests = [pk_of(name) for name in row.carers if pk_of(name) not in at_home]
        length = minutes[row.visit]
        if guests and all(is_there(pk, row.start, length, there) for pk in guests):
            found.append(row)
    return found


def stints_of(
    carer: int, draft: Iterable[Assignment], minutes: Mapping[str, int], there: Available
) -> list[tuple[int, int]]:
    """Return when a carer of another branch is here, and can be."""
    return [
        (row.start, row.start + minutes[row.visit])
        for row in draft
        if carer_id(carer) in row.carers and is_there(carer, row.start, minutes[row.visit], there)
    ]


def is_there(carer: int, start: int, minutes: int, there: Available) -> bool:
    """Say whether a carer can work at a time at all."""
    return any(since <= start and start + minutes <= until for since, until in there[carer])
