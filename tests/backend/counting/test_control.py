"""The control test and chains of holdings, on figures alone."""

import json
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.counting.cases import count_cases
from backend.counting.chains import DEEPEST, THROUGH_HOLDINGS, VotesHeld, resolve
from backend.counting.control import INSIDE, Verdict, control_test

CASES = json.loads(
    Path(__file__)
    .with_name("data")
    .joinpath("ownership", "control.json")
    .read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_known_cases_get_their_verdict_to_the_basis_point(case: dict[str, Any]) -> None:
    found = asdict(control_test(case["votes"], case["board"]))

    assert {**found, "outside_block_on_75pct": list(found["outside_block_on_75pct"])} == case[
        "expect"
    ]


@pytest.mark.parametrize(
    ("votes", "board", "is_accountable", "verdict"),
    [
        ({}, {}, None, Verdict.INCOMPLETE),
        ({}, {"worker": 5}, None, Verdict.INCOMPLETE),
        ({}, {"external": 5}, None, Verdict.NOT_GENUINE),
        ({"worker": 1}, {}, None, Verdict.INCOMPLETE),
        ({"investor": 1}, {"worker": 1}, None, Verdict.AMBIGUOUS),
        ({"worker": 1}, {"worker": 1}, False, Verdict.AMBIGUOUS),
        ({"worker": 1}, {"worker": 1}, True, Verdict.GENUINE),
    ],
)
def test_what_is_not_recorded_is_never_taken_for_a_yes(
    votes: dict[str, int],
    board: dict[str, int],
    is_accountable: bool | None,  # noqa: FBT001  a column of the table
    verdict: Verdict,
) -> None:
    assert control_test(votes, board, is_accountable=is_accountable).verdict is verdict


def test_exactly_a_quarter_does_not_block_and_one_vote_more_does() -> None:
    def blockers(investor: int) -> tuple[str, ...]:
        votes = {"worker": 300, "investor": investor}
        return control_test(votes, {}).outside_block_on_75pct

    assert blockers(100) == ()
    assert blockers(101) == ("investor",)


def test_a_class_that_the_rules_add_counts_as_inside() -> None:
    votes = {"worker": 40, "community": 60}

    assert control_test(votes, {}).share_test is False
    assert control_test(votes, {}, INSIDE | {"community"}).share_test is True


@given(
    st.dictionaries(st.sampled_from(["worker", "user", "investor"]), st.integers(0, 10**6)),
    st.integers(0, 1000),
)
def test_more_worker_votes_never_weaken_the_inside(votes: dict[str, int], more: int) -> None:
    before = control_test(votes, {}).inside_votes_bp or 0
    after = control_test({**votes, "worker": votes.get("worker", 0) + more}, {}).inside_votes_bp

    assert (after or 0) >= before


def test_a_body_half_owned_by_its_workers_counts_half() -> None:
    held = [VotesHeld("Staff", "worker", 40), VotesHeld("Parent", "franchisor", 60, body=7)]
    registers = {7: [VotesHeld("Its staff", "worker", 1), VotesHeld("Its investor", "investor", 1)]}

    resolved = resolve(held, registers, INSIDE)

    # On a scale of two: 80 of 120 are the staff's own, 60 come through the parent.
    assert resolved.votes == {"worker": 80, "franchisor": 60, THROUGH_HOLDINGS: 60}
    assert [(step.holder, step.inside) for step in resolved.steps] == [("Parent", Fraction(1, 2))]
    found = control_test(resolved.votes, {}, INSIDE | {THROUGH_HOLDINGS})
    assert found.inside_votes_bp == 7000


def test_a_body_without_a_register_counts_by_its_class() -> None:
    held = [VotesHeld("Staff", "worker", 74), VotesHeld("Parent", "franchisor", 26, body=7)]

    assert resolve(held, {}, INSIDE).votes == {"worker": 74, "franchisor": 26}


def test_bodies_that_hold_each_other_are_followed_five_levels_and_then_cut() -> None:
    a = [VotesHeld("Staff", "worker", 1), VotesHeld("B", "investor", 1, body=2)]
    b = [VotesHeld("A", "investor", 1, body=1)]

    resolved = resolve(a, {1: a, 2: b}, INSIDE)

    assert max(step.level for step in resolved.steps) == DEEPEST + 1
    assert [step.level for step in resolved.steps if step.was_cut] == [DEEPEST + 1]
    # Down the chain half is inside each time A is met: 1/2 + 1/4 + 1/8, then nothing.
    found = control_test(resolved.votes, {}, INSIDE | {THROUGH_HOLDINGS})
    assert found.inside_votes_bp == 8750


def test_a_case_file_may_name_organisations_that_hold_votes() -> None:
    case = {
        "id": "chain",
        "votes": {"worker": 40, "alpha": 60},
        "board": {},
        "organisations": {
            "Alpha": {"user": 1, "beta": 1},
            "beta": {"worker": Decimal("0.25"), "investor": Decimal("0.75")},
        },
    }

    result = _counted(case)

    # 40, and of 60 one half and a quarter of the other
    assert result["inside_votes_bp"] == 7750
    assert result["outside_block_on_75pct"] == []
    assert "cut_chains" not in result


def test_a_case_file_names_organisations_that_hold_each_other() -> None:
    case = {
        "votes": {"worker": 50, "alpha": 50},
        "board": {},
        "organisations": {"alpha": {"beta": 1}, "beta": {"alpha": 1, "worker": 1}},
    }

    assert _counted(case)["cut_chains"] == ["beta"]


def _counted(case: dict[str, Any]) -> dict[str, Any]:
    answers: Any = count_cases([case])
    result: dict[str, Any] = answers[0]["result"]
    return result
