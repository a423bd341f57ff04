"""A whole package wins when no other is preferred to it, over any number of steps."""

from hypothesis import given
from hypothesis import strategies as st

from backend.counting.schulze import PackageVote, count_packages

EXAMPLE = {
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8
}  # fmt: skip


def test_the_published_example_of_five_packages() -> None:
    papers = tuple(
        (times, tuple(("ABCDE".index(letter) + 1,) for letter in ranking))
        for ranking, times in EXAMPLE.items()
    )

    result = count_packages(PackageVote(tuple("ABCDE"), papers))

    assert result.wins == (3, 1, 2, 0, 4)
    assert (result.winner, result.decided_by) == (5, "comparison")


def test_between_two_packages_more_votes_win() -> None:
    papers = ((3, ((1,), (2,))), (2, ((2,),)), (4, ()), (1, ((1, 2),)))

    result = count_packages(PackageVote(("new", "old"), papers))

    assert result.winner == 1
    assert result.preferred == ((0, 3), (2, 0))


def test_what_is_in_force_wins_a_tie_and_else_the_lot() -> None:
    tie = ((1, ((1,), (2,), (3,))), (1, ((2,), (1,), (3,))))

    assert count_packages(PackageVote(("a", "b", "c"), tie, present=2)).winner == 2
    undecided = count_packages(PackageVote(("a", "b", "c"), tie, present=3))
    assert (undecided.winner, undecided.unbeaten, undecided.decided_by) == (None, (1, 2), "lot")
    by_lot = count_packages(PackageVote(("a", "b", "c"), tie), lambda tied: tied[::-1])
    assert (by_lot.winner, by_lot.decided_by) == (2, "lot")


rankings = st.permutations([1, 2, 3, 4]).map(lambda order: tuple((n,) for n in order))


@given(st.lists(st.tuples(st.integers(1, 5), rankings), max_size=8))
def test_a_package_that_beats_every_other_wins(
    papers: list[tuple[int, tuple[tuple[int, ...], ...]]],
) -> None:
    vote = PackageVote(("a", "b", "c", "d"), tuple(papers))
    result = count_packages(vote)

    assert result.unbeaten
    for x in vote.numbers:
        if all(
            result.preferred[x - 1][y - 1] > result.preferred[y - 1][x - 1]
            for y in vote.numbers
            if y != x
        ):
            assert result.winner == x
