"""A policy ballot's final result is the rota's next policy; before that, and when void, never."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.democracy import tick as ticking
from backend.democracy.models import Ballot, BallotKind, BallotState
from backend.democracy.selectors import broken_log_place, public_log
from backend.democracy.services import challenge_ballot, decide_challenge, finish_ballot, set_paper
from backend.democracy.services.following import PolicyNotPossibleError, enact_what_follows
from backend.organisation.models import RotaPolicyVersion, RuleArea, RuleSet
from backend.organisation.rota_policy import (
    RULE_NAMES,
    VOTED_LIMITS,
    scales_of,
    solver_weights,
)
from backend.organisation.selectors import rule_set_on
from tests.backend.democracy.ballots import (
    AFTER,
    BEFORE,
    POLICY,
    RESOLUTION,
    Poll,
    tokens,
)
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
FIRST = date(2026, 7, 13)
"""Declared on 15 June 2026: the first Monday after 28 days."""


def declared(*, splits: int = 1, **given: Any) -> Poll:
    poll = Poll(**given).opened()
    for member in range(3):
        poll.cast(member, {"weights": tokens(2, 2, 4, 4, 4, 4), "max_splits_week": splits})
    return poll.unlinked().received().declared()


def versions(poll: Poll) -> list[RotaPolicyVersion]:
    return list(RotaPolicyVersion.objects.filter(organisation=poll.organisation))


def finish(poll: Poll) -> None:
    finish_ballot(ballot_id=poll.pk, now=AFTER + WEEK)


def challenge(poll: Poll, *, is_upheld: bool, now: datetime = AFTER) -> None:
    by: dict[str, Any] = {"ballot_id": poll.pk, "reason": "My receipt is missing"}
    challenge_ballot(**by, actor=poll.users[0], now=AFTER)
    assert versions(poll) == []
    decide_challenge(**by, is_upheld=is_upheld, actor=poll.officer, now=now)


def test_a_final_result_is_the_next_policy_with_the_hashes_that_were_declared() -> None:
    poll = declared()
    assert versions(poll) == []

    finish(poll)

    (version,) = versions(poll)
    package: Any = poll.again().declaration.package
    assert (version.number, version.ballot) == (1, poll.ballot.code)
    assert version.method == "im-1, median-1"
    assert version.weights == dict(zip(RULE_NAMES, (100, 100, 200, 200, 200, 200, 0), strict=True))
    assert version.limits == {"max_splits_week": 1}
    assert version.scales == scales_of()
    assert version.inputs_hash == package["declared"]["result"]["inputs_hash"]
    assert version.result_hash == package["declared"]["result_hash"]


def test_the_notice_counts_from_the_declaration_and_weeks_are_made_by_the_vote_from_then() -> None:
    poll = declared()
    branch = BranchFactory(organisation=poll.organisation)
    finish(poll)

    (version,) = versions(poll)
    before, after = (
        rule_set_on(branch, RuleArea.ROTA_POLICY, on) for on in (FIRST - timedelta(days=1), FIRST)
    )

    assert (version.declared_at, version.effective_from) == (AFTER, FIRST)
    assert (before.policy_version, after.policy_version) == (None, version)
    assert after.values["weights"] == solver_weights(version.weights, version.scales)
    assert after.values["voted"] == {"max_splits_week": 1}


def test_a_challenge_that_is_upheld_leaves_no_policy_at_any_time() -> None:
    poll = declared()

    challenge(poll, is_upheld=True)

    assert poll.again().state == BallotState.VOID
    assert versions(poll) == []
    assert not RuleSet.objects.exclude(policy_version=None).exists()


def test_a_challenge_that_is_turned_down_lets_the_policy_follow() -> None:
    poll = declared()

    challenge(poll, is_upheld=False)

    (version,) = versions(poll)
    assert (version.effective_from, version.enacted_by) == (FIRST, poll.officer)


def test_a_challenge_that_takes_longer_than_the_notice_changes_no_week_that_has_begun() -> None:
    poll = declared()

    challenge(poll, is_upheld=False, now=datetime(2026, 9, 2, 12, tzinfo=UTC))

    assert versions(poll)[0].effective_from == date(2026, 9, 7)


def test_time_alone_makes_the_policy_and_a_second_tick_makes_no_second_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = declared()
    monkeypatch.setattr(ticking, "database_now", lambda: AFTER + WEEK)

    ticking.tick()
    ticking.tick()
    finish(poll)
    again = enact_what_follows(poll.again(), actor=None, now=AFTER + WEEK)

    assert versions(poll) == [again]
    assert AuditEntry.objects.filter(event="policy.enacted").count() == 1


def test_the_public_log_says_which_policy_it_became_and_from_when() -> None:
    poll = declared()
    finish(poll)

    last = public_log(poll.again())[-1]

    assert (last.type, last.data["policy"], last.data["effective_from"]) == (
        "policy.followed",
        1,
        "2026-07-13",
    )
    assert broken_log_place(poll.again()) is None


def test_where_too_few_voted_the_version_holds_the_weights_that_were_in_force() -> None:
    poll = Poll(members=10).opened()
    poll.cast(0, {"weights": tokens(0, 20)})
    finish(poll.unlinked().received().declared())

    # Three are needed, so two more count as the present policy: the middle is theirs.
    assert versions(poll)[0].weights == dict(
        zip(RULE_NAMES, (292, 393, 39, 73, 72, 88, 43), strict=True)
    )


def test_other_ballots_and_papers_without_keys_make_no_policy() -> None:
    motion = Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION, code="motion").opened()
    motion.cast(0, {"motion": "for"})
    old = declared(code="old")
    rows = [{**old.again().paper[0], "rules": list("abcdefg")}, old.again().paper[1]]
    Ballot.objects.filter(pk=old.pk).update(paper=rows)

    for poll in (motion.unlinked().received().declared(), old):
        finish(poll)
        assert poll.again().state == BallotState.FINAL
        assert versions(poll) == []


def test_a_result_that_the_rota_cannot_hold_any_more_is_not_final_and_stops_no_other_ballot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stuck, fine = declared(code="stuck"), declared(code="fine", splits=3)
    # The law, or what the solver can do, became stricter while people voted.
    monkeypatch.setitem(VOTED_LIMITS, "max_splits_week", (2, 7))
    monkeypatch.setattr(ticking, "database_now", lambda: AFTER + WEEK)

    ticking.tick()

    assert (stuck.again().state, fine.again().state) == (BallotState.DECLARED, BallotState.FINAL)
    assert (versions(stuck), len(versions(fine))) == ([], 1)
    with pytest.raises(PolicyNotPossibleError, match="between 2 and 7, not 1"):
        finish(stuck)


def test_the_next_paper_shows_the_policy_that_the_last_vote_made() -> None:
    first = declared()
    finish(first)
    later = timedelta(weeks=10)

    second = Poll(
        organisation=first.organisation,
        code="policy-2027",
        paper=[POLICY[0], {"id": "max_splits_week", "ask": "limit", "low": 0, "high": 7}],
        later=later,
        members=1,
    )
    set_paper(ballot_id=second.pk, paper=second.paper, actor=second.officer, now=BEFORE + later)

    weights, splits = second.again().paper
    assert (weights["present"], weights["present_version"]) == (
        [100, 100, 200, 200, 200, 200, 0],
        1,
    )
    assert splits["present"] == 1
