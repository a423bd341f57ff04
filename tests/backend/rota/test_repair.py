"""Somebody cannot come: the week is mended through a run, and a person chooses between plans."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.people.models import Absence, Carer
from backend.rota.models import (
    Publication,
    Rota,
    RotaProposal,
    RunKind,
    RunState,
    SolverRun,
    Visit,
    VisitState,
)
from backend.rota.services import new_run as module
from backend.rota.services.ask_repair import NotPublishedError, RunUnderWayError, ask_repair
from backend.rota.services.cancel_run import cancel_run
from backend.rota.services.decide_proposal import ProposalStaleError, accept_proposal
from backend.rota.services.happenings import CarerIsAway, ClientIsAway, WallPeriod
from backend.rota.services.write_down import LockedToAbsentError, OutsideWeekError
from backend.rota.solver.run import run
from tests.backend.factories.accounts import (
    admin_of,
    branch_manager_of,
    carer_user_of,
    coordinator_of,
    member_of,
)
from tests.backend.factories.clients import PackageLineFactory
from tests.backend.factories.moments import MONDAY, NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.callers import office_of, signed_in
from tests.backend.rota.weeks import full_week, told_as_drafted

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY = MONDAY + timedelta(days=1)
ON_TUESDAY = WallPeriod(TUESDAY, 0, TUESDAY, 1440)
MIDNIGHT = datetime(2026, 6, 1, 23, tzinfo=UTC)
"""Of Tuesday, in London."""


@pytest.fixture(autouse=True)
def _solver(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "scheduler"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    monkeypatch.setattr(module, "ring", lambda _run_id: True)


def published_week(carers: int = 2) -> Rota:
    return told_as_drafted(full_week(BranchFactory(), carers=carers))


def ill(carer: Carer, **changes: Any) -> CarerIsAway:
    return CarerIsAway(carer.pk, replace(ON_TUESDAY, **changes), "sickness")


def asked(rota: Rota, happening: Any, actor: User | None = None) -> SolverRun:
    actor = actor or coordinator_of(rota.branch)
    return ask_repair(rota_id=rota.pk, happening=happening, actor=actor, now=NOW)[0]


def test_a_sick_carers_visit_for_another_branch_is_left_to_that_branch_to_mend() -> None:
    rota = published_week()
    sick = rota.branch.carers.order_by("pk")[0]
    working_carer(branch=rota.branch)
    other = RotaFactory(branch=BranchFactory(organisation=rota.branch.organisation))
    evening = {"target_minute": 1080, "earliest_minute": 1050, "latest_minute": 1110}
    allocate(VisitFactory(rota=other, on=TUESDAY, **evening), sick)
    own = set(rota.visits.values_list("pk", flat=True))

    repair = asked(rota, ill(sick))
    run(repair.pk)

    assert SolverRun.objects.get(pk=repair.pk).state == RunState.FINISHED
    for proposal in RotaProposal.objects.filter(run=repair):
        assert {row[0] for row in proposal.assignments} <= own
        assert {row["visit_id"] for row in proposal.open_visits} <= own
        assert proposal.repair is not None
        assert proposal.repair["left_open"] == len(proposal.open_visits)


def test_a_sick_carers_visits_are_given_to_others_and_nothing_else_changes() -> None:
    rota = published_week()
    sick = rota.branch.carers.order_by("pk")[0]
    working_carer(branch=rota.branch)
    actor = coordinator_of(rota.branch)
    torn = set(
        rota.visits.filter(assignments__carer=sick, on=MONDAY + timedelta(days=1)).values_list(
            "pk", flat=True
        )
    )

    repair = asked(rota, ill(sick), actor)
    run(repair.pk)

    done = SolverRun.objects.get(pk=repair.pk)
    assert (done.state, done.kind) == (RunState.FINISHED, RunKind.REPAIR)
    first = done.proposal
    assert first.repair is not None
    assert "fewest_changes" in first.repair["stands_for"]
    assert first.repair["proof"]["is_least_open"] is True
    before = _draft(rota)
    accept_proposal(proposal_id=first.pk, actor=actor, now=NOW)
    after = _draft(rota)
    assert sick.pk not in {carer for visit in torn for carer in after.get(visit, (0, ()))[1]}
    assert first.repair["left_open"] == first.repair["others_changed"] == 0
    assert {v: row for v, row in before.items() if v not in torn} == {
        v: row for v, row in after.items() if v not in torn
    }
    absence = Absence.objects.get(carer=sick)
    assert (absence.starts_at, absence.ends_at) == (MIDNIGHT, MIDNIGHT + timedelta(days=1))
    entry = AuditEntry.objects.get(event="carer.absence_reported")
    assert "sickness" not in str(entry.body)


def test_alternatives_stand_side_by_side_and_only_one_can_be_taken() -> None:
    rota = published_week(carers=3)
    actor = coordinator_of(rota.branch)
    repair = asked(rota, ill(rota.branch.carers.order_by("pk")[0]), actor)
    run(repair.pk)

    proposals = list(RotaProposal.objects.filter(run=repair).order_by("alternative"))
    assert len(proposals) >= 1
    manners = [manner for row in proposals for manner in (row.repair or {})["stands_for"]]
    assert sorted(manners) == ["cheapest", "familiar_faces", "fewest_changes", "nobody_else"]
    accept_proposal(proposal_id=proposals[0].pk, actor=actor, now=NOW)
    for other in proposals[1:]:
        with pytest.raises(ProposalStaleError):
            accept_proposal(proposal_id=other.pk, actor=actor, now=NOW)


def test_asking_again_while_it_is_under_way_doubles_nothing() -> None:
    rota = published_week()
    sick = rota.branch.carers.order_by("pk")[0]
    actor = coordinator_of(rota.branch)

    first, second = asked(rota, ill(sick), actor), asked(rota, ill(sick), actor)

    assert first.pk == second.pk
    assert Absence.objects.filter(carer=sick).count() == 1
    assert AuditEntry.objects.filter(event="run.asked").count() == 1
    other = rota.branch.carers.order_by("pk")[1]
    with pytest.raises(RunUnderWayError):
        asked(rota, ill(other), actor)
    assert not Absence.objects.filter(carer=other).exists()


def test_a_message_that_comes_twice_proposes_once_and_a_cancelled_repair_nothing() -> None:
    rota = published_week()
    sick = rota.branch.carers.order_by("pk")[0]
    actor = coordinator_of(rota.branch)
    repair = asked(rota, ill(sick), actor)
    run(repair.pk)
    count = RotaProposal.objects.filter(run=repair).count()

    run(repair.pk)
    again = asked(rota, ill(sick), actor)
    cancel_run(run_id=again.pk, keep_best=False, actor=actor, now=NOW)
    run(again.pk)

    assert RotaProposal.objects.filter(run=repair).count() == count
    assert SolverRun.objects.get(pk=again.pk).state == RunState.CANCELLED
    assert not RotaProposal.objects.filter(run=again).exists()
    assert Absence.objects.filter(carer=sick).count() == 1


def test_a_client_in_hospital_is_suspended_and_the_carers_are_to_be_phoned() -> None:
    branch = BranchFactory()
    line = PackageLineFactory(package__client__branch=branch)
    rota = RotaFactory(branch=branch)
    carer = working_carer(branch=branch)
    visit = allocate(VisitFactory(rota=rota, line=line, client=line.package.client), carer)
    publication = PublicationFactory(rota=rota)
    PublishedAssignmentFactory(
        visit=visit, carer=carer, publication=publication, start_minute=visit.start_minute
    )
    until_tuesday = replace(ON_TUESDAY, starts_on=MONDAY)

    repair = asked(rota, ClientIsAway(visit.client_id, until_tuesday, "hospital"))
    run(repair.pk)

    visit.refresh_from_db()
    assert visit.state == VisitState.CLIENT_AWAY
    assert line.package.suspensions.get().starts_at == MIDNIGHT - timedelta(days=1)
    done = SolverRun.objects.get(pk=repair.pk)
    assert done.state == RunState.FINISHED, done.last_error
    found = done.proposal.repair
    assert found is not None
    assert found["change_count"] == 0
    assert [(c["who"], c["id"], c["items"][0]["told"]) for c in found["calls"]] == [
        ("carer", carer.pk, "taken")
    ]


def test_a_visit_under_way_is_made_to_its_end_and_the_absence_begins_after_it() -> None:
    rota = published_week()
    working_carer(branch=rota.branch)
    sick = rota.branch.carers.order_by("pk")[0]
    actor = coordinator_of(rota.branch)
    # On Tuesday at 09:10, in the middle of the visit from 09:00 to 09:30.
    now = MIDNIGHT + timedelta(hours=9, minutes=10)
    happening = CarerIsAway(sick.pk, replace(ON_TUESDAY, start_minute=550), "sickness")

    asked_now, _ = ask_repair(rota_id=rota.pk, happening=happening, actor=actor, now=now)
    run(asked_now.pk)

    assert Absence.objects.get(carer=sick).starts_at == MIDNIGHT + timedelta(hours=9, minutes=30)
    before = _draft(rota)
    first = SolverRun.objects.get(pk=asked_now.pk).proposal
    accept_proposal(proposal_id=first.pk, actor=actor, now=now)
    after = _draft(rota)
    begun = rota.visits.filter(on=TUESDAY, start_minute__lte=540).values_list("pk", flat=True)
    assert begun
    assert {pk: after[pk] for pk in begun} == {pk: before[pk] for pk in begun}
    later = rota.visits.filter(on=TUESDAY, start_minute__gt=550, assignments__carer=sick)
    assert not later.exists()


OUTSIDE = {
    "after it": replace(ON_TUESDAY, starts_on=date(2026, 6, 8), ends_on=None),
    "before it": replace(ON_TUESDAY, starts_on=date(2026, 5, 30), ends_on=date(2026, 5, 31)),
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_a_period_outside_the_week_is_refused_and_nothing_is_written(case: str) -> None:
    rota = published_week()
    carer = rota.branch.carers.order_by("pk")[0]

    with pytest.raises(OutsideWeekError):
        asked(rota, CarerIsAway(carer.pk, OUTSIDE[case], "sickness"))

    assert not Absence.objects.exists()
    assert not SolverRun.objects.exists()


def test_a_week_nobody_was_told_of_and_a_lock_on_the_absent_carer_are_refused() -> None:
    rota = published_week()
    sick = rota.branch.carers.order_by("pk")[0]
    Visit.objects.filter(
        pk=rota.visits.filter(assignments__carer=sick, on=MONDAY + timedelta(days=1))[0].pk
    ).update(is_locked=True)

    with pytest.raises(LockedToAbsentError) as locked:
        asked(rota, ill(sick))
    assert locked.value.params == {"visits": 1}
    assert not Absence.objects.exists()
    draft = full_week(BranchFactory(), carers=1)
    assert not Publication.objects.filter(rota=draft).exists()
    with pytest.raises(NotPublishedError):
        asked(draft, ill(draft.branch.carers.get()))


def test_only_the_office_of_the_branch_may_report_an_absence() -> None:
    rota = published_week()
    branch = rota.branch
    sick = branch.carers.order_by("pk")[0]
    body = {
        "kind": "carer_away",
        "carer_id": sick.pk,
        "starts_on": TUESDAY.isoformat(),
        "ends_on": TUESDAY.isoformat(),
        "reason": "sickness",
    }
    callers = {
        None: 401,
        carer_user_of(branch): 403,
        member_of(branch.organisation): 403,
        admin_of(branch.organisation): 403,
        coordinator_of(BranchFactory(organisation=branch.organisation)): 404,
        coordinator_of(BranchFactory()): 404,
        branch_manager_of(branch): 201,
    }

    with time_machine.travel(NOW):
        for user, status in callers.items():
            answer = signed_in(user).post(f"/api/rotas/{rota.pk}/repairs", body, format="json")
            assert answer.status_code == status, answer.content


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"carer_id": None}, "carer_id"),
        ({"kind": "client_away"}, "client_id"),
        ({"ends_on": MONDAY.isoformat()}, "ends_on"),
        ({"reason": "bored"}, "reason"),
        ({"kind": "strike"}, "kind"),
    ],
)
def test_an_incomplete_report_says_what_is_missing(changes: dict[str, Any], field: str) -> None:
    rota = published_week(carers=1)
    body = {
        "kind": "carer_away",
        "carer_id": rota.branch.carers.get().pk,
        "starts_on": TUESDAY.isoformat(),
        **changes,
    }

    answer = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/repairs", body, format="json")

    assert answer.status_code == 400
    assert field in answer.content.decode()


def test_the_proposal_names_whom_to_phone_and_what_to_tell_them() -> None:
    rota = published_week()
    sick = rota.branch.carers.order_by("pk")[0]
    repair = asked(rota, ill(sick))
    run(repair.pk)
    office = office_of(rota.branch)

    shown = office.get(f"/api/runs/{repair.pk}").json()
    proposal = office.get(f"/api/proposals/{shown['proposal_ids'][0]}").json()

    assert (shown["kind"], shown["happened"]) == ("repair", "carer_away")
    assert shown["proposal_id"] == shown["proposal_ids"][0]
    calls = proposal["repair"]["calls"]
    assert calls
    assert all(call["name"] for call in calls)
    assert sick.name not in {call["name"] for call in calls}
    item = calls[0]["items"][0]
    assert item["client_name"]
    assert item["on"] == "2026-06-02"


def _draft(rota: Rota) -> dict[int, tuple[int, tuple[int, ...]]]:
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    for pk, start, carer in (
        rota.visits.filter(state=VisitState.ALLOCATED)
        .order_by("pk", "assignments__carer")
        .values_list("pk", "start_minute", "assignments__carer")
    ):
        found[pk] = (start or 0, (*found.get(pk, (0, ()))[1], carer))
    return found
