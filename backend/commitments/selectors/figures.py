"""The figures of a week: hours owed, hours guaranteed, and the gap."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backend.clients.models import Funder
from backend.commitments.selectors.guaranteed import CarerCommitment, carer_commitments
from backend.commitments.selectors.owed import OwedVisit, owed_visits
from backend.core.periods import Week
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import zone_of


@dataclass(frozen=True, slots=True)
class FunderCommitment:
    """What one funder's packages ask for."""

    funder: Funder
    carer_minutes: int
    visits: int
    clients: int
    packages: int


@dataclass(frozen=True, slots=True)
class Owed:
    """What clients are owed. `carer_` figures count both carers of a double-up."""

    minutes: int
    visits: int
    carer_minutes: int
    carer_visits: int
    clients: int
    by_funder: tuple[FunderCommitment, ...]


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What carers are guaranteed and can give, in minutes; `carers` are those employed."""

    minutes: int
    carers: int
    available_minutes: int
    maximum_minutes: int


@dataclass(frozen=True, slots=True)
class BranchCommitments:
    """One branch's week (by its Monday), or several branches together when `branch` is None.

    `suspended_minutes` (carer minutes of clients who are away) are not part of what is owed.
    """

    branch: Branch | None
    week: date
    owed: Owed
    guaranteed: Guarantee
    suspended_minutes: int

    @property
    def gap_minutes(self) -> int:
        """Care owed less hours guaranteed; above zero, more care is owed than guaranteed."""
        return self.owed.carer_minutes - self.guaranteed.minutes


def branch_commitments(branch: Branch, week: Week) -> BranchCommitments:
    """Return a branch's figures of a week."""
    zone = zone_of(branch.organisation)
    visits = list(owed_visits([branch], week, zone))
    carers = carer_commitments([branch], week, zone)
    return _figures(branch, week, visits, carers, _funders(branch.organisation))


def organisation_commitments(
    organisation: Organisation, week: Week
) -> tuple[BranchCommitments, list[BranchCommitments]]:
    """Return the figures of the whole organisation, and of each branch by name."""
    zone = zone_of(organisation)
    branches = list(organisation.branches.order_by("name", "pk"))
    visits: dict[int, list[OwedVisit]] = defaultdict(list)
    for visit in owed_visits(branches, week, zone):
        visits[visit.branch].append(visit)
    carers: dict[int, list[CarerCommitment]] = defaultdict(list)
    for row in carer_commitments(branches, week, zone):
        carers[row.carer.branch_id].append(row)
    funders = _funders(organisation)
    every_visit = [visit for branch in branches for visit in visits[branch.pk]]
    every_carer = [row for branch in branches for row in carers[branch.pk]]
    return _figures(None, week, every_visit, every_carer, funders), [
        _figures(branch, week, visits[branch.pk], carers[branch.pk], funders) for branch in branches
    ]


def _figures(
    branch: Branch | None,
    week: Week,
    visits: Sequence[OwedVisit],
    carers: Sequence[CarerCommitment],
    funders: Sequence[Funder],
) -> BranchCommitments:
    due = [visit for visit in visits if not visit.is_suspended]
    return BranchCommitments(
        branch=branch,
        week=week.starts_on,
        owed=Owed(
            minutes=sum(visit.minutes for visit in due),
            visits=len(due),
            carer_minutes=sum(visit.carer_minutes for visit in due),
            carer_visits=sum(visit.carers for visit in due),
            clients=len({visit.client for visit in due}),
            by_funder=_by_funder(due, funders),
        ),
        guaranteed=Guarantee(
            minutes=sum(row.guaranteed_minutes for row in carers),
            carers=len(carers),
            available_minutes=sum(row.available_minutes for row in carers),
            maximum_minutes=sum(row.maximum_minutes for row in carers),
        ),
        suspended_minutes=sum(visit.carer_minutes for visit in visits if visit.is_suspended),
    )


def _by_funder(due: Iterable[OwedVisit], funders: Sequence[Funder]) -> tuple[FunderCommitment, ...]:
    """Return the funders who pay for something that week, the largest first."""
    parts: dict[int, list[OwedVisit]] = defaultdict(list)
    for visit in due:
        parts[visit.funder].append(visit)
    rows = [
        FunderCommitment(
            funder=funder,
            carer_minutes=sum(visit.carer_minutes for visit in parts[funder.pk]),
            visits=len(parts[funder.pk]),
            clients=len({visit.client for visit in parts[funder.pk]}),
            packages=len({visit.package for visit in parts[funder.pk]}),
        )
        for funder in funders
        if funder.pk in parts
    ]
    return tuple(sorted(rows, key=lambda row: (-row.carer_minutes, row.funder.name)))


def _funders(organisation: Organisation) -> list[Funder]:
    return list(Funder.objects.filter(organisation=organisation).order_by("name", "pk"))
