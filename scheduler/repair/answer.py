"""What `repair` gives back: plans, how each differs from what was told, and whom to phone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from scheduler.explain import OpenVisit
from scheduler.model import Assignment, Problem, Solution
from scheduler.units import Minutes, Points

Manner: TypeAlias = Literal["nobody_else", "fewest_changes", "familiar_faces", "cheapest"]
"""What a plan stands for: only the visits in the hole change; the fewest changes altogether; known
carers for the clients; the lowest cost by the members' weights."""


@dataclass(frozen=True, slots=True)
class VisitChange:
    """One visit before and after; None stands for nobody, or for a visit that has gone.

    `client` is None where the problem did not hold the visit in the first place.
    """

    visit: str
    client: str | None
    before: Assignment | None
    after: Assignment | None


Told: TypeAlias = Literal["given", "taken", "moved", "other_carer", "open", "cancelled"]
"""What somebody is told of a visit. A carer: it is yours, no longer yours, at another time. A
client: at another time, other carers come, nobody is found yet, it is not made."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tell. `before` and `after` are the visit as it was and as it is to be."""

    told: Told
    visit: str
    before: Assignment | None
    after: Assignment | None


@dataclass(frozen=True, slots=True)
class Call:
    """A person to phone, and what to tell, in order of time."""

    who: Literal["carer", "client"]
    id: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """One way to repair the week; a whole plan that breaks no rule.

    Attributes
    ----------
    stands_for
        The trade-offs of which it is the best that was found, in the order of `Manner`.
    change_count
        Carers who are no longer on a visit they were told of, and visits that start at another
        time. Visits that are no longer in the week do not count.
    others_changed
        How many of the changed visits could have stayed as they were told.
    open_visits
        Why each visit owed that somebody was to make, and nobody makes now, stays open. To cover
        an urgent visit of the hole, a plan may give up one that matters less.
    open_points
        What those cost (S0), with the price of optional visits that are given up; whoever was
        told of these is among the calls.
    new_faces
        Pairs of client and carer who are not familiar and were not to meet in this week.
    travel_added
        Minutes of travel more than before, below zero when there is less.
    """

    stands_for: tuple[Manner, ...]
    solution: Solution
    changes: tuple[VisitChange, ...]
    calls: tuple[Call, ...]
    change_count: int
    others_changed: int
    open_visits: tuple[OpenVisit, ...]
    open_points: Points
    new_faces: int
    travel_added: Minutes
    cost: Points
    terms: Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan of a kind leaves less open, or has fewer changes while it leaves no more open.

    Both are lower limits; a plan that reaches them is proved to be the best of its kind.
    """

    open_points: Points
    changes: int


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the plans are beyond doubt.

    Attributes
    ----------
    any_plan
        The limits for every plan of this week whatever else changes in it.
    nobody_else
        The limits for plans in which only the visits of the hole change.
    is_least_open, is_fewest_changes
        The plan with the fewest changes leaves, of all plans, the least open; and of those that
        leave no more open, none has fewer changes.
    is_best_alone
        The same two for the plan in which nobody else's visits change, among such plans.
    """

    any_plan: Bound
    nobody_else: Bound
    is_least_open: bool
    is_fewest_changes: bool
    is_best_alone: bool


@dataclass(frozen=True, slots=True)
class RepairAnswer:
    """The plans, the one with the fewest changes first, and what is proved about them.

    Attributes
    ----------
    problem
        The week after the changes, with what people were told as `published`.
    torn
        The visits that could not stay as they were told.
    proof
        None when it was not asked for, the time was up before, or the hole is too large for it.
    rounds
        Rounds of the search in all: the work, the same on every machine.
    """

    problem: Problem
    torn: tuple[str, ...]
    plans: tuple[RepairPlan, ...]
    proof: Proof | None
    rounds: int
