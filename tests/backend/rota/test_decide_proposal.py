"""A proposal becomes the draft when a person accepts it, once, and never over a newer draft."""

import time

import pytest

from backend.audit.models import AuditEntry
from backend.core.periods import at_wall_minute
from backend.rota.models import (
    ProposalState,
    Rota,
    RotaProposal,
    Visit,
    VisitAssignment,
    VisitState,
)
from backend.rota.services.decide_proposal import (
    ProposalDecidedError,
    ProposalStaleError,
    accept_proposal,
    reject_proposal,
)
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.moments import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import RotaProposalFactory, SolverRunFactory
from tests.backend.rota.weeks import LONDON, full_week

pytestmark = pytest.mark.django_db

LONGEST_ACCEPTANCE = 3.0  # seconds, for a branch of 142 carers


def proposal_for(rota: Rota, *, later: int = 10, without: int = 0) -> RotaProposal:
    """Return a proposal that moves every visit by some minutes and leaves the first ones open."""
    carers = dict(VisitAssignment.objects.filter(visit__rota=rota).values_list("visit", "carer"))
    visits = list(rota.visits.order_by("pk"))
    run = SolverRunFactory(rota=rota, state="finished")
    return RotaProposalFactory(
        run=run,
        assignments=[
            [visit.pk, visit.target_minute + later, [carers[visit.pk]]]
            for visit in visits[without:]
            if visit.pk in carers
        ],
        open_visits=[
            {"visit_id": visit.pk, "reasons": [{"code": "H4", "count": 2}], "nearest": []}
            for visit in visits[:without]
        ],
    )


def plan_of(rota: Rota) -> dict[int, tuple[int | None, list[int]]]:
    teams: dict[int, list[int]] = {}
    for visit, carer in VisitAssignment.objects.filter(visit__rota=rota).values_list(
        "visit", "carer"
    ):
        teams.setdefault(visit, []).append(carer)
    starts = rota.visits.values_list("pk", "start_minute")
    return {pk: (start, sorted(teams.get(pk, []))) for pk, start in starts}


def test_an_accepted_proposal_is_the_draft() -> None:
    rota = full_week(BranchFactory(), carers=2)
    actor = coordinator_of(rota.branch)
    proposal = proposal_for(rota, without=3)

    accepted = accept_proposal(proposal_id=proposal.pk, actor=actor, now=NOW)

    assert (accepted.state, accepted.decided_by, accepted.decided_at) == (
        ProposalState.ACCEPTED,
        actor,
        NOW,
    )
    wanted = {pk: (start, carers) for pk, start, carers in proposal.assignments}
    left = [row["visit_id"] for row in proposal.open_visits]
    assert plan_of(rota) == {**wanted, **dict.fromkeys(left, (None, []))}
    moved = Visit.objects.get(pk=proposal.assignments[0][0])
    assert moved.starts_at == at_wall_minute(moved.on, moved.start_minute or 0, LONDON)
    assert (moved.state, moved.open_reason) == (VisitState.ALLOCATED, None)
    still_open = Visit.objects.get(pk=left[0])
    assert still_open.state == VisitState.UNALLOCATED
    assert still_open.open_reason is not None
    assert still_open.open_reason["reasons"] == [{"code": "H4", "count": 2}]
    rota.refresh_from_db()
    assert rota.version == 2
    entry = AuditEntry.objects.get(event="proposal.accepted")
    assert (entry.actor, entry.body["visits_changed"]) == (actor, 60)


def test_accepting_twice_changes_nothing_more() -> None:
    rota = full_week(BranchFactory(), carers=1)
    actor = coordinator_of(rota.branch)
    proposal = proposal_for(rota)
    accept_proposal(proposal_id=proposal.pk, actor=actor, now=NOW)

    again = accept_proposal(proposal_id=proposal.pk, actor=actor, now=NOW)

    rota.refresh_from_db()
    assert (again.state, rota.version) == (ProposalState.ACCEPTED, 2)
    assert AuditEntry.objects.filter(event="proposal.accepted").count() == 1


