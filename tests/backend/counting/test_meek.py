"""Meek's count fills the seats and gives in to a solid majority."""

from hypothesis import given

from backend.counting.lots import SeededLots
from backend.counting.meek import ALIKE, ONE, count_meek
from backend.counting.profile import Profile, profile
from tests.backend.counting.strategies import profiles


@given(profiles(most_candidates=5))
def test_every_vote_is_kept_by_somebody_or_runs_out(papers: Profile) -> None:
    result = count_meek(papers, SeededLots("seed", "election"))

    assert len(result.elected) == min(papers.seats, len(papers.standing))
    for point in result.points:
        assert sum(point.votes.values()) + point.exhausted == papers.valid * ONE
    for earlier, later in zip(result.points, result.points[1:], strict=False):
        assert later.quota <= earlier.quota + ALIKE
        assert earlier.excluded not in later.votes


def test_the_quota_falls_as_papers_run_out() -> None:
    papers = profile(
        seats=2,
        candidates=("Ana", "Bea", "Cal"),
        papers=[(60, (1,)), (21, (2,)), (19, (3,))],
    )

    result = count_meek(papers, SeededLots("s", "e"))

    # Of Ana's 60 papers all but the quota run out: q = (40 + q) / 3.
    assert abs(result.points[0].quota - 20 * ONE) < ALIKE
    assert result.elected == (1, 2)
    assert result.points[0].excluded is None


def test_a_party_with_two_quotas_gets_two_seats_however_it_ranks_its_own() -> None:
    papers = profile(
        seats=3,
        candidates=("Ana", "Bea", "Cal", "Dot"),
        papers=[(30, (1, 2)), (25, (2, 1)), (24, (3,)), (20, (4, 3))],
    )

    assert set(count_meek(papers, SeededLots("s", "e")).elected) == {1, 2, 3}
