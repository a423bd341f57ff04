"""A declared vote becomes a policy version, and the rules that weeks are made by."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from backend.audit.models import AuditEntry
from backend.core.periods import Week
from backend.organisation.models import Branch, RotaPolicyVersion, RuleArea, RuleSet
from backend.organisation.rota_policy import RULE_NAMES, scales_of, solver_weights
from backend.organisation.rules import RuleValuesError
from backend.organisation.selectors import rota_policy, rule_set_on
from backend.organisation.services import enact_rules
from backend.rota.models import RunKind
from backend.rota.selectors.publications import list_publications
from backend.rota.services.enact_policy import (
    DeclaredPolicy,
    PolicyDeclaredOtherwiseError,
    enact_policy,
)
from backend.rota.services.new_run import new_run
from backend.rota.solver.translate import problem_for
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.rota import PublicationFactory, RotaFactory

pytestmark = pytest.mark.django_db

DECLARED_AT = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
WEIGHTS = dict(zip(RULE_NAMES, (250, 200, 150, 150, 150, 50, 50), strict=True))
FIRST = date(2026, 4, 13)


def declared(branch: Branch, **given: Any) -> DeclaredPolicy:
    usual: dict[str, Any] = {
        "organisation_id": branch.organisation_id,
        "ballot": "ballot-7",
        "method": "im-1",
        "declared_at": DECLARED_AT,
        "weights": WEIGHTS,
        "inputs_hash": "a" * 64,
        "result_hash": "b" * 64,
    }
    return DeclaredPolicy(**{**usual, **given})


def enact(branch: Branch, **given: Any) -> RotaPolicyVersion:
    return enact_policy(declared(branch, **given), actor=None, now=DECLARED_AT)


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory()
    return found


@pytest.mark.parametrize(
    ("declared_on", "monday"),
    [
        (date(2026, 3, 12), date(2026, 4, 13)),
        (date(2026, 3, 16), date(2026, 4, 13)),
        (date(2026, 3, 17), date(2026, 4, 20)),
        (date(2026, 3, 15), date(2026, 4, 13)),
    ],
)
def test_a_policy_begins_on_the_first_monday_after_four_weeks(
    branch: Branch, declared_on: date, monday: date
) -> None:
    at = datetime(declared_on.year, declared_on.month, declared_on.day, 12, tzinfo=UTC)

    assert enact(branch, declared_at=at).effective_from == monday


def test_a_week_that_people_were_told_of_is_never_made_by_a_later_vote(branch: Branch) -> None:
    other = BranchFactory(organisation=branch.organisation)
    PublicationFactory(rota=RotaFactory(branch=other, week_starts_on=FIRST + timedelta(days=14)))
    PublicationFactory(rota=RotaFactory(week_starts_on=FIRST + timedelta(days=70)))

    assert enact(branch).effective_from == FIRST + timedelta(days=21)


def test_no_policy_begins_before_one_declared_earlier(branch: Branch) -> None:
    rota = RotaFactory(branch=branch, week_starts_on=FIRST + timedelta(days=70))
    publication = PublicationFactory(rota=rota)
    first = enact(branch)
    publication.delete()

    second = enact(branch, ballot="ballot-8", result_hash="c" * 64)

    assert (first.number, second.number) == (1, 2)
    assert second.effective_from == first.effective_from
    assert rule_set_on(branch, RuleArea.ROTA_POLICY, second.effective_from).version == 3


def test_weeks_from_that_monday_on_are_solved_by_the_vote_and_name_it(branch: Branch) -> None:
    version = enact(branch, limits={"max_day_minutes": 600})
    before = RotaFactory(branch=branch, week_starts_on=FIRST - timedelta(days=7))
    after = RotaFactory(branch=branch, week_starts_on=FIRST)

    old, new = problem_for(before).policy, problem_for(after).policy
    runs = [
        new_run(rota, RunKind.BUILD, seconds=10, actor=None, now=DECLARED_AT)
        for rota in (before, after)
    ]

    points = solver_weights(WEIGHTS, scales_of())
    assert old.weights.travel == 1
    assert new.weights.travel == points["travel"] != 1
    assert new.weights.preferences == points["preferences"]
    assert new.weights.unassigned == {int(k): v for k, v in points["unassigned"].items()}
    assert (old.max_day_minutes, new.max_day_minutes) == (660, 600)
    assert [run.policy.policy_version for run in runs if run.policy] == [None, version]


def test_a_publication_names_the_vote_that_its_week_was_made_by(branch: Branch) -> None:
    enact(branch)
    rota = RotaFactory(branch=branch, week_starts_on=FIRST)
    PublicationFactory(rota=rota, rule_versions={"rota_policy": 1})
    PublicationFactory(rota=rota, rule_versions={"rota_policy": 2}, number=2)

    after, before = list_publications(coordinator_of(branch), rota.pk)

    assert after["vote"] is not None
    assert (after["vote"]["number"], after["vote"]["ballot"]) == (1, "ballot-7")
    assert before["vote"] is None


def test_a_branch_with_limits_of_its_own_keeps_them_and_gets_the_weights(branch: Branch) -> None:
    values = dict(rota_policy_values(branch))
    enact_rules(
        organisation=branch.organisation,
        branch=branch,
        area=RuleArea.ROTA_POLICY,
        starts_on=date(2026, 1, 5),
        values={**values, "max_day_minutes": 540},
        decided_by="the branch",
        actor=None,
        now=DECLARED_AT,
    )

    enact(branch, limits={"max_day_minutes": 600})

    policy = rota_policy(branch, FIRST)
    assert policy.max_day_minutes == 540
    assert policy.weights == solver_weights(WEIGHTS, scales_of())


def rota_policy_values(branch: Branch) -> dict[str, Any]:
    found: dict[str, Any] = rule_set_on(branch, RuleArea.ROTA_POLICY, date(2026, 1, 1)).values
    return found


def test_a_voted_notice_becomes_a_rule_of_notice(branch: Branch) -> None:
    enact(branch, limits={"rota_days": 21})

    assert rule_set_on(branch, RuleArea.NOTICE, FIRST).values["rota_days"] == 21
    assert "rota_days" not in rule_set_on(branch, RuleArea.ROTA_POLICY, FIRST).values


def test_the_same_vote_twice_changes_nothing(branch: Branch) -> None:
    first, again = enact(branch), enact(branch)

    assert again == first
    assert RuleSet.objects.filter(policy_version=first).count() == 1
    assert AuditEntry.objects.filter(event="policy.enacted").count() == 1


def test_a_vote_without_a_ballot_is_known_by_its_result(branch: Branch) -> None:
    first = enact(branch, ballot="")

    assert enact(branch, ballot="") == first
    assert enact(branch, ballot="", result_hash="c" * 64).number == 2


def test_the_same_vote_with_another_result_is_refused(branch: Branch) -> None:
    enact(branch)

    with pytest.raises(PolicyDeclaredOtherwiseError):
        enact(branch, result_hash="c" * 64)


@pytest.mark.parametrize(
    "given",
    [
        {"weights": {**WEIGHTS, "travel": 199}},
        {"weights": {"travel": 1000}},
        {"limits": {"daily_rest_minutes": 600}},
        {"limits": {"naps": 3}},
    ],
)
def test_what_the_rota_cannot_hold_is_refused_whole(branch: Branch, given: dict[str, Any]) -> None:
    with pytest.raises(RuleValuesError):
        enact(branch, **given)

    assert not RotaPolicyVersion.objects.exists()


def test_a_version_is_never_changed(branch: Branch) -> None:
    version = enact(branch)

    with pytest.raises(IntegrityError), transaction.atomic():
        RotaPolicyVersion.objects.filter(pk=version.pk).update(weights={})

    assert Week(version.effective_from).starts_on == FIRST


def test_voted_limits_of_splits_and_days_reach_the_problem_of_the_first_week(
    branch: Branch,
) -> None:
    version = enact(branch, limits={"max_splits_week": 2, "max_consecutive_days": 5})

    rota = RotaFactory(branch=branch, week_starts_on=version.effective_from)

    voted = problem_for(rota).policy.voted
    assert (voted.max_splits_week, voted.max_consecutive_days) == (2, 5)
    assert voted.max_weekends_in_four is None