def test_a_proposal_for_an_older_draft_is_refused_and_nothing_changes() -> None:
    rota = full_week(BranchFactory(), carers=1)
    proposal = proposal_for(rota)
    Rota.objects.filter(pk=rota.pk).update(version=5)
    before = plan_of(rota)

    with pytest.raises(ProposalStaleError) as refusal:
        accept_proposal(proposal_id=proposal.pk, actor=coordinator_of(rota.branch), now=NOW)

    assert refusal.value.params == {"version": 5, "made_from": 1}
    assert plan_of(rota) == before
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN


def test_a_second_proposal_is_refused_once_the_first_was_accepted() -> None:
    rota = full_week(BranchFactory(), carers=1)
    actor = coordinator_of(rota.branch)
    first, second = proposal_for(rota), proposal_for(rota, later=20)
    accept_proposal(proposal_id=first.pk, actor=actor, now=NOW)

    with pytest.raises(ProposalStaleError):
        accept_proposal(proposal_id=second.pk, actor=actor, now=NOW)


def test_a_rejected_proposal_stays_rejected_and_an_accepted_one_accepted() -> None:
    rota = full_week(BranchFactory(), carers=1)
    actor = coordinator_of(rota.branch)
    rejected, accepted = proposal_for(rota), proposal_for(rota)
    before = plan_of(rota)

    for _ in range(2):
        reject_proposal(proposal_id=rejected.pk, actor=actor, now=NOW)
    assert plan_of(rota) == before
    with pytest.raises(ProposalDecidedError):
        accept_proposal(proposal_id=rejected.pk, actor=actor, now=NOW)
    accept_proposal(proposal_id=accepted.pk, actor=actor, now=NOW)
    with pytest.raises(ProposalDecidedError):
        reject_proposal(proposal_id=accepted.pk, actor=actor, now=NOW)

    assert AuditEntry.objects.filter(event="proposal.rejected").count() == 1


def test_locked_visits_and_visits_of_clients_who_are_away_stay_as_they_are() -> None:
    rota = full_week(BranchFactory(), carers=1)
    locked, away = rota.visits.order_by("pk")[:2]
    rota.visits.filter(pk=locked.pk).update(is_locked=True)
    away.assignments.all().delete()
    rota.visits.filter(pk=away.pk).update(
        state=VisitState.CLIENT_AWAY, start_minute=None, starts_at=None
    )
    before = plan_of(rota)

    accept_proposal(proposal_id=proposal_for(rota).pk, actor=coordinator_of(rota.branch), now=NOW)

    after = plan_of(rota)
    assert after[locked.pk] == before[locked.pk]
    assert after[away.pk] == (None, [])
    away.refresh_from_db()
    assert away.state == VisitState.CLIENT_AWAY


def test_a_proposal_of_another_branch_is_not_found() -> None:
    proposal = proposal_for(full_week(BranchFactory(), carers=1))

    with pytest.raises(RotaProposal.DoesNotExist):
        accept_proposal(proposal_id=proposal.pk, actor=coordinator_of(BranchFactory()), now=NOW)


@pytest.mark.slow
def test_a_whole_branch_is_accepted_while_one_waits() -> None:
    rota = full_week(BranchFactory(), carers=142)
    everyone = list(rota.visits.order_by("pk").values_list("pk", "assignments__carer"))
    others = [carer for _, carer in everyone[len(everyone) // 2 :]]
    proposal = proposal_for(rota)
    # Double-ups as well: more assignments than visits.
    for row, other in zip(proposal.assignments[:900], others, strict=False):
        row[2].append(other)
    proposal.save()
    began = time.process_time()

    accept_proposal(proposal_id=proposal.pk, actor=coordinator_of(rota.branch), now=NOW)

    assert time.process_time() - began < LONGEST_ACCEPTANCE
    assert VisitAssignment.objects.filter(visit__rota=rota).count() == 142 * 30 + 900
