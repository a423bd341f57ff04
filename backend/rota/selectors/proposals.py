"""A proposal as a person reads it: names instead of keys, and what would change for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.people.models import Carer
from backend.rota.models import ProposalState, Rota, RotaProposal, Visit
from backend.rota.selectors.loans import LentVisit, list_lent_visits
from backend.rota.selectors.repairs import repair_of
from backend.rota.selectors.wording import with_names


@dataclass(frozen=True, slots=True)
class Difference:
    """What accepting would change for one carer: numbers of visits, and minutes with clients."""

    carer_id: int
    name: str
    added: int
    removed: int
    moved: int
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal, its open visits and its differences; field by field as `ProposalOut` says."""

    id: int
    run_id: int
    rota_id: int
    state: str
    stale: bool
    figures: dict[str, Any]
    figures_before: dict[str, Any]
    open_visits: list[dict[str, Any]]
    differences: list[Difference]
    lent: list[LentVisit]
    repair: dict[str, Any] | None
    made_at: datetime
    decided_by: str | None
    decided_at: datetime | None


@dataclass(slots=True)
class _Plan:
    """Where each carer is planned: visit to start minute of its day."""

    starts: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def minutes(self, carer: int, lengths: Mapping[int, int]) -> int:
        return sum(lengths.get(visit, 0) for visit in self.starts.get(carer, {}))


def view_of(proposal: RotaProposal) -> ProposalView:
    """Return a proposal as a person reads it, against the draft as it is now."""
    return ProposalView(
        id=proposal.pk,
        run_id=proposal.run_id,
        rota_id=proposal.rota_id,
        state=proposal.state,
        # Accepting changes the draft itself, so only an open proposal can be behind it.
        stale=proposal.state == ProposalState.OPEN and is_stale(proposal),
        figures=proposal.figures,
        figures_before=proposal.figures_before,
        open_visits=list_open_visits(proposal),
        differences=list_differences(proposal),
        lent=list_lent_visits(proposal),
        repair=repair_of(proposal),
        made_at=proposal.made_at,
        decided_by=proposal.decided_by.display_name if proposal.decided_by else None,
        decided_at=proposal.decided_at,
    )


def is_stale(proposal: RotaProposal) -> bool:
    """Say whether the draft has changed since the proposal's problem was made."""
    return proposal.rota.version != proposal.rota_version


def list_differences(proposal: RotaProposal) -> list[Difference]:
    """Return what accepting would change in the draft as it is now, by carer name."""
    now, then = _draft_of(proposal.rota), _proposed(proposal.assignments)
    lengths = dict(Visit.objects.filter(rota=proposal.rota_id).values_list("pk", "minutes"))
    names = dict(Carer.objects.filter(pk__in={*now.starts, *then.starts}).values_list("pk", "name"))
    rows = [_difference(carer, name, now, then, lengths) for carer, name in names.items()]
    changed = [row for row in rows if row.added or row.removed or row.moved]
    return sorted(changed, key=lambda row: (row.name, row.carer_id))


def list_open_visits(proposal: RotaProposal) -> list[dict[str, Any]]:
    """Return the visits a proposal leaves open, in order of time, with the names of people."""
    told = {row["visit_id"]: row for row in proposal.open_visits}
    visits = (
        Visit.objects.filter(rota=proposal.rota_id, pk__in=told)
        .select_related("client")
        .order_by("on", "target_minute", "pk")
    )
    names = _names_of(near["carer_id"] for row in told.values() for near in row["nearest"])
    clients = dict(Visit.objects.filter(rota=proposal.rota_id).values_list("pk", "client__name"))
    carers = dict(Carer.objects.filter(branch=proposal.rota.branch_id).values_list("pk", "name"))
    monday = proposal.rota.week_starts_on
    return [
        {
            "visit_id": visit.pk,
            "client_id": visit.client_id,
            "client_name": visit.client.name,
            "day": (visit.on - monday).days,
            "target": visit.target_minute,
            "minutes": visit.minutes,
            "carers_required": visit.carers_required,
            "priority": visit.priority,
            "reasons": told[visit.pk]["reasons"],
            "nearest": [
                {
                    **near,
                    "name": names[near["carer_id"]],
                    "message": with_names(near["message"], clients, carers),
                    "change": with_names(near["change"], clients, carers),
                }
                for near in told[visit.pk]["nearest"]
                if near["carer_id"] in names
            ],
        }
        for visit in visits
    ]


def _names_of(carers: Iterable[int]) -> dict[int, str]:
    return dict(Carer.objects.filter(pk__in=set(carers)).values_list("pk", "name"))


def _draft_of(rota: Rota) -> _Plan:
    plan = _Plan()
    for carer, visit, start in (
        rota.visits.filter(start_minute__isnull=False, assignments__isnull=False)
        .order_by("pk")
        .values_list("assignments__carer", "pk", "start_minute")
    ):
        plan.starts[carer][visit] = start or 0
    return plan


def _proposed(assignments: Sequence[Sequence[Any]]) -> _Plan:
    plan = _Plan()
    for visit, start, carers in assignments:
        for carer in carers:
            plan.starts[carer][visit] = start
    return plan


def _difference(
    carer: int, name: str, now: _Plan, then: _Plan, lengths: Mapping[int, int]
) -> Difference:
    before, after = now.starts.get(carer, {}), then.starts.get(carer, {})
    return Difference(
        carer_id=carer,
        name=name,
        added=len(after.keys() - before.keys()),
        removed=len(before.keys() - after.keys()),
        moved=sum(before[visit] != after[visit] for visit in before.keys() & after.keys()),
        minutes_before=now.minutes(carer, lengths),
        minutes_after=then.minutes(carer, lengths),
    )
