"""Every operation, called by everybody, on objects of every relation: the policy table holds."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from rest_framework.test import APIClient

from backend.accounts.policy import POLICY
from backend.clients.models import Client
from backend.core.api.views import OperationView
from backend.democracy.models import Ballot
from backend.membership.models import Membership
from tests.backend.policy_world import (
    ALWAYS,
    AT_THE_VISIT,
    BODIES,
    GONE,
    HEADERS,
    STAGE_OF,
    TARGETS,
    Place,
    Principal,
    World,
)

SCHEMA = yaml.safe_load(
    (Path(__file__).parents[2] / "backend" / "openapi.yaml").read_text(encoding="utf-8")
)
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method, address, operation)
    for address, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(AT_THE_VISIT):
        yield World()


def test_every_operation_has_a_row_and_every_row_an_operation() -> None:
    assert sorted(OPERATIONS) == sorted(POLICY)


def test_every_address_under_api_is_an_operation_of_the_schema() -> None:
    in_code = {
        operation
        for view in _api_views(get_resolver().url_patterns)
        for operation in view.operations.values()
    }

    assert in_code == set(OPERATIONS)


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_an_operation_lets_in_exactly_whom_the_policy_says(world: World, operation: str) -> None:
    wrong, successes = _outcomes(operation, world)

    assert not wrong, "\n".join(wrong)
    # Otherwise a body that is no longer valid could hide behind refusals.
    assert successes or operation == "sign_in"


def test_the_matrix_notices_a_view_that_forgets_who_is_looking(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.clients.api.views.clients_for_office", lambda _: Client.objects)

    wrong, _ = _outcomes("get_client", world)

    assert "coordinator on other organisation: expected 404, got 200" in wrong


def test_the_matrix_notices_an_operation_that_every_role_may_call(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "backend.accounts.api.permissions.may_call", lambda viewer, _: viewer is not None
    )

    wrong, _ = _outcomes("list_my_changes", world)

    assert any(row.startswith("member on own: expected 403") for row in wrong)


def _entities_of(principal: Principal) -> set[int]:
    organisation = principal.user.organisation if principal.user else None
    return set(organisation.entities.values_list("pk", flat=True)) if organisation else set()


def _numbers_of(principal: Principal) -> set[int]:
    memberships = Membership.objects.filter(entity__in=_entities_of(principal))
    return {number for number in memberships.values_list("number", flat=True) if number}


LISTS: dict[str, tuple[Callable[[Any], set[int]], Callable[[Principal, World], set[int]]]] = {
    "list_branches": (
        lambda rows: {row["id"] for row in rows},
        lambda principal, _: principal.office_branches,
    ),
    "list_carers": (
        lambda page: {row["id"] for row in page["results"]},
        lambda _, world: set(world.own.branch.carers.values_list("pk", flat=True)),
    ),
    "list_clients": (
        lambda page: {row["id"] for row in page["results"]},
        lambda _, world: {world.own.client.pk},
    ),
    "list_package_commitments": (
        lambda page: {row["client_id"] for row in page["results"]},
        lambda _, world: {world.own.client.pk},
    ),
    "list_carer_commitments": (
        lambda rows: {row["carer_id"] for row in rows},
        lambda _, world: set(world.own.branch.carers.values_list("pk", flat=True)),
    ),
    "get_organisation_commitments": (
        lambda answer: {row["branch"]["id"] for row in answer["branches"]},
        lambda principal, _: set(
            principal.user.organisation.branches.values_list("pk", flat=True)
            if principal.user and principal.user.organisation
            else []
        ),
    ),
    "get_board": (
        lambda board: {row["id"] for row in board["visits"]},
        lambda _, world: {world.own.visit.pk},
    ),
    "list_branch_weeks": (
        lambda rows: {row["rota_id"] for row in rows} - {None},
        lambda _, world: {world.own.rota.pk},
    ),
    "list_runs": (
        lambda rows: {row["id"] for row in rows},
        lambda _, world: {world.own.run.pk},
    ),
    "list_entities": (
        lambda rows: {row["id"] for row in rows},
        lambda principal, _: _entities_of(principal),
    ),
    "get_control_statement": (
        lambda statement: {statement["entity"]["id"]},
        lambda principal, _: _entities_of(principal),
    ),
    "get_register": (
        lambda page: {row["number"] for row in page["results"]},
        lambda principal, _: _numbers_of(principal),
    ),
    "get_full_register": (
        lambda page: {row["number"] for row in page["results"]},
        lambda principal, _: _numbers_of(principal),
    ),
    "list_ballots": (
        lambda rows: {row["id"] for row in rows},
        lambda principal, _: set(
            Ballot.objects.filter(organisation__users=principal.user)
            .exclude(state="draft")
            .values_list("pk", flat=True)
        ),
    ),
    "get_my_week": (
        lambda week: {visit["visit_id"] for day in week["days"] for visit in day["visits"]},
        lambda principal, world: {
            place.visit.pk
            for place in (world.own, world.other_branch)
            if place.carer.user == principal.user
        },
    ),
}


@pytest.mark.parametrize("operation", sorted(LISTS))
def test_a_list_holds_what_the_viewer_may_see_and_nothing_else(
    world: World, operation: str
) -> None:
    found_in, allowed = LISTS[operation]
    seen = 0
    for principal in world.principals:
        answer = _call(operation, principal, world, world.own)
        if answer.status_code == 200:
            assert found_in(answer.json()) == allowed(principal, world), principal.name  # type: ignore[attr-defined]
            seen += 1

    assert seen


@pytest.mark.parametrize("elsewhere", ["other_branch", "other_organisation"])
def test_a_carer_of_elsewhere_cannot_be_named_for_a_visit(world: World, elsewhere: str) -> None:
    coordinator = next(one for one in world.principals if one.name == "coordinator")
    stranger = getattr(world, elsewhere).carer

    answer = coordinator.browser.post(
        f"/api/visits/{world.own.visit.pk}/assign",
        {"carer_ids": [stranger.pk], "start_minute": 480, "version": 1},
    )

    assert answer.status_code in {400, 404, 409}
    assert stranger.name not in answer.content.decode()
    assert not stranger.assignments.filter(visit=world.own.visit).exists()


REPAIRS_NAMING: dict[str, Callable[[Any], dict[str, object]]] = {
    "carer_away": lambda place: {"carer_id": place.carer.pk, "starts_on": "2026-06-01"},
    "client_away": lambda place: {"client_id": place.client.pk, "starts_on": "2026-06-01"},
    "visits_cancelled": lambda place: {"visit_ids": [place.visit.pk]},
    "package_ended": lambda place: {
        "package_id": place.line.package_id,
        "starts_on": "2026-06-01",
    },
    "visits_added": lambda place: {
        "client_id": place.client.pk,
        "days": ["2026-06-01"],
        "visit": {
            "target_minute": 600,
            "earliest_minute": 600,
            "latest_minute": 600,
            "minutes": 30,
        },
    },
    "package_started": lambda place: {"client_id": place.client.pk},
}


@pytest.mark.parametrize("elsewhere", ["other_branch", "other_organisation"])
@pytest.mark.parametrize("kind", sorted(REPAIRS_NAMING))
def test_nobody_of_elsewhere_can_be_named_in_a_repair(
    world: World, kind: str, elsewhere: str
) -> None:
    coordinator = next(one for one in world.principals if one.name == "coordinator")
    body = {"kind": kind, **REPAIRS_NAMING[kind](getattr(world, elsewhere))}

    answer = coordinator.browser.post(
        f"/api/rotas/{world.own.rota.pk}/repairs", body, format="json"
    )

    assert answer.status_code == 404, answer.content
    assert not world.own.rota.runs.filter(kind="repair").exists()


def test_a_funder_of_another_organisation_shows_nothing(world: World) -> None:
    coordinator = next(one for one in world.principals if one.name == "coordinator")
    theirs = world.other_organisation.line.package.funder_id

    answer = coordinator.browser.get(
        f"/api/branches/{world.own.branch.pk}/commitments/packages",
        {"week": ALWAYS["week"], "funder": str(theirs)},
    )

    assert answer.json() == {"count": 0, "results": []}


def test_a_right_that_was_taken_away_ends_with_the_next_call(world: World) -> None:
    coordinator = next(one for one in world.principals if one.name == "coordinator")
    assert coordinator.user is not None
    browser = APIClient()
    browser.force_login(coordinator.user)
    address = f"/api/clients/{world.own.client.pk}"
    assert browser.get(address).status_code == 200

    coordinator.user.grants.all().delete()

    assert browser.get(address).status_code == 403


def test_a_client_who_moves_to_another_branch_takes_the_right_along(world: World) -> None:
    there = next(one for one in world.principals if one.name == "coordinator of another branch")
    here = next(one for one in world.principals if one.name == "coordinator")

    world.own.client.branch = world.other_branch.branch
    world.own.client.save()

    assert _call("get_client", there, world, world.own).status_code == 200
    assert _call("get_client", here, world, world.own).status_code == 404


def _outcomes(operation: str, world: World) -> tuple[list[str], int]:
    """Return what went otherwise than the policy says, and how many calls succeeded."""
    wrong, successes = [], 0
    rule, has_object = POLICY[operation], bool(_objects(OPERATIONS[operation][1]))
    for principal in world.principals:
        for relation, place in world.places.items():
            expected = principal.expected(rule, place, has_object=has_object)
            status = _call(operation, principal, world, place).status_code
            successes += 200 <= status < 300
            if not _fits(expected, status, is_public=rule.is_public):
                wrong.append(f"{principal.name} on {relation}: expected {expected}, got {status}")
    return wrong, successes


def _fits(expected: str, status: int, *, is_public: bool) -> bool:
    if expected != "in":
        return status == int(expected)
    # A rule's refusal comes after the policy; a wrong sign-in is the one public write.
    return 200 <= status < 300 or status == 409 or (is_public and status == 400)


def _call(
    operation: str, principal: Principal, world: World, place: Place | None
) -> HttpResponseBase:
    """Call an operation and undo what it did; `place` None asks for objects that are gone."""
    method, address, described = OPERATIONS[operation]
    body = BODIES[operation](place or world.own) if "requestBody" in described else None
    query = {
        parameter["name"]: ALWAYS[parameter["name"]]
        for parameter in described.get("parameters", [])
        if parameter["in"] == "query" and parameter.get("required")
    }
    call = getattr(principal.browser, method)  # signs in before what follows is undone
    address = _address(address, place, operation)
    with transaction.atomic():
        answer: HttpResponseBase = call(
            address,
            query_params=query,
            **({} if method == "get" else {"data": body, "format": _format(described)}),
            headers=HEADERS.get(operation),
        )
        transaction.set_rollback(True)
    return answer


def _format(described: dict[str, Any]) -> str:
    content = described.get("requestBody", {}).get("content", {})
    return "multipart" if "multipart/form-data" in content else "json"


def _objects(address: str) -> list[str]:
    return [name for name in re.findall(r"{(\w+)}", address) if name not in ALWAYS]


def _address(address: str, place: Place | None, operation: str) -> str:
    for name in _objects(address):
        if place is None:
            number = GONE
        elif name == "ballot_id":
            number = place.poll_at(STAGE_OF.get(operation, "open")).pk
        else:
            number = TARGETS[name](place)
        address = address.replace(f"{{{name}}}", str(number))
    return address.format(**ALWAYS)


def _api_views(patterns: list[URLPattern | URLResolver]) -> Iterator[type[OperationView]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _api_views(pattern.url_patterns)
        elif (view := getattr(pattern.callback, "view_class", None)) is not None:
            assert issubclass(view, OperationView), f"{view} is not an operation"
            yield view
