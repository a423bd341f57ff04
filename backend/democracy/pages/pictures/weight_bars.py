"""The weights that were decided, each against the one in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.counting.shares import THOUSANDTHS, largest_remainder
from backend.democracy.pages.pictures import WIDTH

LABEL_ROOM = 52
"""At the right of each bar, for its figure."""


@dataclass(frozen=True, slots=True)
class WeightBar:
    """One rule: its weights in per cent with one decimal, and its bars' lengths."""

    label: str
    decided: str
    present: str
    change: str
    length: int
    present_length: int


def weight_bars(
    labels: Sequence[str], *, decided: Sequence[int], present: Sequence[int]
) -> list[WeightBar]:
    """Return one bar for each rule, from zero, all on one scale.

    Parameters
    ----------
    decided
        Thousandths.
    present
        Weights of any sum; they are shown as the thousandths that they come to.
    """
    before = largest_remainder(THOUSANDTHS, present)
    longest = max([*decided, *before])
    room = WIDTH - LABEL_ROOM
    bars = []
    for label, new, old in zip(labels, decided, before, strict=True):
        length, present_length = new * room // longest, old * room // longest
        bars.append(
            WeightBar(
                label=label,
                decided=_per_cent(new),
                present=_per_cent(old),
                change=_change(new - old),
                length=length,
                present_length=present_length,
            )
        )
    return bars


def _per_cent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10} %"


def _change(thousandths: int) -> str:
    if thousandths == 0:
        return "same"
    sign = "+" if thousandths > 0 else "\N{MINUS SIGN}"
    return f"{sign}{abs(thousandths) // 10}.{abs(thousandths) % 10}"
