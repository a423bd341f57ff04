"""Visits cancelled or added, packages that end or start, snow: a told week is mended after each."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.clients.models import CarePackage, Client
from backend.clients.services import ShortVisitError
from backend.core.periods import Week
from backend.organisation.models import Skill
from backend.rota.models import Rota, RunState, SolverRun, Visit, VisitState
from backend.rota.services import new_run as module
from backend.rota.services.ask_repair import RunUnderWayError, ask_repair
from backend.rota.services.decide_proposal import accept_proposal
from backend.rota.services.happenings import (
    Happening,
    PackageEnds,
    PackageStarts,
    RoadsAreSlow,
    VisitsAreAdded,
    VisitsAreCancelled,
)
from backend.rota.services.open_week import open_week
from backend.rota.services.put_away import VisitHasBegunError
from backend.rota.services.put_in import NothingNewError
from backend.rota.services.write_down import OutsideWeekError
from backend.rota.solver.run import run
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import CarePackageFactory, PackageLineFactory
from tests.backend.factories.moments import MONDAY, NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import RotaFactory, VisitFactory, allocate
from tests.backend.rota.callers import office_of
from tests.backend.rota.weeks import full_week, told_as_drafted

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY = MONDAY + timedelta(days=1)
ON_TUESDAY_MORNING = datetime(2026, 6, 2, 8, 10, tzinfo=UTC)
EXTRA = VisitsAreAdded(
    client_id=0,
    days=(TUESDAY,),
    target_minute=15 * 60,
    earliest_minute=14 * 60,
    latest_minute=16 * 60,
    minutes=45,
    carers_required=1,
    skills=(),
)


@pytest.fixture(autouse=True)
def _solver(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "scheduler"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    monkeypatch.setattr(module, "ring", lambda _run_id: True)


def told_week(carers: int = 2) -> tuple[Rota, User]:
    rota = told_as_drafted(full_week(BranchFactory(), carers=carers))
    return rota, coordinator_of(rota.branch)


def asked(
    rota: Rota, happening: Happening, actor: User, now: datetime = NOW
) -> tuple[SolverRun, bool]:
    return ask_repair(rota_id=rota.pk, happening=happening, actor=actor, now=now)


def mended(rota: Rota, happening: Happening, actor: User) -> dict[str, Any]:
    """Ask, run, accept the first way; return it."""
    repair, _ = asked(rota, happening, actor)
    run(repair.pk)
    done = SolverRun.objects.get(pk=repair.pk)
    assert done.state == RunState.FINISHED, done.last_error
    accept_proposal(proposal_id=done.proposal.pk, actor=actor, now=NOW)
    assert done.proposal.repair is not None
    return dict(done.proposal.repair)


def packaged_week() -> tuple[Rota, Visit, CarePackage, User]:
    """A told week of one visit on Monday, which a package asks for."""
    branch = BranchFactory()
    line = PackageLineFactory(package__client__branch=branch)
    rota, carer = RotaFactory(branch=branch), working_carer(branch=branch)
    visit = allocate(VisitFactory(rota=rota, line=line, client=line.package.client), carer)
    return told_as_drafted(rota), visit, line.package, coordinator_of(branch)


def test_a_cancelled_visit_is_told_to_its_carer_and_stays_cancelled() -> None:
    rota, visit, _, actor = packaged_week()
    carer = visit.assignments.get().carer_id

    found = mended(rota, VisitsAreCancelled((visit.pk,)), actor)

    assert [(c["who"], c["id"], c["items"][0]["told"]) for c in found["calls"]] == [
        ("carer", carer, "taken")
    ]
    open_week(branch_id=rota.branch_id, week=Week(MONDAY), actor=actor, now=NOW)
    visit.refresh_from_db()
    assert (visit.state, visit.cancelled_at) == (VisitState.CANCELLED, NOW)
    assert not visit.assignments.exists()
    assert AuditEntry.objects.filter(event="visit.cancelled", subject=f"visit:{visit.pk}").exists()


def test_what_has_begun_or_is_of_another_week_cannot_be_cancelled() -> None:
    rota, actor = told_week(carers=1)
    begun = rota.visits.get(on=TUESDAY, start_minute=9 * 60)
    elsewhere = VisitFactory()

    with pytest.raises(VisitHasBegunError) as refused:
        asked(rota, VisitsAreCancelled((begun.pk,)), actor, ON_TUESDAY_MORNING)
    with pytest.raises(Visit.DoesNotExist):
        asked(rota, VisitsAreCancelled((elsewhere.pk,)), actor)

    assert refused.value.params == {"visits": 1}
    assert not rota.visits.filter(state=VisitState.CANCELLED).exists()
    assert not SolverRun.objects.exists()


def test_a_package_that_ends_leaves_the_week_from_that_day_on() -> None:
    rota, visit, package, actor = packaged_week()

    found = mended(rota, PackageEnds(package.pk, MONDAY), actor)

    package.refresh_from_db()
    visit.refresh_from_db()
    assert package.ends_before == MONDAY
    assert (visit.state, visit.cancelled_at) == (VisitState.CANCELLED, None)
    assert [call["items"][0]["told"] for call in found["calls"]] == ["taken"]
    assert AuditEntry.objects.filter(event="package.ended").count() == 1


def test_a_package_of_which_nothing_is_left_in_the_week_is_not_ended_here() -> None:
    rota, _, package, actor = packaged_week()

    with pytest.raises(OutsideWeekError):
        asked(rota, PackageEnds(package.pk, TUESDAY), actor)

    package.refresh_from_db()
    assert package.ends_before is None
    other = CarePackageFactory()
    with pytest.raises(type(other).DoesNotExist):
        asked(rota, PackageEnds(other.pk, MONDAY), actor)


def test_an_extra_visit_is_given_to_somebody_and_made_once() -> None:
    rota, actor = told_week()
    client = rota.visits.order_by("pk")[0].client_id
    extra = replace(EXTRA, client_id=client)

    found = mended(rota, extra, actor)

    visit = rota.visits.get(target_minute=15 * 60)
    assert (visit.on, visit.minutes, visit.line_id) == (TUESDAY, 45, None)
    assert visit.state == VisitState.ALLOCATED
    assert found["left_open"] == found["change_count"] == 0
    assert {(c["who"], c["items"][0]["told"]) for c in found["calls"]} == {
        ("carer", "given"),
        ("client", "given"),
    }
    # Once more, from a second window of the browser: nothing is doubled.
    asked(rota, extra, actor)
    assert rota.visits.filter(target_minute=15 * 60).count() == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"days": (MONDAY + timedelta(days=7),)}, OutsideWeekError),
        ({"minutes": 20}, ShortVisitError),
        ({"skills": ("juggling",)}, Skill.DoesNotExist),
    ],
)
def test_an_extra_visit_that_cannot_be_is_refused(
    change: dict[str, Any], refusal: type[Exception]
) -> None:
    rota, actor = told_week(carers=1)
    client = rota.visits.order_by("pk")[0].client_id

    with pytest.raises(refusal):
        asked(rota, replace(EXTRA, client_id=client, **change), actor)

    assert not rota.visits.filter(target_minute=15 * 60).exists()


def test_a_package_that_starts_in_a_told_week_finds_its_carers() -> None:
    rota, actor = told_week()
    working_carer(branch=rota.branch)
    line = PackageLineFactory(package__client__branch=rota.branch)
    client = line.package.client

    found = mended(rota, PackageStarts(client.pk), actor)

    assert found["change_count"] == 0
    assert rota.visits.get(client=client).state == VisitState.ALLOCATED
    with pytest.raises(NothingNewError):
        asked(rota, PackageStarts(client.pk), actor)


def test_on_slow_roads_only_what_cannot_be_reached_changes() -> None:
    rota, actor = told_week()
    first = rota.visits.filter(on=TUESDAY).order_by("pk")[0]
    # Twenty minutes away on usual roads, with half an hour between the visits.
    Client.objects.filter(pk=first.client_id).update(easting=first.client.easting - 7_000)
    before = starts(rota)

    found = mended(rota, RoadsAreSlow((TUESDAY,), 200), actor)

    changed = {pk for pk, row in starts(rota).items() if row != before[pk]}
    assert found["change_count"] > 0
    assert changed
    assert set(rota.visits.filter(pk__in=changed).values_list("on", flat=True)) == {TUESDAY}
    with pytest.raises(OutsideWeekError):
        asked(rota, RoadsAreSlow((MONDAY - timedelta(days=1),), 150), actor)


def starts(rota: Rota) -> dict[int, tuple[int | None, int | None]]:
    rows = rota.visits.values_list("pk", "start_minute", "assignments__carer")
    return {pk: (start, carer) for pk, start, carer in rows}


def test_the_same_asked_twice_is_one_run_and_another_question_waits() -> None:
    rota, actor = told_week(carers=1)
    client = rota.visits.order_by("pk")[0].client_id
    extra = replace(EXTRA, client_id=client)

    first, is_new = asked(rota, extra, actor)
    second, is_new_again = asked(rota, extra, actor)

    assert (first.pk, is_new, is_new_again) == (second.pk, True, False)
    with pytest.raises(RunUnderWayError):
        asked(rota, replace(extra, minutes=60), actor)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "visits_cancelled"}, "visit_ids"),
        ({"kind": "visits_cancelled", "visit_ids": []}, "visit_ids"),
        ({"kind": "package_ended", "package_id": 1}, "starts_on"),
        ({"kind": "visits_added", "client_id": 1, "days": ["2026-06-02"]}, "visit"),
        ({"kind": "package_started"}, "client_id"),
        ({"kind": "slow_roads", "days": ["2026-06-02"], "percent": 90}, "percent"),
        ({"kind": "slow_roads", "percent": 150}, "days"),
    ],
)
def test_an_incomplete_report_says_what_is_missing(body: dict[str, Any], field: str) -> None:
    rota, _ = told_week(carers=1)

    answer = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/repairs", body, format="json")

    assert answer.status_code == 400
    assert field in answer.content.decode()


def test_times_of_an_extra_visit_are_in_order_and_end_on_their_day() -> None:
    rota, _ = told_week(carers=1)
    times = {"target_minute": 600, "earliest_minute": 570, "latest_minute": 630, "minutes": 30}

    for change in ({"target_minute": 700}, {"minutes": 1000}):
        body = {
            "kind": "visits_added",
            "client_id": 1,
            "days": ["2026-06-02"],
            "visit": {**times, **change},
        }
        answer = office_of(rota.branch).post(f"/api/rotas/{rota.pk}/repairs", body, format="json")
        assert answer.status_code == 400
        assert next(iter(change)) in answer.content.decode()
