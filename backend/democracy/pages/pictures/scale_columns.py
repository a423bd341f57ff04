"""How many chose each value of a limit, and which one is in the middle."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backend.democracy.pages.pictures import WIDTH

HEIGHT = 96
"""Of the highest column; above and below it stand words."""


@dataclass(frozen=True, slots=True)
class ScaleColumn:
    """One value of the scale; lengths in units of the drawing, `top` from above."""

    label: str
    votes: int
    is_decided: bool
    is_present: bool
    left: int
    middle: int
    width: int
    top: int
    height: int


def scale_columns(
    scale: Sequence[int], *, chosen: Sequence[int], decided: int, present: int
) -> list[ScaleColumn]:
    """Return a column for each value, upwards.

    Parameters
    ----------
    scale
        Least, most and step, all whole units of the limit.
    chosen
        The values that members gave; missing ballots are not among them.
    """
    low, high, step = scale
    values = range(low, high + 1, step)
    votes = Counter(chosen)
    most = max([*votes.values(), 1])
    place = WIDTH // len(values)
    columns = []
    for index, value in enumerate(values):
        height = votes[value] * HEIGHT // most
        columns.append(
            ScaleColumn(
                label=str(value),
                votes=votes[value],
                is_decided=value == decided,
                is_present=value == present,
                left=index * place + 3,
                middle=index * place + place // 2,
                width=place - 6,
                top=20 + HEIGHT - height,
                height=height,
            )
        )
    return columns
