"""Random questions of every kind, with their votes."""

from hypothesis import strategies as st

from backend.democracy.counting.limits import Scale
from backend.democracy.counting.lots import SeededLots
from backend.democracy.counting.questions import (
    ApprovalQuestion,
    LimitQuestion,
    MeekSeatsQuestion,
    PackagesQuestion,
    Question,
    ResolutionQuestion,
    SeatsQuestion,
    StaffQuestion,
    VacancyQuestion,
    WeightsQuestion,
)
from backend.democracy.counting.schulze import GroupedRanking, PackageVote
from backend.democracy.counting.stv import count_stv
from backend.democracy.counting.thresholds import (
    Resolution,
    ResolutionKind,
    SecondMeeting,
    StaffBallot,
)
from tests.backend.democracy.counting.strategies import close_profiles, profiles, token_votes

SEED, ELECTION = "5f2c9a7e41d0b836", "council-2027"
quorums = st.integers(0, 100).map(lambda part: (part, 100))


@st.composite
def weights(draw: st.DrawFn) -> Question:
    """Tokens on some rules."""
    vote = draw(token_votes())
    return WeightsQuestion("q", tuple(f"rule {n}" for n in range(len(vote.present))), vote)


@st.composite
def limits(draw: st.DrawFn) -> Question:
    """Values on a scale in steps of five."""
    values = st.integers(0, 6).map(lambda n: 10 + 5 * n)
    chosen = draw(st.lists(values, max_size=12))
    eligible = len(chosen) + draw(st.integers(0, 20))
    scale = Scale(10, 40, 5)
    return LimitQuestion("q", scale, draw(values), eligible, draw(quorums), tuple(chosen))


@st.composite
def resolutions(draw: st.DrawFn) -> Question:
    """Votes near the lines that are drawn."""
    votes_for, against, abstain = (draw(st.integers(0, 40)) for _ in range(3))
    second = st.builds(
        SecondMeeting, st.integers(0, 3), st.integers(0, 3), st.sampled_from([13, 14, 31, 32])
    )
    vote = Resolution(
        draw(st.sampled_from(ResolutionKind)),
        votes_for + against + abstain + draw(st.integers(0, 60)),
        votes_for,
        against,
        abstain,
        draw(st.none() | second),
    )
    return ResolutionQuestion("q", vote)


@st.composite
def staff_ballots(draw: st.DrawFn) -> Question:
    """Votes of a staff, with the even ones among them."""
    yes, no, spoilt = (draw(st.integers(0, 20)) for _ in range(3))
    eligible = yes + no + spoilt + draw(st.integers(0, 20))
    return StaffQuestion("q", StaffBallot(eligible, yes, no, spoilt))


@st.composite
def grouped_rankings(draw: st.DrawFn, options: int) -> GroupedRanking:
    """A ranking of some options, some of them equal."""
    order = draw(st.permutations(range(1, options + 1)))[: draw(st.integers(0, options))]
    groups: list[tuple[int, ...]] = []
    equal = draw(st.lists(st.booleans(), min_size=len(order), max_size=len(order)))
    for option, is_equal in zip(order, equal, strict=True):
        if groups and is_equal:
            groups[-1] = (*groups[-1], option)
        else:
            groups.append((option,))
    return tuple(groups)


@st.composite
def packages(draw: st.DrawFn) -> Question:
    """Rankings of two to six packages."""
    options = draw(st.integers(2, 6))
    papers = draw(st.lists(st.tuples(st.integers(1, 9), grouped_rankings(options)), max_size=9))
    present = draw(st.none() | st.integers(1, options))
    names = tuple("abcdef"[:options])
    return PackagesQuestion("q", PackageVote(names, tuple(papers), present))


@st.composite
def approvals(draw: st.DrawFn) -> Question:
    """How many tick each of some options, often equally many."""
    cast = draw(st.integers(0, 6))
    approved = draw(st.lists(st.integers(0, cast), min_size=2, max_size=6))
    names = tuple("abcdef"[: len(approved)])
    return ApprovalQuestion("q", names, cast, tuple(approved))


@st.composite
def vacancies(draw: st.DrawFn) -> Question:
    """A seat that becomes free after an election."""
    papers = draw(profiles())
    leaver, *sitting = count_stv(papers, SeededLots(SEED, ELECTION)).elected
    return VacancyQuestion("q", papers, leaver, tuple(sitting))


seats = profiles().map(lambda papers: SeatsQuestion("q", papers))
close_seats = close_profiles().map(lambda papers: SeatsQuestion("q", papers))
meek_seats = profiles(most_candidates=5).map(lambda papers: MeekSeatsQuestion("q", papers))

KINDS: dict[str, st.SearchStrategy[Question]] = {
    "weights": weights(),
    "limit": limits(),
    "resolution": resolutions(),
    "staff": staff_ballots(),
    "approvals": approvals(),
    "packages": packages(),
    "seats": seats,
    "close seats": close_seats,
    "vacancy": vacancies(),
    "meek": meek_seats,
}
