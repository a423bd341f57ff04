"""A seat that becomes free is filled from the papers of the election."""

from hypothesis import assume, given

from backend.counting.lots import SeededLots
from backend.counting.profile import Profile, profile
from backend.counting.stv import count_stv
from backend.counting.vacancy import fill_vacancy
from tests.backend.counting.strategies import profiles


def _lots() -> SeededLots:
    return SeededLots("seed", "election")


def test_the_voters_of_the_leaver_choose_who_follows() -> None:
    papers = profile(
        seats=2,
        candidates=("Ana", "Bea", "Cal", "Dot"),
        papers=[(40, (1, 4)), (35, (2, 3)), (15, (3,)), (10, (4,))],
    )

    result = fill_vacancy(papers, leaver=1, sitting=[2], lots=_lots())

    assert count_stv(papers, _lots()).elected == (1, 2)
    assert result.elected == 4


def test_nobody_who_sits_loses_the_seat_though_others_have_more_votes() -> None:
    papers = profile(
        seats=2, candidates=("Ana", "Bea", "Cal", "Dot"), papers=[(5, (2,)), (40, (3,)), (30, (4,))]
    )

    result = fill_vacancy(papers, leaver=1, sitting=[2], lots=_lots())

    assert result.elected == 3
    assert all(stage.candidate != 2 for stage in result.stages)


def test_when_nobody_else_stood_the_seat_stays_free() -> None:
    papers = profile(seats=2, candidates=("Ana", "Bea"), papers=[(3, (1,)), (2, (2,))])

    assert fill_vacancy(papers, leaver=1, sitting=[2], lots=_lots()).elected is None


@given(profiles())
def test_somebody_who_stood_takes_the_seat_whenever_there_is_anybody(papers: Profile) -> None:
    elected = count_stv(papers, _lots()).elected
    assume(elected)
    leaver, *sitting = elected

    result = fill_vacancy(papers, leaver=leaver, sitting=sitting, lots=_lots())

    others = set(papers.standing) - set(elected)
    assert (result.elected in others) if others else result.elected is None
