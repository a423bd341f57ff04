"""One broken hard rule, and the face that every rule and every cost term shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from scheduler.model import Problem
from scheduler.rules.plan import Plan
from scheduler.rules.week import CarerWeek
from scheduler.units import Day, Points


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that a solution breaks.

    Attributes
    ----------
    code
        "H0" to "H11", "V1" to "V6".
    carer, visit, day
        Whom and what it concerns; None where the rule is not about one.
    shortfall
        How far it is broken: minutes for rules about time, otherwise a number of things (skills,
        carers, days). Always above zero.
    message
        What is wrong, in plain words and without names.
    """

    code: str
    carer: str | None
    visit: str | None
    day: Day | None
    shortfall: int
    message: str


def code_order(code: str) -> tuple[bool, int]:
    """Return the place of a code: H0 to H11, then what members voted."""
    return code.startswith("V"), int(code[1:])


class PlanRule(Protocol):
    """A hard rule over the whole solution."""

    CODE: str

    def breaches(self, plan: Plan) -> Iterator[Breach]:
        """Yield one breach for each time that the rule is broken."""


class CarerRule(Protocol):
    """A hard rule over one carer's week, so that one carer can be judged alone."""

    CODE: str

    def breaches(self, week: CarerWeek, problem: Problem) -> Iterator[Breach]:
        """Yield one breach for each time that the rule is broken."""


class PlanTerm(Protocol):
    """A cost term over the whole solution."""

    CODE: str
    TERMS: tuple[str, ...]

    def penalty(self, plan: Plan) -> dict[str, Points]:
        """Return the points of each of `TERMS`."""


class CarerTerm(Protocol):
    """A cost term over one carer's week."""

    CODE: str
    TERMS: tuple[str, ...]

    def penalty(self, week: CarerWeek, problem: Problem) -> dict[str, Points]:
        """Return the points of each of `TERMS`."""
