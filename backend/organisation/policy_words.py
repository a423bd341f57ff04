"""Names and plain words of what members vote on for the rota: one table of rules, one of limits.

Papers, results and the public log say what a rule or a limit is in these words and no others; the
web front end says the same of rules, see `frontend/src/features/rota-policy/rules.ts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RULE_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "continuity": (
        "Familiar faces",
        "Clients are visited by carers they know, and by few different ones.",
    ),
    "travel": ("Less travel", "Short ways between visits."),
    "weekend_fairness": ("Weekends off", "Who asked for the weekend off gets it."),
    "contract_hours": (
        "Contract hours",
        "Everybody gets the hours in their contract, not fewer and not more.",
    ),
    "preferred_times": (
        "Carers' wishes",
        "Days off, times and clients that carers asked for or would rather avoid.",
    ),
    "gaps": ("No gaps", "Little waiting, and few split days."),
    "rota_stability": (
        "A rota that stays",
        "What was published changes as little as it can.",
    ),
}
"""A rule's name and what it does for whom, in the order of the paper."""


@dataclass(frozen=True, slots=True)
class LimitWords:
    """What a limit is called on the paper.

    Attributes
    ----------
    title
        The question.
    unit
        What stands after a value; "clock" where it is a minute of the day.
    law_end
        The end of the scale that the law closes, "low" or "high"; empty where it is none.
    law
        What the law says there.
    """

    title: str
    unit: str = ""
    law_end: str = ""
    law: str = ""


LIMIT_WORDS: Final[Mapping[str, LimitWords]] = {
    "max_day_minutes": LimitWords("Most work in a day", "minutes", "high", "Rest between days."),
    "daily_rest_minutes": LimitWords(
        "Rest between two working days", "minutes", "low", "The law asks for 11 hours."
    ),
    "weekly_rest_minutes": LimitWords(
        "Rest in a week", "minutes", "low", "The law asks for 24 hours."
    ),
    "stretch_minutes": LimitWords(
        "Most work without a break", "minutes", "high", "After 6 hours the law asks for a break."
    ),
    "break_minutes": LimitWords(
        "Length of a break", "minutes", "low", "The law asks for 20 minutes."
    ),
    "split_gap_minutes": LimitWords("Longest gap that does not make a day a split one", "minutes"),
    "max_consecutive_days": LimitWords(
        "Most working days in a row", "days", "high", "The law asks for a day of rest each week."
    ),
    "max_weekends_in_four": LimitWords("Most working weekends in four", "weekends"),
    "latest_finish_before_early": LimitWords("Latest finish before an early start", "clock"),
    "early_start_minute": LimitWords("Before which time a start is early", "clock"),
    "max_splits_week": LimitWords("Most split shifts a week", "split shifts"),
    "max_idle_minutes": LimitWords("Longest idle gap on duty", "minutes"),
    "max_journey_minutes": LimitWords("Longest journey between two visits", "minutes"),
    "rota_days": LimitWords("Least notice of a published rota", "days"),
}
"""The limits of `rota_policy.VOTED_LIMITS`."""
