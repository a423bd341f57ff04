"""Limits of one carer, where the law asks more than the policy does for everybody."""

from dataclasses import dataclass
from typing import Final

from scheduler.problem_error import ProblemError
from scheduler.units import Minutes

CARER_LIMITS: Final = (
    "max_day_minutes",
    "daily_rest_minutes",
    "weekly_rest_minutes",
    "stretch_minutes",
    "break_minutes",
)
"""Those of a policy's limits that a carer may have of their own, in the order of the file."""

_AT_MOST: Final = frozenset({"max_day_minutes", "stretch_minutes"})
"""Limits of which the smaller is the stricter; of the others it is the larger."""


@dataclass(frozen=True, slots=True)
class CarerLimits:
    """What holds for this carer beside the policy: the stricter of the two. None: the policy's.

    A weekly rest of one's own lies wholly inside the week, from Monday 00:00 on. Of the policy's,
    the Sunday before counts too.
    """

    max_day_minutes: Minutes | None = None
    daily_rest_minutes: Minutes | None = None
    weekly_rest_minutes: Minutes | None = None
    stretch_minutes: Minutes | None = None
    break_minutes: Minutes | None = None

    def __post_init__(self) -> None:
        for name, value in self.given().items():
            if value < 0:
                raise ProblemError(name, f"must be zero or more, not {value!r}")

    def stricter_than(self, policy: object) -> dict[str, Minutes]:
        """Return for each limit given here the stricter one, this or that of a policy."""
        return {
            name: (min if name in _AT_MOST else max)(value, getattr(policy, name))
            for name, value in self.given().items()
        }

    def given(self) -> dict[str, Minutes]:
        """Return the limits that this carer has, by name."""
        values = ((name, getattr(self, name)) for name in CARER_LIMITS)
        return {name: value for name, value in values if value is not None}
