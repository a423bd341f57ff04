"""A version's weeks: noted when it is enacted and when they are over, looked at in a worker."""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from backend.audit.models import AuditEntry
from backend.organisation.models import Branch, RotaPolicyVersion
from backend.organisation.rota_policy import RULE_NAMES
from backend.rota.models import (
    PolicyWeek,
    PolicyWeekPart,
    PublishedAssignment,
    Rota,
    RunKind,
    RunState,
    Scenario,
    SolverRun,
    Visit,
)
from backend.rota.services import new_run as asking
from backend.rota.services.answer_policies import answered_or_asked
from backend.rota.services.enact_policy import DeclaredPolicy, enact_policy
from backend.rota.services.note_policy_weeks import note_policy_weeks
from backend.rota.solver import policy_weeks as module
from backend.rota.solver.packing import unpack
from backend.rota.solver.policy_weeks import look_at, policy_weeks_waiting
from backend.rota.solver.run import run
from backend.rota.solver.runs import somebody_waits, waiting
from backend.rota.solver.ticker import Ticker
from backend.rota.tasks import look_at_policy_week
from tests.backend.factories import MONDAY
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import PublicationFactory, RotaFactory, SolverRunFactory
from tests.backend.rota.test_ticker import Bell, Clock
from tests.backend.rota.weeks import full_week, told_as_drafted

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = timedelta(days=7)
ENACTED_AT = datetime(2026, 6, 11, 12, tzinfo=UTC)
"""The Thursday after the week of `MONDAY`."""
HOLDS_FROM = date(2026, 7, 13)


