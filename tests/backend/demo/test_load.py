"""Loading the demonstration: once, safely again, never among real data."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client as Browser
from django.test import override_settings

from backend.accounts.models import Role, User
from backend.clients.models import PackageLine
from backend.core.periods import Week
from backend.demo import load, published_weeks, wishes
from backend.demo.cooperative import build_cooperative
from backend.demo.figures import CARER_MINUTES_A_WEEK, TRAVEL_MEAN_MINUTES
from backend.demo.load import Loaded, OthersDataError, load_demo
from backend.demo.sign_ins import password_of
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import continuity
from backend.people.models import Carer
from backend.rota.models import (
    PlacedWish,
    Publication,
    PublishedAssignment,
    Rota,
    SolverRun,
    Visit,
    WishList,
)
from backend.rota.selectors.familiar import familiar_carers
from backend.rota.solver.outcome_work import outcomes_waiting
from backend.rota.solver.translate import week_of_branch
from backend.rota.solver.wishes import placed_in_week
from scheduler.rules import plan_of
from tests.backend.factories.organisation import OrganisationFactory

MONDAY = date(2026, 11, 23)
THURSDAY = date(2026, 11, 26)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Leave one past week, a smaller branch and a short search: the rest is the same."""
    monkeypatch.setattr(published_weeks, "PAST_WEEKS", 1)
    monkeypatch.setattr(published_weeks, "FIRST_ROUNDS", 4_000)
    monkeypatch.setattr(published_weeks, "NEXT_ROUNDS", 4_000)


def load_once(*, today: date = THURSDAY) -> Loaded:
    return load_demo(today=today, all_branches=False)


@pytest.mark.usefixtures("small")
def test_the_past_week_and_the_current_one_are_published_and_a_second_call_changes_nothing() -> (
    None
):
    loaded = load_once()

    weeks = Publication.objects.order_by("rota__week_starts_on").values_list(
        "rota__week_starts_on", flat=True
    )
    assert list(weeks) == [date(2026, 11, 16), MONDAY]
    assert loaded.is_new
    assert loaded.branches[0].name == "Calderwick"
    assert loaded.current_week == Week(MONDAY)
    before = _counts()

    again = load_once(today=date(2026, 12, 9))

    assert _counts() == before
    assert not again.is_new
    assert again.weeks_published == 0
    assert again.current_week == loaded.current_week
    assert again.sign_ins == loaded.sign_ins


@pytest.mark.usefixtures("small")
def test_published_weeks_make_carers_familiar_and_next_week_is_left_to_build() -> None:
    loaded = load_once()
    branch = loaded.branches[0]

    rules = continuity(branch, MONDAY)
    known = familiar_carers(branch, loaded.current_week.next.starts_on, rules)

    assert len(known) > 150
    assert not Rota.objects.filter(week_starts_on__gt=MONDAY).exists()
    carer = Carer.objects.get(user__username="carer")
    assert PublishedAssignment.objects.filter(carer=carer, on__gte=MONDAY).count() > 10
    uncovered = Visit.objects.filter(rota__week_starts_on=MONDAY, state="unallocated")
    assert uncovered.count() < 0.05 * Visit.objects.filter(rota__week_starts_on=MONDAY).count()
    for publication in Publication.objects.all():
        assert publication.figures["breaches"] == 0
        assert publication.published_by is not None
    # Every week was made by the policy of the finished vote.
    made_by = SolverRun.objects.values_list("policy__policy_version__ballot", flat=True)
    assert set(made_by) == {"policy-last"}


@pytest.mark.usefixtures("small")
def test_carers_placed_their_points_before_the_weeks_were_planned() -> None:
    loaded = load_once()
    branch = loaded.branches[0]

    lists = WishList.objects.filter(carer__branch=branch)
    assert lists.values("carer").distinct().count() == wishes.WISHING
    assert {row.placed for row in lists} == {12}
    shown = Carer.objects.get(user__username="carer")
    assert PlacedWish.objects.filter(wish_list__carer=shown).exists()
    assert placed_in_week(branch, [shown.pk], Week(MONDAY))[shown.pk]
    # What became of them is worked out by the worker once the demonstration runs.
    assert outcomes_waiting().keys() == set(Publication.objects.values_list("pk", flat=True))
    assert wishes.place_wishes_of(branch, MONDAY) == 0


@pytest.mark.usefixtures("small")
def test_an_interrupted_load_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published_weeks, "PAST_WEEKS", 0)
    build_cooperative(MONDAY)
    lines = PackageLine.objects.count()

    loaded = load_once()

    assert PackageLine.objects.count() == lines
    assert not loaded.is_new
    assert loaded.weeks_published == 1


