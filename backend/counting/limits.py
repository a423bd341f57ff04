"""One value on an ordered scale: the median, leaning to what is in force ("median-1")."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.counting.input_error import InputError

METHOD = "median-1"


@dataclass(frozen=True)
class Scale:
    """The values that may be chosen: from `low` to `high`, both included, in steps."""

    low: int
    high: int
    step: int = 1

    def check(self, value: int, path: str) -> None:
        """Refuse a value that is not on the scale."""
        if not self.low <= value <= self.high or (value - self.low) % self.step:
            raise InputError(
                path, f"{value} is not on the scale {self.low} to {self.high}, step {self.step}"
            )


def count_limit(chosen: Sequence[int], *, present: int, quorum_count: int = 0) -> int:
    """Return the middle one of the values that members chose.

    Missing ballots up to the quorum count as the present value, and an even number gets the
    present value once more: then there is always one in the middle. Blank ballots are not in
    `chosen`. Without any, the present value stays.
    """
    values = [*chosen, *[present] * max(0, quorum_count - len(chosen))]
    if len(values) % 2 == 0:
        values.append(present)
    return sorted(values)[len(values) // 2]
