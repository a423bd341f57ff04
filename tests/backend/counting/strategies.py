"""Random votes for properties: small, so that ties, full quotas and gaps happen now and then."""

from hypothesis import strategies as st

from backend.counting.policy import TokenVote, token_vote
from backend.counting.profile import Profile, profile

Ballot = tuple[int, ...]


@st.composite
def token_ballots(draw: st.DrawFn, rules: int, tokens: int = 20) -> Ballot:
    """One ballot that places all its tokens."""
    cuts = sorted(draw(st.lists(st.integers(0, tokens), min_size=rules - 1, max_size=rules - 1)))
    return tuple(b - a for a, b in zip([0, *cuts], [*cuts, tokens], strict=True))


@st.composite
def token_votes(draw: st.DrawFn, *, least_ballots: int = 0) -> TokenVote:
    """A vote on two to six rules."""
    rules = draw(st.integers(2, 6))
    ballots = draw(st.lists(token_ballots(rules), min_size=least_ballots, max_size=12))
    present = draw(st.lists(st.integers(0, 400), min_size=rules, max_size=rules).filter(any))
    eligible = len(ballots) + draw(st.integers(0, 40))
    return token_vote(ballots, present=present, eligible=eligible)


@st.composite
def profiles(draw: st.DrawFn, *, most_candidates: int = 7) -> Profile:
    """A ranked election; small numbers of papers make ties likely."""
    candidates = draw(st.integers(1, most_candidates))
    numbers = st.integers(1, candidates)
    rankings = st.lists(numbers, unique=True, max_size=candidates)
    papers = draw(st.lists(st.tuples(st.integers(1, 30), rankings), max_size=14))
    return profile(
        seats=draw(st.integers(1, 5)),
        candidates=[f"Candidate {number}" for number in range(1, candidates + 1)],
        papers=papers,
        withdrawn=draw(st.sets(numbers, max_size=1)) if candidates > 1 else (),
    )


@st.composite
def close_profiles(draw: st.DrawFn) -> Profile:
    """An election of a handful of full rankings: most have ties that an earlier stage settles."""
    candidates = draw(st.integers(6, 8))
    # Drawn by a generator: what Hypothesis draws by itself is too regular to tie late.
    random = draw(st.randoms(use_true_random=True))
    numbers = range(1, candidates + 1)
    return profile(
        seats=draw(st.integers(1, 3)),
        candidates=[f"Candidate {number}" for number in numbers],
        papers=[(1, random.sample(numbers, candidates)) for _ in range(draw(st.integers(8, 20)))],
    )
