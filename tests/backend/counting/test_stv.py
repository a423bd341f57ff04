"""A Scottish count: no paper is lost, nobody holds more than they may, seats are filled."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from backend.counting.lots import ScriptedLots, SeededLots
from backend.counting.profile import Profile, profile
from backend.counting.stv import ONE, Action, StvResult, count_stv
from tests.backend.counting.strategies import profiles

TEN_PAPERS = [(4, (1, 2)), (3, (1, 3)), (1, (2,)), (2, (3,))]


def _count(papers: Profile) -> StvResult:
    return count_stv(papers, SeededLots("seed", "election"))


def test_the_worked_example_of_ten_papers() -> None:
    result = _count(profile(seats=2, candidates=("Ana", "Bea", "Cal"), papers=TEN_PAPERS))

    assert result.quota == 4
    assert [stage.votes for stage in result.stages] == [
        (700000, 100000, 200000),
        (400000, 271428, 328571),
        (400000, 0, 328571),
    ]
    assert [stage.non_transferable for stage in result.stages] == [0, 1, 271429]
    assert result.elected == (1, 3)
    assert result.elected_without_quota == (3,)


@given(profiles())
def test_every_vote_is_with_somebody_or_non_transferable(papers: Profile) -> None:
    for stage in _count(papers).stages:
        assert stage.non_transferable >= 0
        assert sum(stage.votes) + stage.non_transferable == papers.valid * ONE


@given(profiles())
def test_once_transferred_a_surplus_never_grows_again(papers: Profile) -> None:
    result = _count(papers)

    settled: set[int] = set()
    for stage in result.stages:
        if stage.action == Action.TRANSFER_SURPLUS:
            settled.add(stage.candidate or 0)
        for number in settled:
            assert stage.votes[number - 1] == result.quota * ONE


@given(profiles())
def test_all_seats_are_filled_while_there_are_candidates(papers: Profile) -> None:
    result = _count(papers)

    assert len(result.elected) == min(papers.seats, len(papers.standing))
    assert len(set(result.elected)) == len(result.elected)
    assert set(result.elected) <= set(papers.standing)
    assert [n for stage in result.stages for n in stage.elected] == list(result.elected)


@given(profiles())
def test_who_has_the_quota_of_first_preferences_is_elected(papers: Profile) -> None:
    result = _count(papers)

    for number, votes in enumerate(result.stages[0].votes, 1):
        if votes >= result.quota * ONE:
            assert number in result.elected


@given(profiles(), st.randoms())
def test_the_order_of_papers_does_not_matter(papers: Profile, random: Random) -> None:
    single = [(1, ranking) for times, ranking in papers.papers for _ in range(times)]
    random.shuffle(single)
    shuffled = profile(
        seats=papers.seats,
        candidates=papers.candidates,
        papers=single,
        withdrawn=papers.withdrawn,
        rejected=papers.rejected,
    )

    assert shuffled == papers
    assert _count(shuffled) == _count(papers)


@given(profiles())
def test_a_majority_gets_the_only_seat(papers: Profile) -> None:
    single = papers.with_seats(1)
    first = _count(single).stages[0].votes

    for number, votes in enumerate(first, 1):
        if 2 * votes > papers.valid * ONE:
            assert _count(single).elected == (number,)


def test_without_a_single_valid_paper_lots_decide() -> None:
    empty = profile(seats=1, candidates=("Ana", "Bea"), papers=[(3, ())])

    assert empty.rejected == 3
    assert len(_count(empty).elected) == 1
    assert count_stv(empty, ScriptedLots([1])).elected == (2,)
