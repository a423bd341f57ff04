"""Weights follow what members ask for, and nobody gains by asking for something else."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.counting.input_error import InputError
from backend.counting.policy import (
    TokenVote,
    count_tokens,
    present_as_tokens,
    token_vote,
)
from tests.backend.counting.strategies import Ballot, token_ballots, token_votes

NINE_BALLOTS = [
    (6, 2, 4, 3, 3, 1, 1),
    (4, 4, 4, 4, 2, 1, 1),
    (8, 0, 2, 2, 6, 2, 0),
    (2, 2, 8, 2, 2, 2, 2),
    (3, 3, 3, 3, 3, 3, 2),
    (0, 10, 0, 0, 10, 0, 0),
    (5, 1, 1, 10, 1, 1, 1),
    (4, 2, 6, 2, 4, 2, 0),
    (0, 0, 20, 0, 0, 0, 0),
]
PRESENT = (250, 200, 150, 150, 150, 50, 50)


def _count(ballots: Sequence[Ballot], present: tuple[int, ...], *, eligible: int = 0) -> TokenVote:
    return token_vote(ballots, present=present, eligible=eligible or len(ballots))


def _distance(exact: tuple[Fraction, ...], wish: Ballot) -> Fraction:
    return sum(
        (abs(x - Fraction(t, sum(wish))) for x, t in zip(exact, wish, strict=True)), Fraction(0)
    )


def test_nine_members_and_seven_rules() -> None:
    assert count_tokens(_count(NINE_BALLOTS, PRESENT)).weights == (200, 120, 200, 150, 150, 100, 80)


def test_staying_away_supports_the_present_policy_without_a_cliff() -> None:
    ballots = [(20, 0), (20, 0), (20, 0)]
    weights = [
        count_tokens(_count(ballots, (300, 700), eligible=eligible)).weights[0]
        for eligible in (10, 11, 20, 100, 1000)
    ]

    assert weights[0] == 1000
    assert weights == sorted(weights, reverse=True)
    assert 300 <= weights[-1] < 310


def test_without_any_ballot_the_present_policy_stays() -> None:
    none_needed = token_vote([], present=(400, 300, 300), eligible=10, quorum=(0, 100))

    assert count_tokens(none_needed).weights == (400, 300, 300)
    assert count_tokens(_count([], PRESENT, eligible=20)).exact == tuple(
        Fraction(weight, 1000) for weight in PRESENT
    )


def test_the_present_policy_as_tokens() -> None:
    assert present_as_tokens(PRESENT) == [5, 4, 3, 3, 3, 1, 1]


@pytest.mark.parametrize(
    ("ballot", "wrong"),
    [
        ((10, 9), "19 tokens are placed instead of 20"),
        ((21, -1), "a rule gets -1 tokens"),
        ((10, 5, 5), "3 rules get tokens"),
    ],
)
def test_a_ballot_that_cannot_count_is_refused_with_the_reason(ballot: Ballot, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong) as refusal:
        token_vote([(10, 10), ballot], present=(500, 500), eligible=2)

    assert refusal.value.place == "[1]"


def test_a_ballot_below_the_floor_is_refused() -> None:
    with pytest.raises(InputError, match="the least is 1"):
        token_vote([(20, 0)], present=(500, 500), eligible=1, floor=1)


@given(token_votes())
def test_weights_make_exactly_the_whole(vote: TokenVote) -> None:
    weights = count_tokens(vote)

    assert sum(weights.exact) == 1
    assert sum(weights.weights) == 1000
    for weight, exact in zip(weights.weights, weights.exact, strict=True):
        assert abs(weight - 1000 * exact) < 1


@given(token_votes(), st.randoms())
def test_neither_order_nor_who_gave_what_else_matters(vote: TokenVote, random: Random) -> None:
    shuffled = [list(row) for row in vote.given]
    for row in shuffled:
        random.shuffle(row)
    other = TokenVote(
        tuple(map(tuple, shuffled)), vote.tokens, vote.eligible, vote.quorum, vote.present
    )

    assert count_tokens(other) == count_tokens(vote)


@given(st.integers(2, 6).flatmap(token_ballots), st.integers(1, 9))
def test_when_all_agree_they_get_what_they_agree_on(ballot: Ballot, members: int) -> None:
    weights = count_tokens(_count([ballot] * members, (1,) * len(ballot)))

    assert weights.exact == tuple(Fraction(tokens, 20) for tokens in ballot)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(any))
def test_people_who_care_for_one_rule_each_give_it_their_share_of_heads(heads: list[int]) -> None:
    ballots = [
        tuple(20 if other == rule else 0 for other in range(len(heads)))
        for rule, number in enumerate(heads)
        for _ in range(number)
    ]

    weights = count_tokens(_count(ballots, (1,) * len(heads)))

    assert weights.exact == tuple(Fraction(number, sum(heads)) for number in heads)


@given(token_votes(least_ballots=1))
def test_no_rule_gets_more_than_its_largest_share_or_less_than_the_least_of_all(
    vote: TokenVote,
) -> None:
    weights = count_tokens(vote)

    shares = [[Fraction(tokens, vote.tokens) for tokens in rule] for rule in vote.given]
    if vote.filled:
        for rule, weight in zip(shares, vote.present, strict=True):
            rule.append(Fraction(weight, sum(vote.present)))
    # A floor under all rules is kept; the least share of one rule alone may not be.
    floor = min(map(min, shares))
    for exact, given_to_it in zip(weights.exact, shares, strict=True):
        assert floor <= exact <= max(given_to_it)


@settings(max_examples=300)
@given(st.data())
def test_a_lie_never_brings_the_result_nearer_to_what_one_wishes(data: st.DataObject) -> None:
    rules = data.draw(st.integers(2, 5))
    others = data.draw(st.lists(token_ballots(rules), max_size=9))
    wish, lie = data.draw(token_ballots(rules)), data.draw(token_ballots(rules))
    present = (1,) * rules

    honest = count_tokens(_count([*others, wish], present)).exact
    lying = count_tokens(_count([*others, lie], present)).exact

    assert _distance(honest, wish) <= _distance(lying, wish)


def test_the_worked_example_of_a_lie_that_would_pay_under_the_mean() -> None:
    others, wish = [(10, 4, 2, 4), (12, 4, 0, 4), (0, 0, 20, 0), (5, 5, 5, 5)], (8, 8, 2, 2)
    present = (400, 300, 200, 100)

    honest = count_tokens(_count([*others, wish], present)).exact
    lying = count_tokens(_count([*others, (0, 20, 0, 0)], present)).exact

    assert _distance(honest, wish) == Fraction(16, 35)
    assert _distance(lying, wish) == Fraction(1, 2)
