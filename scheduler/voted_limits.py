"""Limits that members may vote. Hard law is the closed end of each scale; none is needed."""

from dataclasses import dataclass
from typing import Final

from scheduler.problem_error import ProblemError
from scheduler.units import DAY, Minutes

SCALES: Final[dict[str, tuple[int, int]]] = {
    "max_consecutive_days": (3, 6),
    "max_weekends_in_four": (1, 4),
    "latest_finish_before_early": (19 * 60, 23 * 60),
    "early_start_minute": (0, DAY),
    "max_splits_week": (0, 7),
    "max_idle_minutes": (15, 120),
    "max_journey_minutes": (10, 45),
}
"""The least and the most of each, in the order of the file; minutes of the day for times."""

EARLY_START: Final[Minutes] = 8 * 60
"""Before this minute of the day a start is early, where nothing else is given."""

OVER_POINTS: Final = 200.0
"""What each gap, journey or split beyond a vote costs: ten splits, yet less than half of the
cheapest visit of a quarter of an hour that is left open. Care goes before the vote, and the vote
before everything else that is priced."""


@dataclass(frozen=True, slots=True)
class VotedLimits:
    """What was voted; None: nothing.

    Attributes
    ----------
    max_consecutive_days, max_weekends_in_four, latest_finish_before_early
        Never broken (V1 to V3). Who finishes after that minute of a day does not start before
        `early_start_minute` on the next; None is `EARLY_START`.
    max_splits_week, max_idle_minutes, max_journey_minutes
        Priced and reported (V4 to V6): taking a visit out of a day may make a gap or a way longer,
        which no rule that is never broken may suffer from.
    """

    max_consecutive_days: int | None = None
    max_weekends_in_four: int | None = None
    latest_finish_before_early: Minutes | None = None
    early_start_minute: Minutes | None = None
    max_splits_week: int | None = None
    max_idle_minutes: Minutes | None = None
    max_journey_minutes: Minutes | None = None

    def __post_init__(self) -> None:
        for name, value in self.given().items():
            least, most = SCALES[name]
            if not least <= value <= most:
                raise ProblemError(name, f"must be {least} to {most}, not {value!r}")

    def given(self) -> dict[str, int]:
        """Return what was voted, by name."""
        values = ((name, getattr(self, name)) for name in SCALES)
        return {name: value for name, value in values if value is not None}

    @property
    def early_start(self) -> Minutes:
        """The minute of the day before which a start is early."""
        return EARLY_START if self.early_start_minute is None else self.early_start_minute

    @property
    def has_prices(self) -> bool:
        """Whether any limit of those that are priced was voted."""
        priced = (self.max_splits_week, self.max_idle_minutes, self.max_journey_minutes)
        return any(limit is not None for limit in priced)


NOTHING_VOTED: Final = VotedLimits()
