"""Names for the numbers that the scheduler counts in, and the few fixed lengths of time."""

from typing import Final, TypeAlias

Minute: TypeAlias = int
"""A moment: whole minutes since Monday 00:00 local (wall) time. Negative is the week before."""

Minutes: TypeAlias = int
"""A length of time in whole minutes."""

Day: TypeAlias = int
"""A calendar day of the week, 0 (Monday) to 6 (Sunday)."""

Points: TypeAlias = float
"""What the members' weights price; lower is better."""

DAY: Final[Minutes] = 1440
DAYS_IN_WEEK: Final = 7
WEEK: Final[Minutes] = DAYS_IN_WEEK * DAY
SATURDAY: Final[Day] = 5

_DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment_text(minute: Minute) -> str:
    """Return a moment of the week as people say it: "Tue 09:05"."""
    day, rest = divmod(minute, DAY)
    return f"{_DAY_NAMES[day % DAYS_IN_WEEK]} {time_text(rest)}"


def time_text(minutes: Minutes) -> str:
    """Return a time of the day, or a length of time, as hours and minutes: "09:05"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
