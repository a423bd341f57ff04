"""A range of starts that a visit may have; most visits have one, some have alternatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from scheduler.problem_error import ProblemError
from scheduler.units import DAY, Minute, Minutes

Periods: TypeAlias = tuple[tuple[Minute, Minute], ...]
"""Ranges of starts, both ends included, in order of time."""

MOST_ALTERNATIVES: Final = 6
"""Windows of a visit beside its first; a day has no room for more that mean anything."""


@dataclass(frozen=True, slots=True)
class Window:
    """Starts from `earliest` to `latest`, both included; `target` is the best of them.

    `soft` is a range around the target, both ends included; starts outside it have a price of their
    own. None: there are none.
    """

    target: Minute
    earliest: Minute
    latest: Minute
    soft: tuple[Minute, Minute] | None = None

    @property
    def soft_range(self) -> tuple[Minute, Minute]:
        """The starts without that price."""
        return (self.earliest, self.latest) if self.soft is None else self.soft

    def since(self, now: Minute) -> "Window":
        """Return what is left of the window from a minute on, which is not after its end."""
        soft = self.soft and (max(self.soft[0], now), max(self.soft[1], now))
        return Window(max(self.target, now), max(self.earliest, now), self.latest, soft)

    def outside(self, start: Minute) -> Minutes:
        """Return how many minutes a start lies outside, 0 for one that lies inside."""
        return max(0, self.earliest - start, start - self.latest)

    def check(self, midnight: Minute, minutes: Minutes) -> None:
        """Refuse a window that a visit so long cannot have on the day that begins at midnight."""
        if not midnight <= self.target < midnight + DAY:
            raise ProblemError("target", f"must be on the visit's day, not {self.target}")
        if not midnight <= self.earliest <= self.target:
            reason = f"must be on the target's day and not after the target, not {self.earliest}"
            raise ProblemError("earliest", reason)
        if self.latest < self.target:
            raise ProblemError("latest", f"must not be before the target, not {self.latest}")
        if self.latest + minutes > midnight + DAY:
            reason = "a visit that starts then would run past midnight; make it earlier"
            raise ProblemError("latest", reason)
        first, last = self.soft_range
        if not self.earliest <= first <= self.target <= last <= self.latest:
            reason = "must hold the target and lie inside the window"
            raise ProblemError("soft", f"[{first}, {last}] {reason}")


def check_count(alternatives: int) -> None:
    """Refuse more windows than a visit may have."""
    if alternatives > MOST_ALTERNATIVES:
        reason = f"has {alternatives} rows; {MOST_ALTERNATIVES} is the most"
        raise ProblemError("alternatives", reason)


def in_order(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Return a visit's windows in order of time.

    Parameters
    ----------
    windows
        That of the visit's target first, then its alternatives, by whose numbers faults are named.

    Raises
    ------
    ProblemError
        Two of them have a start in common.
    """
    ordered = sorted(enumerate(windows), key=lambda row: (row[1].earliest, row[1].latest))
    for (number, window), (next_number, following) in pairwise(ordered):
        if following.earliest <= window.latest:
            reason = f"two windows have the start {following.earliest}; join them into one"
            raise ProblemError(f"alternatives[{max(number, next_number) - 1}]", reason)
    return tuple(window for _, window in ordered)


def clipped(periods: Periods, since: Minute, until: Minute) -> Periods:
    """Return what of some periods lies between two minutes, both included."""
    found = ((max(first, since), min(last, until)) for first, last in periods)
    return tuple((first, last) for first, last in found if first <= last)


def window_of(windows: Sequence[Window], start: Minute) -> Window:
    """Return the window that a start lies in, or else the one that it is nearest to."""
    if len(windows) == 1:
        return windows[0]
    return min(windows, key=lambda window: window.outside(start))
