"""The ballots of the demonstration are over or open, count again, and take no time."""

import time
from datetime import date

import pytest

from backend.demo.ballots import hold_ballots
from backend.demo.cooperative import build_cooperative
from backend.demo.places import SHOWN_BRANCH
from backend.demo.published_weeks import weeks_to_publish
from backend.democracy.models import Ballot, BallotState
from backend.democracy.recount import recount as script
from backend.democracy.selectors import broken_log_place
from backend.organisation.models import Branch, RotaPolicyVersion, RuleArea
from backend.organisation.rota_policy import RULE_NAMES
from backend.organisation.selectors import rule_set_on

MONDAY = date(2026, 11, 23)
MOST_SECONDS = 20
"""Four to five on a quiet machine."""


@pytest.mark.django_db
def test_two_ballots_are_over_and_one_is_open_and_a_second_call_changes_nothing() -> None:
    organisation = build_cooperative(MONDAY)
    shown = Branch.objects.get(external_id=SHOWN_BRANCH)
    begin = time.monotonic()

    assert hold_ballots(organisation, MONDAY, shown) == 3
    assert time.monotonic() - begin < MOST_SECONDS
    assert hold_ballots(organisation, MONDAY, shown) == 0
    states = dict(Ballot.objects.values_list("code", "state"))
    assert states == {
        "policy-last": BallotState.FINAL,
        "council-last": BallotState.FINAL,
        "policy-next": BallotState.OPEN,
    }
    for ballot in Ballot.objects.filter(state=BallotState.FINAL):
        package = ballot.declaration.package
        assert script.recount(package) == package["declared"]["result"]
        assert ballot.cast == ballot.declaration.cast > 10
        assert broken_log_place(ballot) is None


@pytest.mark.django_db
def test_the_finished_vote_is_the_policy_of_every_week_shown_and_of_the_open_paper() -> None:
    organisation = build_cooperative(MONDAY)
    shown = Branch.objects.get(external_id=SHOWN_BRANCH)

    hold_ballots(organisation, MONDAY, shown)

    version = RotaPolicyVersion.objects.get(organisation=organisation)
    declared = Ballot.objects.get(code="policy-last").declaration
    assert (version.ballot, version.result_hash) == ("policy-last", declared.result_hash)
    for week in weeks_to_publish(MONDAY):
        assert rule_set_on(shown, RuleArea.ROTA_POLICY, week.starts_on).policy_version == version
    weights = Ballot.objects.get(code="policy-next").paper[0]
    assert weights["present"] == [version.weights[name] for name in RULE_NAMES]
    assert weights["present_version"] == 1
