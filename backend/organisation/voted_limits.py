"""The limits of a rota that members may vote: each on its scale, whose closed end is hard law."""

from collections.abc import Mapping
from typing import Final

SCALES: Final[Mapping[str, tuple[int, int]]] = {
    "max_consecutive_days": (3, 6),
    "max_weekends_in_four": (1, 4),
    "latest_finish_before_early": (19 * 60, 23 * 60),
    "early_start_minute": (0, 24 * 60),
    "max_splits_week": (0, 7),
    "max_idle_minutes": (15, 120),
    "max_journey_minutes": (10, 45),
}
"""The least and the most of each; a time of the day is in its minutes. Seven days in a row are
closed by the weekly rest (WTR-04); of the other limits the laxest end is no limit of law."""

ASK_HISTORY: Final = frozenset({"max_consecutive_days", "max_weekends_in_four"})
"""Those that need to know the weeks before."""


def fault_of(voted: object) -> str | None:
    """Say what is wrong with voted limits, as what follows their name; None when nothing is."""
    if not isinstance(voted, Mapping):
        return "must be a table of names and limits"
    for name, value in voted.items():
        if name not in SCALES:
            return f"has no limit {name}"
        least, most = SCALES[name]
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            return f"{name} must be a whole number, {least} to {most}"
    return None
