"""Resolutions pass exactly where the law and the rules draw the line."""

import pytest

from backend.counting.thresholds import (
    Resolution,
    ResolutionKind,
    SecondMeeting,
    StaffBallot,
    count_staff_ballot,
    decide,
)

CONFIRMED = SecondMeeting(300, 40, 21)


@pytest.mark.parametrize(
    ("kind", "votes", "carried"),
    [
        ("conversion", (375, 125, 0), True),
        ("conversion", (374, 126, 0), False),
        ("conversion", (319, 106, 0), True),
        ("conversion", (424, 0, 400), False),
        ("merger", (375, 125, 0), True),
        ("merger", (318, 106, 0), False),
        ("amalgamation", (334, 166, 0), True),
        ("transfer", (333, 167, 0), False),
        ("transfer", (2, 1, 0), True),
        ("transfer", (0, 0, 500), False),
        ("rule_change", (200, 100, 0), True),
        ("rule_change", (199, 101, 0), False),
        ("rule_change", (142, 70, 0), False),
        ("rule_change", (142, 71, 0), True),
        ("rule_change", (0, 0, 850), False),
        ("ordinary", (43, 42, 0), True),
        ("ordinary", (42, 42, 1), False),
        ("ordinary", (43, 41, 0), False),
        ("ordinary", (1, 0, 84), True),
        ("confirmation", (2, 1, 0), True),
        ("confirmation", (1, 1, 0), False),
        ("admission", (1, 0, 0), True),
    ],
)
def test_the_first_meeting_carries_what_has_enough_votes(
    kind: str, votes: tuple[int, int, int], *, carried: bool
) -> None:
    resolution = Resolution(ResolutionKind(kind), 850, *votes, second=CONFIRMED)

    result = decide(resolution)

    assert (result.first_meeting, result.passed) == (carried, carried)


@pytest.mark.parametrize(
    ("second", "passed"),
    [
        (None, False),
        (SecondMeeting(2, 1, 13), False),
        (SecondMeeting(2, 1, 14), True),
        (SecondMeeting(2, 1, 31), True),
        (SecondMeeting(2, 1, 32), False),
        (SecondMeeting(1, 1, 21), False),
    ],
)
def test_the_second_meeting_confirms_in_time_or_not_at_all(
    second: SecondMeeting | None, *, passed: bool
) -> None:
    resolution = Resolution(ResolutionKind.TRANSFER, 850, 400, 100, second=second)

    assert decide(resolution).passed is passed


def test_a_small_co_operative_can_still_reach_its_quorum() -> None:
    assert decide(Resolution(ResolutionKind.ORDINARY, 6, 4, 2)).passed
    assert not decide(Resolution(ResolutionKind.ORDINARY, 6, 4, 1)).passed


def test_exactly_half_of_the_staff_is_not_a_majority() -> None:
    assert not count_staff_ballot(StaffBallot(450, yes=225, no=0)).majority_of_staff
    assert count_staff_ballot(StaffBallot(450, yes=226, no=224)).majority_of_staff


def test_where_nobody_voted_there_is_no_share_of_votes() -> None:
    result = count_staff_ballot(StaffBallot(12, yes=0, no=0))

    assert result.of_cast_bp is None
    assert result.turnout_bp == 0
    assert not result.majority_of_votes
