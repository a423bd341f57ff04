"""The life of a ballot as its officer sees it: what is done, what is next, by whom and when."""

from dataclasses import dataclass
from datetime import timedelta

from backend.democracy.models import IS_DECLARED, NEEDED_SCRUTINEERS, Ballot, BallotState
from backend.democracy.pages.words import day_words, moment_words
from backend.democracy.services import challenge_until

YOU = "you"
ITSELF = "by itself"

_PLACES = {state: place for place, state in enumerate(BallotState)}


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One step. `by` says who does it and `when`, in words; `is_next`: it is what all wait for."""

    title: str
    by: str
    when: str
    is_done: bool
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a ballot is, beside its state; counts only, and none of who voted."""

    scrutineers: int
    confirmed: int
    papers_issued: int
    papers_agreed: bool


def progress_of(ballot: Ballot) -> Progress:
    """Return how far a ballot is."""
    batch = getattr(ballot, "paper_batch", None)
    confirmed = ballot.scrutineers.filter(has_confirmed=True).count() if ballot.public_key else 0
    return Progress(
        scrutineers=ballot.scrutineers.count(),
        confirmed=confirmed,
        papers_issued=ballot.roll.filter(paper_issued=True).count(),
        papers_agreed=batch is not None and batch.is_agreed,
    )


def life_of(ballot: Ballot, progress: Progress) -> list[LifeStep]:
    """Return all steps from the questions to the final result, in order.

    A cancelled ballot has none: nothing comes any more.
    """
    if ballot.state == BallotState.VOID:
        return []
    steps = [*_before_voting(ballot, progress), *_after_voting(ballot, progress)]
    following = next((place for place, one in enumerate(steps) if not one.is_done), None)
    return [
        LifeStep(one.title, one.by, one.when, one.is_done, is_next=place == following)
        for place, one in enumerate(steps)
    ]


def _before_voting(ballot: Ballot, progress: Progress) -> list[LifeStep]:
    opens, closes = moment_words(ballot.opens_at), moment_words(ballot.closes_at)
    roll_from = day_words(ballot.record_on + timedelta(days=1))
    is_open = _has_reached(ballot, BallotState.OPEN)
    confirmed = f"{progress.confirmed} of {NEEDED_SCRUTINEERS} have confirmed their share"
    return [
        LifeStep("Set the questions", YOU, "before the list is fixed", bool(ballot.paper)),
        LifeStep(
            "Name three scrutineers",
            YOU,
            f"before {opens}, with time for them to meet",
            progress.scrutineers == NEEDED_SCRUTINEERS,
        ),
        LifeStep(
            "Fix who may vote",
            YOU,
            f"from {roll_from} on",
            _has_reached(ballot, BallotState.ROLL_FROZEN),
        ),
        LifeStep(
            "Make and confirm the key",
            "the three scrutineers",
            f"before the opening; {confirmed}",
            is_open or progress.confirmed == NEEDED_SCRUTINEERS,
        ),
        LifeStep("Open the vote", YOU, f"from {opens} on, before {closes}", is_open),
        LifeStep(
            "The vote closes", ITSELF, f"on {closes}", _has_reached(ballot, BallotState.CLOSED)
        ),
    ]


def _after_voting(ballot: Ballot, progress: Progress) -> list[LifeStep]:
    steps = []
    if progress.papers_issued:
        steps.append(
            LifeStep(
                "Type in the paper forms",
                "two people: you and a scrutineer, or two scrutineers",
                "after the close; nothing goes on before",
                progress.papers_agreed or _has_reached(ballot, BallotState.UNLINKED),
            )
        )
    until = (
        f"until {moment_words(challenge_until(ballot))}"
        if ballot.state in IS_DECLARED
        else f"for {ballot.challenge_days} days after the declaration"
    )
    steps += [
        LifeStep(
            "Names are taken off",
            ITSELF,
            "within minutes",
            _has_reached(ballot, BallotState.UNLINKED) and ballot.is_rewritten,
        ),
        LifeStep(
            "Open the box",
            "two scrutineers",
            "as soon as they can meet",
            _has_reached(ballot, BallotState.OPENED),
        ),
        LifeStep(
            "Count and declare",
            YOU,
            "as soon as the box is open",
            _has_reached(ballot, BallotState.DECLARED),
        ),
    ]
    final = "when the time for challenges is over"
    if ballot.state == BallotState.CHALLENGED:
        steps.append(LifeStep("Decide the challenge", YOU, "with the council", is_done=False))
        final = "with your decision, if you reject the challenge"
    else:
        steps.append(
            LifeStep(
                "Time for challenges",
                "members on the list",
                until,
                ballot.state == BallotState.FINAL,
            )
        )
    steps.append(
        LifeStep(
            "The result is final",
            ITSELF,
            final,
            ballot.state == BallotState.FINAL,
        )
    )
    return steps


def _has_reached(ballot: Ballot, state: BallotState) -> bool:
    return _PLACES[BallotState(ballot.state)] >= _PLACES[state]
