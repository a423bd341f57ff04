"""Proposals over HTTP: beside the draft, accepted, rejected."""

from typing import Any

import pytest

from backend.rota.models import Rota, RotaProposal, VisitAssignment
from tests.backend.factories.accounts import carer_user_of, coordinator_of, member_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import RotaProposalFactory, SolverRunFactory
from tests.backend.rota.callers import office_of, signed_in
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

FIGURES = {
    "visits": 60, "unassigned": 1, "unassigned_critical": 0, "covered_percent": 98.3,
    "familiar_percent": 50.0, "carers_per_client": 1.5, "continuity_index": 0.5,
    "within_15_percent": 90.0, "travel_percent": 10.0, "travel_minutes": 200, "splits": 1,
    "wishes_kept_percent": 80.0, "cost": 1000.5, "terms": {"S1 travel": 1000.5}, "breaches": 0,
}  # fmt: skip


def proposal_for(rota: Rota) -> RotaProposal:
    """Return a proposal that swaps the first two visits' carers' times and opens the last visit."""
    visits = list(rota.visits.order_by("pk"))
    carers = dict(VisitAssignment.objects.filter(visit__rota=rota).values_list("visit", "carer"))
    rows: list[list[Any]] = [
        [visit.pk, visit.start_minute, [carers[visit.pk]]] for visit in visits[:-1]
    ]
    rows[0][1] += 10
    rows[1][2] = [carers[visits[-1].pk]]
    near = {
        "carer_id": rows[0][2][0],
        "code": "H5",
        "message": f"Too far (visit v{visits[2].pk}).",
        "change": f"Move visit v{visits[2].pk}, or give it to somebody else.",
    }
    return RotaProposalFactory(
        run=SolverRunFactory(rota=rota, state="finished"),
        assignments=rows,
        open_visits=[
            {
                "visit_id": visits[-1].pk,
                "reasons": [{"code": "H4", "count": 1}, {"code": "H5", "count": 1}],
                "nearest": [near],
            }
        ],
        figures=FIGURES,
        figures_before=FIGURES,
    )


def test_only_the_office_of_the_branch_sees_and_decides_a_proposal() -> None:
    rota = full_week(BranchFactory(), carers=1)
    path = f"/api/proposals/{proposal_for(rota).pk}"
    callers = {
        None: 401,
        carer_user_of(rota.branch): 403,
        member_of(rota.branch.organisation): 403,
        coordinator_of(BranchFactory(organisation=rota.branch.organisation)): 404,
        coordinator_of(BranchFactory()): 404,
    }

    for user, status in callers.items():
        browser = signed_in(user)
        assert browser.get(path).status_code == status
        assert browser.post(f"{path}/accept").status_code == status
        assert browser.post(f"{path}/reject").status_code == status


def test_a_proposal_says_what_would_change_for_whom_and_why_visits_stay_open() -> None:
    rota = full_week(BranchFactory(), carers=2)
    proposal = proposal_for(rota)
    first, second = rota.branch.carers.order_by("pk")

    told = office_of(rota.branch).get(f"/api/proposals/{proposal.pk}").json()

    assert (told["state"], told["stale"]) == ("open", False)
    assert told["figures"]["terms"] == {"S1 travel": 1000.5}
    assert [
        (row["carer_id"], row["added"], row["removed"], row["moved"]) for row in told["differences"]
    ] == [(first.pk, 0, 1, 1), (second.pk, 1, 1, 0)]
    assert [(row["minutes_before"], row["minutes_after"]) for row in told["differences"]] == [
        (900, 870),
        (900, 900),
    ]
    (left,) = told["open_visits"]
    visit = rota.visits.order_by("pk").last()
    assert visit is not None
    assert (left["visit_id"], left["client_name"], left["day"], left["target"]) == (
        visit.pk,
        visit.client.name,
        4,
        visit.target_minute,
    )
    assert left["reasons"] == [{"code": "H4", "count": 1}, {"code": "H5", "count": 1}]
    other = rota.visits.order_by("pk")[2].client.name
    assert left["nearest"] == [
        {
            "carer_id": first.pk,
            "name": first.name,
            "code": "H5",
            "message": f"Too far (visit to {other}).",
            "change": f"Move visit to {other}, or give it to somebody else.",
        }
    ]


def test_accepting_answers_the_accepted_proposal_and_then_refuses_to_reject_it() -> None:
    rota = full_week(BranchFactory(), carers=1)
    browser, path = office_of(rota.branch), f"/api/proposals/{proposal_for(rota).pk}"

    accepted = browser.post(f"{path}/accept")
    again = browser.post(f"{path}/accept")
    rejected = browser.post(f"{path}/reject")

    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert accepted.json()["stale"] is False
    assert accepted.json()["decided_by"]
    assert again.status_code == 200
    assert rejected.status_code == 409
    assert rejected.json()["errors"][0]["code"] == "rota.proposal_decided"
    assert rejected.json()["params"] == {"state": "accepted"}


def test_a_stale_proposal_says_so_and_is_refused() -> None:
    rota = full_week(BranchFactory(), carers=1)
    browser, path = office_of(rota.branch), f"/api/proposals/{proposal_for(rota).pk}"
    Rota.objects.filter(pk=rota.pk).update(version=3)

    told, refused = browser.get(path), browser.post(f"{path}/accept")

    assert told.json()["stale"] is True
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "rota.proposal_stale"
    assert refused.json()["params"] == {"version": 3, "made_from": 1}
