"""One visit over HTTP: look at it, see who could, assign, unassign, lock, unlock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.rota.models import Visit
from tests.backend.factories import MONDAY
from tests.backend.factories.clients import PackageLineFactory
from tests.backend.factories.organisation import BranchFactory, SkillFactory
from tests.backend.factories.people import AbsenceFactory, CarerSkillFactory, working_carer
from tests.backend.factories.rota import (
    CarerWishFactory,
    PreferenceFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.callers import carer_with_phone, office_of, signed_in
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[Any]]
READS = [("get", ""), ("get", "/candidates"), ("get", "/ways-to-cover"), ("get", "/why")]
WRITES = [("post", "/assign"), ("post", "/unassign"), ("post", "/lock"), ("post", "/unlock")]


@pytest.mark.parametrize(("method", "what"), READS + WRITES)
def test_only_the_office_of_the_branch_comes_near_a_visit(method: str, what: str) -> None:
    visit = VisitFactory()
    _, phone = carer_with_phone(visit.rota.branch)
    elsewhere = office_of(BranchFactory(organisation=visit.rota.branch.organisation))
    body = {"carer_ids": [1], "start_minute": 480, "version": 1}

    answers = [
        getattr(browser, method)(f"/api/visits/{visit.pk}{what}", body).status_code
        for browser in (signed_in(None), phone, elsewhere)
    ]

    assert answers == [401, 403, 404]


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"carer_ids": []}, "carer_ids"),
        ({"carer_ids": [1, 1]}, "carer_ids"),
        ({"carer_ids": [1, 2, 3]}, "carer_ids"),
        ({"start_minute": 1440}, "start_minute"),
        ({"start_minute": -1}, "start_minute"),
        ({"version": 0}, "version"),
        ({"version": None}, "version"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(change: dict[str, Any], attr: str) -> None:
    visit = VisitFactory()
    body = {"carer_ids": [1], "start_minute": 480, "version": 1, **change}

    answer = office_of(visit.rota.branch).post(f"/api/visits/{visit.pk}/assign", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"].startswith(attr)


def test_a_visit_shows_its_needs_its_carer_the_reasons_and_who_came_before() -> None:
    rota = RotaFactory()
    skill = SkillFactory(organisation=rota.branch.organisation, code="peg", name="PEG feeding")
    line = PackageLineFactory(package__client__branch=rota.branch, tasks=["Feed"])
    visit = VisitFactory(rota=rota, client=line.package.client, line=line, skills=["peg"])
    carer = working_carer(branch=rota.branch, name="Anna")
    CarerSkillFactory(carer=carer, skill=skill)
    PreferenceFactory(client=visit.client, carer=carer)
    CarerWishFactory(carer=carer, kind="prefer_client", client=visit.client)
    before = RotaFactory(branch=rota.branch, week_starts_on=MONDAY - timedelta(days=7))
    past = VisitFactory(rota=before, client=visit.client)
    PublishedAssignmentFactory(visit=past, carer=carer)
    allocate(visit, carer, start_minute=490)

    found = office_of(rota.branch).get(f"/api/visits/{visit.pk}").json()

    assert found["skills"] == [{"code": "peg", "name": "PEG feeding"}]
    assert found["tasks"] == ["Feed"]
    assert found["criticality"] == "important"
    (told,) = found["carers"]
    assert told["name"] == "Anna"
    assert [row["code"] for row in told["reasons"]] == [
        "familiar",
        "preferred",
        "likes_client",
        "first",
        "on_time",
        "guarantee",
    ]
    assert [row["figure"] for row in told["reasons"]] == [1, None, None, None, 10, None]
    assert found["history"] == [
        {"on": "2026-05-25", "start_minute": 480, "carer_id": carer.pk, "name": "Anna"}
    ]


def test_an_open_visit_says_by_name_what_the_last_run_found_in_the_way() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, name="Anna")
    other = VisitFactory(rota=rota, client__name="Edith Hall")
    visit = VisitFactory(
        rota=rota,
        open_reason={
            "reasons": [{"code": "H4", "count": 3}],
            "nearest": [
                {
                    "carer_id": carer.pk,
                    "code": "H5",
                    "message": "There is no time.",
                    "change": f"Move visit v{other.pk}, or give it to somebody else.",
                }
            ],
        },
    )

    found = office_of(rota.branch).get(f"/api/visits/{visit.pk}").json()

    (nearest,) = found["open_reason"]["nearest"]
    assert nearest["name"] == "Anna"
    assert nearest["change"] == "Move visit to Edith Hall, or give it to somebody else."
    assert found["open_reason"]["reasons"] == [{"code": "H4", "count": 3}]


def test_candidates_are_all_carers_of_the_week_with_the_rule_that_decides() -> None:
    rota = RotaFactory()
    can, away, busy = (
        working_carer(branch=rota.branch, name=name) for name in ("Can", "Away", "Busy")
    )
    AbsenceFactory(carer=away)
    taken = VisitFactory(rota=rota, client__name="Edith Hall", minutes=120, target_minute=450)
    allocate(taken, busy)
    visit = VisitFactory(rota=rota)

    rows = office_of(rota.branch).get(f"/api/visits/{visit.pk}/candidates").json()

    verdicts = {row["carer_id"]: row for row in rows}
    assert rows[0]["carer_id"] == can.pk
    assert (verdicts[can.pk]["outcome"], verdicts[can.pk]["start"]) == ("CAN", 480)
    assert (verdicts[away.pk]["outcome"], verdicts[away.pk]["code"]) == ("CANNOT", "H4")
    assert (verdicts[busy.pk]["outcome"], verdicts[busy.pk]["code"]) == ("CAN_IF", "H5")
    assert "visit to Edith Hall" in verdicts[busy.pk]["message"]


def test_why_a_carer_has_a_visit_is_told_against_the_next_best_and_a_carer_asked_about() -> None:
    rota = RotaFactory()
    anna, ben, cleo = (
        working_carer(branch=rota.branch, name=name) for name in ("Anna", "Ben", "Cleo")
    )
    AbsenceFactory(carer=cleo)
    visit = allocate(VisitFactory(rota=rota), anna)
    PreferenceFactory(client=visit.client, carer=anna)
    browser, address = office_of(rota.branch), f"/api/visits/{visit.pk}/why"

    found = browser.get(address, {"carer_id": cleo.pk}).json()

    (best,) = found["next_best"]
    assert (best["name"], best["replaces"], best["outcome"]) == ("Ben", "Anna", "CAN")
    assert {"term": "S2 unfamiliar", "points": 6.0, "amount": 1.0} in best["differences"]
    assert best["cost_change"] == sum(row["points"] for row in best["differences"])
    asked = found["asked"]
    assert (asked["name"], asked["outcome"], asked["differences"]) == ("Cleo", "CANNOT", [])
    assert asked["faults"] == [{"code": "H4", "shortfall": 30}]
    assert browser.get(address, {"carer_id": ben.pk}).json()["asked"] == best
    assert browser.get(address, {"carer_id": anna.pk}).json()["asked"] is None


def test_why_not_somebody_elses_carer_is_as_if_there_were_no_such_carer() -> None:
    visit = allocate(VisitFactory(), working_carer())
    browser = office_of(visit.rota.branch)
    stranger = working_carer(branch=BranchFactory())

    answers = [
        browser.get(f"/api/visits/{visit.pk}/why", {"carer_id": asked}).status_code
        for asked in (stranger.pk, 0)
    ]

    assert answers == [404, 400]


def test_an_open_visit_is_with_nobody_so_nothing_is_compared() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)

    found = office_of(visit.rota.branch).get(f"/api/visits/{visit.pk}/why", {"carer_id": carer.pk})

    assert (found.json()["next_best"], found.json()["asked"]) == ([], None)


def test_a_visit_in_the_way_is_named_with_whom_it_could_go_to() -> None:
    rota = RotaFactory()
    skill = SkillFactory(organisation=rota.branch.organisation, code="peg")
    busy, _ = (working_carer(branch=rota.branch, name=name) for name in ("Busy", "Free"))
    CarerSkillFactory(carer=busy, skill=skill)
    taken = VisitFactory(rota=rota, client__name="Edith Hall", minutes=120, target_minute=450)
    allocate(taken, busy)
    visit = VisitFactory(rota=rota, skills=["peg"])

    rows = office_of(rota.branch).get(f"/api/visits/{visit.pk}/candidates").json()

    row = next(row for row in rows if row["carer_id"] == busy.pk)
    assert (row["outcome"], row["moves"], row["moves_to"]) == ("CAN_IF", "Edith Hall", "Free")
    assert "visit to Edith Hall" in row["message"]
    assert "is given to Free" in row["message"]


@pytest.mark.django_db(transaction=True)
def test_a_week_is_read_once_for_many_questions_until_something_is_written() -> None:
    rota = full_week(BranchFactory(), carers=2, open_visits=1)
    browser = office_of(rota.branch)
    visit = rota.visits.filter(state="unallocated").get()
    address = f"/api/visits/{visit.pk}/candidates"
    first = browser.get(address).json()

    with CaptureQueriesContext(connection) as again:
        assert browser.get(address).json() == first
    body = {"carer_ids": [first[0]["carer_id"]], "start_minute": first[0]["start"], "version": 1}
    browser.post(f"/api/visits/{visit.pk}/assign", body)
    then = {row["carer_id"]: row for row in browser.get(address).json()}

    assert len(again) <= 8
    assert then[first[0]["carer_id"]]["cost_change"] == 0


def test_what_a_candidate_can_do_may_then_be_assigned() -> None:
    rota = full_week(BranchFactory(), carers=4, open_visits=3)
    browser = office_of(rota.branch)
    visit = rota.visits.filter(state="unallocated").first()
    assert visit is not None
    rows = browser.get(f"/api/visits/{visit.pk}/candidates").json()
    body = {"carer_ids": [rows[0]["carer_id"]], "start_minute": rows[0]["start"], "version": 1}

    answer = browser.post(f"/api/visits/{visit.pk}/assign", body)

    assert rows[0]["outcome"] == "CAN"
    assert answer.status_code == 200


def test_assigning_answers_with_all_that_looks_different_now() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    second = VisitFactory(rota=rota, target_minute=600, client__easting=432_000.0)
    tomorrow = VisitFactory(rota=rota, on=MONDAY + timedelta(days=1))
    first = VisitFactory(rota=rota)
    allocate(second, carer)
    allocate(tomorrow, carer)
    body = {"carer_ids": [carer.pk], "start_minute": 480, "version": 1}

    answer = office_of(rota.branch).post(f"/api/visits/{first.pk}/assign", body).json()

    assert answer["version"] == 2
    assert answer["visit"]["carers"] == [carer.pk]
    assert {row["id"]: row["travel"] for row in answer["visits"]} == {
        first.pk: [None],
        second.pk: [6],
    }
    (row,) = answer["carers"]
    assert (row["id"], row["contact_minutes"], row["planned_minutes"]) == (carer.pk, 90, 96)
    assert answer["figures"]["unassigned"] == 0


def test_a_broken_rule_answers_409_with_what_is_broken() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    AbsenceFactory(carer=carer)
    body = {"carer_ids": [carer.pk], "start_minute": 480, "version": 1}

    answer = office_of(visit.rota.branch).post(f"/api/visits/{visit.pk}/assign", body)

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "rota.breaks_rule"
    (breach,) = answer.json()["params"]["breaches"]
    assert (breach["code"], breach["carer_id"]) == ("H4", carer.pk)


def test_an_old_board_answers_409_with_the_present_version() -> None:
    visit = VisitFactory(rota__version=7)
    allocate(visit, working_carer(branch=visit.rota.branch))
    browser = office_of(visit.rota.branch)

    for what in ("unassign", "lock"):
        answer = browser.post(f"/api/visits/{visit.pk}/{what}", {"version": 6})
        assert answer.status_code == 409
        assert answer.json()["errors"][0]["code"] == "rota.stale"
        assert answer.json()["params"] == {"version": 7}


def test_a_visit_is_locked_unlocked_and_taken_away_again() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)
    browser, address = office_of(visit.rota.branch), f"/api/visits/{visit.pk}"

    locked = browser.post(f"{address}/lock", {"version": 1}).json()
    refused = browser.post(f"{address}/unassign", {"version": 2})
    unlocked = browser.post(f"{address}/unlock", {"version": 2}).json()
    taken = browser.post(f"{address}/unassign", {"version": 3}).json()

    assert locked["visit"]["locked"]
    assert refused.json()["errors"][0]["code"] == "rota.visit_locked"
    assert not unlocked["visit"]["locked"]
    assert taken["visit"]["state"] == "unallocated"
    assert [row["id"] for row in taken["carers"]] == [carer.pk]
    assert taken["version"] == Visit.objects.get().rota.version == 4


@pytest.mark.parametrize("carers", [2, 6])
def test_the_number_of_queries_does_not_grow_with_the_week(
    django_assert_max_num_queries: Counting, carers: int
) -> None:
    rota = full_week(BranchFactory(), carers=carers, open_visits=1)
    browser = office_of(rota.branch)
    visit = rota.visits.filter(state="unallocated").get()
    covered = rota.visits.filter(state="allocated").first()
    assert covered is not None
    carer = covered.assignments.get().carer_id
    body = {"carer_ids": [carer], "start_minute": visit.target_minute, "version": 1}

    with django_assert_max_num_queries(40):
        browser.get(f"/api/visits/{covered.pk}")
    with django_assert_max_num_queries(37):
        browser.get(f"/api/visits/{visit.pk}/candidates")
    with django_assert_max_num_queries(96):
        assert browser.post(f"/api/visits/{visit.pk}/assign", body).status_code == 200