@pytest.fixture(autouse=True)
def rung(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    settings.SOLVER_COMMAND = [sys.executable, "-m", "tests.faults.slow_solver"]
    settings.SOLVER_FOLDER = tmp_path / "solver"
    settings.POLICY_TRY_SECONDS = 10
    found: list[int] = []
    monkeypatch.setattr(asking, "ring", found.append)
    return found


def enact(branch: Branch, **given: Any) -> RotaPolicyVersion:
    usual: dict[str, Any] = {
        "organisation_id": branch.organisation_id,
        "ballot": "ballot-7",
        "method": "im-1",
        "declared_at": ENACTED_AT,
        "weights": dict(zip(RULE_NAMES, (250, 200, 150, 150, 150, 50, 50), strict=True)),
        "limits": {"max_splits_week": 2},
        "inputs_hash": "a" * 64,
        "result_hash": "b" * 64,
    }
    return enact_policy(DeclaredPolicy(**{**usual, **given}), actor=None, now=ENACTED_AT)


def told_week(carers: int = 5) -> Rota:
    return told_as_drafted(full_week(BranchFactory(), carers=carers))


def published(branch: Branch, monday: date) -> Rota:
    rota: Rota = RotaFactory(branch=branch, week_starts_on=monday)
    PublicationFactory(rota=rota)
    PublicationFactory(rota=rota, number=2)
    return rota


def weeks(version: RotaPolicyVersion, part: PolicyWeekPart) -> list[date]:
    rows = PolicyWeek.objects.filter(version=version, part=part).order_by("rota__week_starts_on")
    return list(rows.values_list("rota__week_starts_on", flat=True))


def solve_all() -> None:
    while waiting():
        for number in waiting():
            run(number)


def test_the_last_four_weeks_people_were_told_of_are_noted_with_the_version(
    rung: list[int],
) -> None:
    branch = BranchFactory()
    for back in range(6):
        published(branch, MONDAY - back * WEEK)
    published(branch, MONDAY + 2 * WEEK)
    RotaFactory(branch=branch, week_starts_on=MONDAY + WEEK)
    published(BranchFactory(), MONDAY)

    version = enact(branch)

    noted = weeks(version, PolicyWeekPart.PROMISED)
    assert noted == [MONDAY - back * WEEK for back in (3, 2, 1, 0)]
    assert PolicyWeek.objects.count() == 4
    # Nothing is solved, or rung for, in the transaction of the vote.
    assert not SolverRun.objects.exists()
    assert rung == []
    assert enact(branch) == version
    assert PolicyWeek.objects.count() == 4


def test_the_weeks_before_and_under_a_version_are_noted_when_they_are_over() -> None:
    branch = BranchFactory()
    version = enact(branch)
    assert version.effective_from == HOLDS_FROM
    for number in range(-6, 7):
        published(branch, HOLDS_FROM + number * WEEK)

    def noted(on: date) -> tuple[list[date], list[date]]:
        now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        for _again in range(2):
            note_policy_weeks(now=now)
        return weeks(version, PolicyWeekPart.BEFORE), weeks(version, PolicyWeekPart.AFTER)

    before = [HOLDS_FROM - back * WEEK for back in (4, 3, 2, 1)]
    after = [HOLDS_FROM + ahead * WEEK for ahead in range(4)]
    assert noted(HOLDS_FROM - timedelta(days=1)) == ([], [])
    assert noted(HOLDS_FROM + timedelta(days=6)) == (before, [])
    assert noted(HOLDS_FROM + timedelta(days=7)) == (before, after[:1])
    assert noted(HOLDS_FROM + 6 * WEEK) == (before, after)


def test_a_version_older_than_promises_gets_its_weeks_from_the_time_it_was_enacted() -> None:
    branch = BranchFactory()
    for number in range(-1, 3):
        published(branch, MONDAY + number * WEEK)
    version = enact(branch)
    PolicyWeek.objects.all().delete()

    for _again in range(2):
        note_policy_weeks(now=ENACTED_AT + 2 * WEEK)

    assert weeks(version, PolicyWeekPart.PROMISED) == [MONDAY - WEEK, MONDAY, MONDAY + WEEK]
    assert PolicyWeek.objects.count() == 3


def test_weeks_under_the_next_version_are_not_those_of_this_one() -> None:
    branch = BranchFactory()
    first = enact(branch)
    second = enact(branch, ballot="next", declared_at=ENACTED_AT + 2 * WEEK)
    for number in range(6):
        published(branch, HOLDS_FROM + number * WEEK)

    note_policy_weeks(now=ENACTED_AT + 12 * WEEK)

    assert second.effective_from == HOLDS_FROM + 2 * WEEK
    assert weeks(first, PolicyWeekPart.AFTER) == [HOLDS_FROM, HOLDS_FROM + WEEK]
    assert weeks(second, PolicyWeekPart.AFTER)[0] == HOLDS_FROM + 2 * WEEK


def test_a_week_is_made_under_the_rules_before_and_under_all_that_was_voted() -> None:
    rota = told_week()
    version = enact(rota.branch)
    row = PolicyWeek.objects.get(version=version)

    look_at_policy_week(policy_week_id=row.pk, from_a_later_release=True)
    look_at(row.pk)
    solve_all()

    row.refresh_from_db()
    assert (row.carers, row.claims) == (5, 1)
    scenario = Scenario.objects.get()
    assert row.scenario == scenario
    assert scenario.result is not None
    before, under = (
        unpack(side.problem or b"")["policy"] for side in (scenario.present, scenario.tried)
    )
    assert "max_splits_week" not in str(before)
    assert "max_splits_week" in str(under)
    assert before["weights"] != under["weights"]
    assert {scenario.present.kind, scenario.tried.kind} == {RunKind.PROMISE}
    assert {scenario.present.asked_by, scenario.tried.asked_by, scenario.asked_by} == {None}
    assert not AuditEntry.objects.filter(event="scenario.asked").exists()


def test_what_was_published_is_counted_and_not_what_the_draft_became() -> None:
    rota = told_week()
    version = enact(rota.branch)
    row = PolicyWeek.objects.create(version=version, rota=rota, part=PolicyWeekPart.BEFORE)
    gone = PublishedAssignment.objects.order_by("pk").values_list("pk", flat=True)[:3]
    PublishedAssignment.objects.filter(pk__in=list(gone)).delete()

    look_at(row.pk)

    row.refresh_from_db()
    assert row.figures is not None
    assert row.figures["visits"] == Visit.objects.count() == 150
    assert row.figures["unassigned visits"] == 3
    assert row.figures["weekends worked"] == 0
    assert row.scenario is None


def test_a_branch_of_fewer_than_five_carers_is_neither_made_nor_counted() -> None:
    rota = told_week(carers=4)
    version = enact(rota.branch)
    PolicyWeek.objects.create(version=version, rota=rota, part=PolicyWeekPart.BEFORE)

    for row in PolicyWeek.objects.all():
        look_at(row.pk)

    found = PolicyWeek.objects.filter(carers=4, scenario__isnull=True, figures__isnull=True)
    assert found.filter(done_at__isnull=False).count() == 2
    assert not SolverRun.objects.exists()


def test_a_promise_waits_for_every_other_run_and_one_of_its_sides_for_the_other() -> None:
    rota = told_week()
    enact(rota.branch)
    look_at(PolicyWeek.objects.get().pk)
    first, second = SolverRun.objects.order_by("pk")
    assert list(waiting()) == [first.pk]
    asked = SolverRunFactory(rota=RotaFactory())

    assert list(waiting()) == [asked.pk]
    SolverRun.objects.filter(pk=asked.pk).update(state=RunState.FINISHED)
    SolverRun.objects.filter(pk=first.pk).update(state=RunState.RUNNING)
    assert waiting() == {}
    SolverRun.objects.filter(pk=first.pk).update(state=RunState.FINISHED)
    assert list(waiting()) == [second.pk]


def test_who_tries_what_is_promised_shares_the_answer_and_waits_no_longer_for_it() -> None:
    rota = told_week()
    enact(rota.branch)
    look_at(PolicyWeek.objects.get().pk)
    promised = Scenario.objects.get()
    documents = [unpack(run.problem or b"") for run in (promised.present, promised.tried)]
    busy = SolverRunFactory(rota=RotaFactory())
    assert list(waiting()) == [busy.pk]

    with transaction.atomic():
        found = answered_or_asked(rota, *documents, kind=RunKind.WHAT_IF, now=timezone.now())

    assert found == promised
    assert set(waiting()) == {busy.pk, promised.present_id, promised.tried_id}


def test_a_promise_under_way_makes_way_for_a_coordinator_and_goes_on_later(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLOW_SOLVER_GATES", str(tmp_path))
    rota = told_week()
    enact(rota.branch)
    look_at(PolicyWeek.objects.get().pk)
    [number] = waiting()
    asked = SolverRunFactory(rota=RotaFactory(), asked_at=timezone.now() - timedelta(seconds=10))
    began = time.monotonic()

    run(number)

    assert time.monotonic() - began < 9
    given_back = SolverRun.objects.get(pk=number)
    assert (given_back.state, given_back.attempts) == (RunState.QUEUED, 0)
    SolverRun.objects.filter(pk=asked.pk).update(state=RunState.FINISHED)
    assert not somebody_waits()
    (tmp_path / unpack(given_back.problem or b"")["name"]).touch()
    solve_all()
    assert Scenario.objects.get().result is not None


def test_weeks_are_looked_at_one_after_the_other() -> None:
    branch = BranchFactory()
    for back in range(2):
        told_as_drafted(full_week(branch, carers=0, monday=MONDAY - back * WEEK))
    version = enact(branch)
    first, second = PolicyWeek.objects.order_by("pk")
    told = PolicyWeek.objects.create(version=version, rota=first.rota, part=PolicyWeekPart.BEFORE)
    assert policy_weeks_waiting() == {first.pk: 0}

    SolverRunFactory(rota=first.rota, kind=RunKind.PROMISE)
    PolicyWeek.objects.filter(pk=first.pk).update(done_at=timezone.now())
    assert policy_weeks_waiting() == {told.pk: 0}
    SolverRunFactory(rota=RotaFactory())
    assert policy_weeks_waiting() == {}
    SolverRun.objects.update(state=RunState.FINISHED)
    assert policy_weeks_waiting() == {second.pk: 0}
    PolicyWeek.objects.filter(pk=second.pk).update(
        claims=1, lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert policy_weeks_waiting() == {}


def test_the_ticker_notes_the_weeks_that_are_over() -> None:
    version = enact(told_week().branch)
    clock = Clock()
    ticker = Ticker(rings=Bell(), rings_for_policy_weeks=Bell(), clock=clock)
    with time_machine.travel(datetime(2026, 7, 12, 12, tzinfo=UTC)):
        ticker.tick()
        assert weeks(version, PolicyWeekPart.BEFORE) == []

    with time_machine.travel(datetime(2026, 7, 14, 12, tzinfo=UTC)):
        ticker.tick()
        assert weeks(version, PolicyWeekPart.BEFORE) == []
        clock.now += 301
        ticker.tick()

    assert weeks(version, PolicyWeekPart.BEFORE) == [MONDAY]


def test_the_ticker_rings_again_for_a_week_whose_worker_died() -> None:
    rota = told_week()
    version = enact(rota.branch)
    row = PolicyWeek.objects.get()
    clock = Clock()
    bell = Bell(clock)
    ticker = Ticker(rings=Bell(), rings_for_policy_weeks=bell, clock=clock)
    ticker.tick()
    clock.now += 4
    ticker.tick()
    assert [key for key, _ in bell.rung] == [row.pk]

    PolicyWeek.objects.filter(pk=row.pk).update(
        claims=1, lease_until=timezone.now() - timedelta(seconds=1)
    )
    ticker.tick()

    assert [key for key, _ in bell.rung] == [row.pk, row.pk]
    look_at(row.pk)
    row.refresh_from_db()
    assert (row.claims, row.version, row.scenario is None) == (2, version, False)


def test_what_fails_is_kept_with_the_week_tried_again_and_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rota = told_week()
    enact(rota.branch)
    row = PolicyWeek.objects.get()

    def fails(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "both_rules", fails)
    for _attempt in range(5):
        assert policy_weeks_waiting()
        with pytest.raises(MemoryError):
            look_at(row.pk)

    row.refresh_from_db()
    assert (row.claims, row.last_error, row.done_at) == (5, "MemoryError", None)
    assert policy_weeks_waiting() == {}
    look_at(row.pk)


def test_a_week_without_visits_is_done_and_says_why() -> None:
    rota = told_week()
    enact(rota.branch)
    row = PolicyWeek.objects.get()
    rota.visits.update(state="cancelled", start_minute=None, starts_at=None)

    look_at(row.pk)

    row.refresh_from_db()
    assert row.done_at is not None
    assert row.last_error == "there are no visits in this week"