@pytest.mark.django_db
def test_made_up_people_are_not_mixed_with_a_real_organisation() -> None:
    OrganisationFactory()

    with pytest.raises(OthersDataError):
        load_once()
    with pytest.raises(CommandError, match="another organisation"):
        call_command("load_demo", "--reset")

    assert Organisation.objects.count() == 1


@pytest.mark.usefixtures("small")
def test_the_command_tells_programs_who_can_sign_in_and_they_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load, "publish_weeks", _no_weeks)
    out = StringIO()

    call_command("load_demo", "--json", "--today", "2026-11-26", stdout=out)
    told = json.loads(out.getvalue())

    assert told["branches"][0] == "Calderwick"
    assert len(told["branches"]) == 6
    assert told["next_week"] == "2026-11-30"
    assert [row["role"] for row in told["sign_ins"]] == [
        Role.COORDINATOR.label,
        Role.BRANCH_MANAGER.label,
        Role.BRANCH_MANAGER.label,
        Role.CARER.label,
        Role.MEMBER.label,
        Role.ADMIN.label,
    ]
    for row in told["sign_ins"]:
        answer = Browser().post(
            "/api/session/sign-in",
            {"username": row["username"], "password": row["password"]},
            content_type="application/json",
        )
        assert answer.status_code == 200, answer.content


@pytest.mark.usefixtures("small")
def test_nobody_else_of_the_co_operative_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "publish_weeks", _no_weeks)
    loaded = load_once()
    shown = {row.username for row in loaded.sign_ins}

    others = User.objects.exclude(username__in=shown)

    assert others.count() > 850
    assert not any(user.has_usable_password() for user in others)


def test_passwords_differ_on_every_installation_and_stay_on_one() -> None:
    with override_settings(SECRET_KEY="one"):
        here, again = password_of("admin"), password_of("admin")
        carer = password_of("carer")
    with override_settings(SECRET_KEY="another"):
        there = password_of("admin")

    assert here == again
    assert len({here, there, carer}) == 3
    assert len(here) == 14


@pytest.mark.django_db
def test_the_same_monday_gives_the_same_co_operative() -> None:
    first, again = _content(), _content()

    assert first == again


@pytest.mark.django_db(transaction=True)
def test_a_reset_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "publish_weeks", _no_weeks)
    load_once()
    Carer.objects.filter(name=Carer.objects.values_list("name")[:1]).update(name="Changed")

    call_command("load_demo", "--reset", "--today", "2026-12-09", stdout=StringIO())

    assert Carer.objects.count() == 850
    assert not Carer.objects.filter(name="Changed").exists()
    assert load_once().current_week == Week(date(2026, 12, 7))


@pytest.mark.slow
@pytest.mark.django_db
def test_supply_and_demand_are_tight_but_coverable_and_towns_are_as_far_apart_as_real_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(published_weeks, "PAST_WEEKS", 0)
    load_once()
    rota = Rota.objects.get()

    figures = Publication.objects.get().figures
    week = week_of_branch(rota)
    legs = [
        leg.travel
        for carer in plan_of(week.problem, week.draft).weeks.values()
        for leg in carer.legs()
        if leg.gap <= week.problem.policy.split_gap_minutes
    ]

    low, high = TRAVEL_MEAN_MINUTES
    assert low <= sum(legs) / len(legs) <= high
    assert figures["unassigned"] <= 0.01 * figures["visits"]
    work = sum(carer.max_week_minutes for carer in week.problem.carers)
    assert 1.2 < work / (CARER_MINUTES_A_WEEK / 6) < 1.7


def _no_weeks(branch: Branch, monday: date) -> int:
    return 0


def _content() -> list[object]:
    with transaction.atomic():
        build_cooperative(MONDAY)
        found = _rows()
        transaction.set_rollback(True)
    return found


def _rows() -> list[object]:
    return [
        list(Carer.objects.order_by("pk").values_list("external_id", "name", "home_easting")),
        list(
            PackageLine.objects.order_by("pk").values_list(
                "package__client__name", "external_id", "target_minute", "starts_on"
            )
        ),
        list(Branch.objects.order_by("pk").values_list("name", flat=True)),
    ]


def _counts() -> list[int]:
    tables = (Organisation, Carer, PackageLine, Rota, Visit, Publication, PublishedAssignment, User)
    return [table.objects.count() for table in tables]
