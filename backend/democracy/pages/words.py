"""Plain words for what stands on papers and pages by name: rules, states, refusals."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from backend.core.errors import RefusalError
from backend.democracy.models import BallotKind, BallotState
from backend.organisation.policy_words import RULE_WORDS

STATES: Mapping[BallotState, str] = {
    BallotState.DRAFT: "Being prepared",
    BallotState.ROLL_FROZEN: "Not open yet",
    BallotState.OPEN: "Open",
    BallotState.CLOSED: "Closed",
    BallotState.UNLINKED: "Closed, waiting to be opened",
    BallotState.OPENED: "Opened, being counted",
    BallotState.DECLARED: "Result declared",
    BallotState.CHALLENGED: "Result challenged",
    BallotState.FINAL: "Final",
    BallotState.VOID: "Cancelled",
}

HOW_IT_WORKS: Mapping[BallotKind, tuple[str, str, str]] = {
    BallotKind.POLICY: (
        "You place tokens on what matters to you, and choose limits.",
        "A rule counts for more the more people give it that much; of the limits, the one in the "
        "middle of all answers counts.",
        "You do best by saying what you really want: nothing else brings the result nearer to it.",
    ),
    BallotKind.RESOLUTION: (
        "You say yes or no, or abstain.",
        "The page of the result says how many votes were needed.",
        "Each member has one vote.",
    ),
    BallotKind.PACKAGES: (
        "You put whole packages in order, best first.",
        "Each is compared with each other one; the one that more people put above all others wins.",
        "Two may share a place, and those you leave out come last.",
    ),
    BallotKind.ELECTION: (
        "You number candidates in the order you want them, as many as you like.",
        "Your vote goes to your first; what they do not need goes to your next, and all of it if "
        "they drop out.",
        "So a lower place never harms the one you put first.",
    ),
    BallotKind.POLL: (
        "You tick everything you would be content with.",
        "All ticks are added up.",
        "This is advice: it decides nothing by itself.",
    ),
}

WHO_SEES_IT = (
    "Your vote is sealed at once. Nobody can read it before the close, and after the close nobody "
    "can join it to your name."
)

REFUSALS: Mapping[str, str] = {
    "democracy.too_late": "This vote has closed. What you cast before the close still counts.",
    "democracy.not_due": "It is too early for this.",
    "democracy.not_a_member": "You are not on the list of who may vote here.",
    "democracy.paper_or_here": "You have been given a paper form, so you cannot vote here too.",
    "democracy.bad_answer": "One of the answers does not fit its question. Please look again.",
    "democracy.wrong_state": "This has moved on in the meantime. Please look again.",
    "democracy.not_your_office": "Somebody else holds the office that does this.",
    "democracy.key_missing": "The key is missing, is no key, or is not confirmed by all three.",
    "democracy.counts_differ": "The numbers of ballots differ. Nothing was changed.",
    "democracy.papers_missing": "Paper forms have not been entered yet.",
    "democracy.not_the_box": "This file does not hold exactly what is in the box.",
    "democracy.box_not_ready": "The box is not ready yet: names are still being taken off.",
    "democracy.bad_paper": "The questions do not fit together any more. Please set them again.",
    "democracy.not_declared": "There is no result yet.",
    "democracy.policy_not_possible": "The rota cannot hold what was voted any more.",
    "democracy.conflict_of_offices": "A candidate can be neither returning officer nor scrutineer, "
    "and the returning officer no scrutineer; there must be three scrutineers.",
    "democracy.bad_plan": "These dates, this branch or these members do not fit together.",
    "democracy.too_many_papers": "More papers were typed in than were given out.",
}

OFFICER_REFUSALS: Mapping[str, str] = {
    "democracy.not_a_member": "This member had no vote on the record date, or is not on the list.",
    "democracy.paper_or_here": "This member has voted here and can change that vote until the "
    "close, but not vote on paper too.",
    "democracy.key_missing": "The scrutineers have not all confirmed their share of the key.",
}
"""What the same refusals mean to whoever runs the vote."""


def rule_words(name: str) -> tuple[str, str]:
    """Return a rule's words; a name without words stands for itself."""
    return RULE_WORDS.get(name, (name, ""))


def refusal_words(code: str) -> str:
    """Return what to say to somebody who is refused."""
    return REFUSALS.get(code, f"This is not possible now ({code}).")


def officer_refusal(refusal: RefusalError) -> str:
    """Return what to say to a returning officer who is refused, with the moment it depends on."""
    match refusal.code, refusal.params:
        case "democracy.not_due", {"possible_at": str(moment)}:
            if "T" not in moment:
                return f"It is too early: this is possible after {day_words(moment)} is over."
            return f"It is too early: this is possible from {moment_words(moment)} on."
        case "democracy.too_late", {"possible_until": str(moment)}:
            return f"It is too late: this was possible until {moment_words(moment)}."
        case "democracy.bad_paper", {"wrong": str(wrong)}:
            return f"The questions cannot be put like this: {wrong}."
    return OFFICER_REFUSALS.get(refusal.code) or refusal_words(refusal.code)


def moment_words(moment: datetime | str) -> str:
    """Return a moment as the pages write it, in local time."""
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return date_format(localtime(found), "D j M Y, H:i")


def day_words(day: date | str) -> str:
    """Return a day as the pages write it."""
    return date_format(date.fromisoformat(day) if isinstance(day, str) else day, "D j M Y")
