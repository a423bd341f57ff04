"""Dated rules: which version holds when, for whom, and what is refused."""

from datetime import date, timedelta

import pytest

from backend.audit.models import AuditEntry
from backend.audit.services import broken_entry
from backend.organisation.models import Branch, Organisation, RuleArea, RuleSet
from backend.organisation.rules import RuleValuesError
from backend.organisation.selectors import (
    NoRuleInForceError,
    access_rules,
    list_rules_in_force,
    quality,
    rota_policy,
    rule_set_on,
)
from backend.organisation.services import enact_rules, found_organisation
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import branch_manager_of, coordinator_of, member_of
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.rota.callers import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory()
    return found


def _quality(minutes: int) -> dict[str, object]:
    return {
        "min_visit_min": minutes,
        "on_time_windows_min": [15],
        "time_critical_min": 15,
        "parkinsons_min": 30,
        "missed_after_min": 120,
        "clipped_below": 0.9,
    }


def _enact(branch: Branch, starts_on: date, minutes: int, *, own: bool = False) -> RuleSet:
    return enact_rules(
        organisation=branch.organisation,
        branch=branch if own else None,
        area=RuleArea.QUALITY,
        starts_on=starts_on,
        values=_quality(minutes),
        decided_by="the general meeting",
        actor=None,
        now=NOW,
    )


def test_a_new_organisation_starts_with_rules_in_every_area_and_on_record() -> None:
    organisation = found_organisation(external_id="x", name="X", actor=None, now=NOW)

    assert {row.area for row in list_rules_in_force(organisation, MONDAY)} == set(RuleArea)
    assert broken_entry(f"organisation:{organisation.pk}") is None


def test_founding_twice_is_founding_once() -> None:
    first, second = (
        found_organisation(external_id="x", name="X", actor=None, now=NOW) for _ in range(2)
    )

    assert first == second
    assert Organisation.objects.count() == 1
    assert AuditEntry.objects.filter(event="organisation.founded").count() == 1


def test_a_new_version_holds_from_its_date_and_the_past_keeps_its_own(branch: Branch) -> None:
    _enact(branch, MONDAY, 25)

    assert quality(branch, MONDAY - timedelta(days=1)).min_visit_min == 30
    assert quality(branch, MONDAY).min_visit_min == 25


def test_a_later_decision_for_the_same_day_wins(branch: Branch) -> None:
    _enact(branch, MONDAY, 25)
    _enact(branch, MONDAY, 20)

    assert quality(branch, MONDAY).min_visit_min == 20


def test_a_branchs_own_rules_go_before_the_organisations(branch: Branch) -> None:
    other = BranchFactory(organisation=branch.organisation)
    _enact(branch, MONDAY - timedelta(days=7), 45, own=True)
    _enact(branch, MONDAY, 25)

    assert quality(branch, MONDAY).min_visit_min == 45
    assert quality(other, MONDAY).min_visit_min == 25


def test_another_organisations_rules_are_not_ours(branch: Branch) -> None:
    _enact(BranchFactory(), MONDAY, 25)

    assert quality(branch, MONDAY).min_visit_min == 30


def test_before_any_rule_there_is_none() -> None:
    branch = BranchFactory(organisation=OrganisationFactory(rules=False))

    with pytest.raises(NoRuleInForceError):
        rule_set_on(branch, RuleArea.ACCESS, MONDAY)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"min_visit_min": 30}, "missing: clipped_below"),
        ({**_quality(30), "more": 1}, "unknown: more"),
    ],
)
def test_values_of_the_wrong_shape_are_refused_with_what_to_mend(
    branch: Branch, values: dict[str, object], words: str
) -> None:
    with pytest.raises(RuleValuesError, match=words):
        enact_rules(
            organisation=branch.organisation,
            area=RuleArea.QUALITY,
            starts_on=MONDAY,
            values=values,
            decided_by="",
            actor=None,
            now=NOW,
        )


def test_the_seed_has_the_shape_of_its_areas(branch: Branch) -> None:
    assert rota_policy(branch, MONDAY).daily_rest_minutes == 11 * 60
    assert access_rules(branch, MONDAY).client_hours_before == 48


def test_a_member_reads_the_rules_in_force_on_a_day(branch: Branch) -> None:
    _enact(branch, MONDAY, 25)
    _enact(branch, MONDAY, 45, own=True)
    member = signed_in(member_of(branch.organisation))

    rows = member.get("/api/organisation/rules", {"on": MONDAY.isoformat()}).json()

    shown = [
        (row["branch_name"], row["values"]["min_visit_min"], row["decided_by"])
        for row in rows
        if row["area"] == "quality"
    ]
    assert shown == [(None, 25, "the general meeting"), (branch.name, 45, "the general meeting")]
    assert member.get("/api/organisation/rules", {"on": "soon"}).status_code == 400


def test_branches_are_those_whose_office_one_works_in_with_their_weeks(branch: Branch) -> None:
    BranchFactory(organisation=branch.organisation)
    manager = branch_manager_of(branch)

    rows = signed_in(manager).get("/api/branches").json()

    assert [row["id"] for row in rows] == [branch.pk]
    this, following = (date.fromisoformat(rows[0][key]) for key in ("this_week", "next_week"))
    assert this.weekday() == 0
    assert following - this == timedelta(days=7)


def test_the_week_begins_at_midnight_local_time(branch: Branch, time_machine: object) -> None:
    time_machine.move_to("2026-05-31T23:30:00+00:00")  # type: ignore[attr-defined]  # 00:30 on Monday

    rows = signed_in(coordinator_of(branch)).get("/api/branches").json()

    assert rows[0]["this_week"] == MONDAY.isoformat()
