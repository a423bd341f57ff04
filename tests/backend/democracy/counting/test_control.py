"""Who controls an organisation is followed through other organisations, and shown."""

from datetime import date
from fractions import Fraction

import pytest

from backend.democracy.counting.control import (
    Holdings,
    InsideSeat,
    Verdict,
    is_accountable,
    judge_control,
)

WORKERS, INVESTOR = {"worker": Fraction(1)}, {"investor": Fraction(1)}


def _votes(**votes: int) -> dict[str, Fraction]:
    return {holder: Fraction(number) for holder, number in votes.items()}


@pytest.mark.parametrize(
    ("votes", "board", "accountable", "verdict"),
    [
        (WORKERS, {"worker": 3}, None, Verdict.GENUINE),
        (WORKERS, {"worker": 3}, True, Verdict.GENUINE),
        (WORKERS, {"worker": 3}, False, Verdict.AMBIGUOUS),
        (WORKERS, {"investor": 3}, True, Verdict.AMBIGUOUS),
        (INVESTOR, {"worker": 3}, True, Verdict.AMBIGUOUS),
        (INVESTOR, {"investor": 3}, None, Verdict.NOT_GENUINE),
        (INVESTOR, {}, None, Verdict.NOT_GENUINE),
        (WORKERS, {}, True, Verdict.INCOMPLETE),
        ({}, {"worker": 3}, None, Verdict.INCOMPLETE),
        ({}, {"investor": 3}, None, Verdict.NOT_GENUINE),
        ({}, {}, None, Verdict.INCOMPLETE),
    ],
)
def test_the_verdict_of_each_combination(
    votes: dict[str, Fraction],
    board: dict[str, int],
    accountable: bool | None,  # noqa: FBT001  one column of the table
    verdict: Verdict,
) -> None:
    assert judge_control(Holdings(votes, board, accountable=accountable)).verdict == verdict


def test_community_members_count_as_inside_only_if_the_rules_say_so() -> None:
    votes = _votes(worker=30, community=30, investor=40)

    assert judge_control(Holdings(votes, {})).inside_votes_bp == 3000
    with_rule = Holdings(votes, {}, also_inside=frozenset({"community"}))
    assert judge_control(with_rule).inside_votes_bp == 6000


def test_exactly_a_quarter_blocks_nothing_and_a_little_more_does() -> None:
    assert judge_control(Holdings(_votes(worker=75, investor=25), {})).outside_block_on_75pct == ()
    result = judge_control(Holdings(_votes(worker=74, investor=26), {}))
    assert result.outside_block_on_75pct == ("investor",)


def test_an_organisation_that_holds_votes_counts_as_far_as_it_is_inside_itself() -> None:
    holdings = Holdings(
        _votes(worker=40, alpha=60),
        {},
        organisations={"alpha": _votes(user=1, beta=1), "beta": _votes(worker=1, investor=3)},
    )

    result = judge_control(holdings)

    # 40, and of 60 one half and a quarter of the other
    assert result.inside_votes_bp == 7750
    assert result.outside_block_on_75pct == ()
    assert result.cut_chains == ()


def test_organisations_that_hold_each_other_are_cut_and_named() -> None:
    holdings = Holdings(
        _votes(worker=50, alpha=50),
        {},
        organisations={"alpha": _votes(beta=1), "beta": _votes(alpha=1, worker=1)},
    )

    result = judge_control(holdings)

    assert result.cut_chains == ("beta",)
    # Of alpha, half by beta's workers and a quarter by those of beta behind alpha once more.
    assert result.inside_votes_bp == 8750


def test_an_election_too_long_ago_or_a_term_overrun_is_not_accountable() -> None:
    today = date(2027, 3, 1)
    in_term = date(2028, 1, 1)

    assert is_accountable([InsideSeat(date(2024, 3, 1), in_term)], as_at=today)
    assert not is_accountable([InsideSeat(date(2024, 2, 28), in_term)], as_at=today)
    assert not is_accountable([InsideSeat(date(2026, 3, 1), today)], as_at=today)
    assert not is_accountable([InsideSeat(None, in_term)], as_at=today)
    assert is_accountable([], as_at=today)
