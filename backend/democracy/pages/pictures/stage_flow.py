"""A count of seats as a flow: a row of piles for each stage, and where votes went in between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from backend.democracy.pages.pictures import WIDTH

ROW = 30
GAP = 46
TITLE = 24
"""Heights: of a row of piles, of the way to the next, and of the words above a row."""
LEAST_FOR_NUMBER = 14
"""A pile narrower than this has no room for its number; the table has it."""

NON_TRANSFERABLE = 0
"""Stands for the pile of votes that no candidate has."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What a candidate has after a stage; `number` 0 are the non-transferable votes."""

    number: int
    votes: Fraction
    left: int
    width: int
    is_elected: bool
    has_room: bool

    @property
    def middle(self) -> int:
        """Return where its number stands."""
        return self.left + self.width // 2


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Votes on their way from one row to the next; `kind`: stay, move or lost."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One stage as it is drawn, with the ribbons that lead to it from the row above."""

    number: int
    words: str
    words_at: int
    top: int
    middle: int
    piles: tuple[Pile, ...]
    ribbons: tuple[Ribbon, ...]


@dataclass(frozen=True, slots=True)
class StageFlow:
    """The whole drawing."""

    width: int
    height: int
    pile_height: int
    rows: tuple[FlowRow, ...]


def stage_flow(stages: Sequence[Mapping[str, Any]], words: Sequence[str]) -> StageFlow:
    """Return the drawing of a declared count.

    Parameters
    ----------
    stages
        As they are in the result: totals in number order as text with five decimals.
    words
        What happened, one for each stage.
    """
    rows: list[FlowRow] = []
    elected: set[int] = set()
    for index, stage in enumerate(stages):
        elected |= set(stage["elected"])
        top = TITLE + index * (ROW + GAP + TITLE)
        piles = _piles(stage, elected)
        ribbons: tuple[Ribbon, ...] = ()
        if rows:
            ribbons = _ribbons(rows[-1], piles, giver=stage["candidate"], top=top)
        rows.append(
            FlowRow(stage["stage"], words[index], top - 8, top, top + ROW * 2 // 3, piles, ribbons)
        )
    height = rows[-1].top + ROW + 4
    return StageFlow(WIDTH, height, ROW, tuple(rows))


def _totals(stage: Mapping[str, Any]) -> list[tuple[int, Fraction]]:
    votes = [(number, Fraction(text)) for number, text in enumerate(stage["votes"], start=1)]
    return [*votes, (NON_TRANSFERABLE, Fraction(stage["non_transferable"]))]


def _piles(stage: Mapping[str, Any], elected: set[int]) -> tuple[Pile, ...]:
    totals = _totals(stage)
    # Without a valid paper there is nothing to draw, but no reason to fail.
    whole = sum(votes for _, votes in totals) or 1
    piles, before = [], Fraction(0)
    for number, votes in totals:
        left = round(before * WIDTH / whole)
        before += votes
        width = round(before * WIDTH / whole) - left
        if votes:
            piles.append(
                Pile(number, votes, left, width, number in elected, width >= LEAST_FOR_NUMBER)
            )
    return tuple(piles)


def _ribbons(above: FlowRow, piles: Sequence[Pile], *, giver: int, top: int) -> tuple[Ribbon, ...]:
    """Return what stays with its pile, and what the giver's pile hands to others.

    Only one pile gives in a stage, so what another one gains can have come from nowhere else.
    """
    start, end = above.top + ROW, top - TITLE
    before = {pile.number: pile for pile in above.piles}
    ribbons, handed = [], 0
    given = before.get(giver)
    kept_by_giver = next((pile.width for pile in piles if pile.number == giver), 0)
    for pile in piles:
        old = before.get(pile.number)
        stays = min(old.width, pile.width) if old else 0
        if old and stays:
            ribbons.append(Ribbon("stay", _path(old.left, pile.left, stays, start, end)))
        gains = pile.width - stays
        if given and gains > 0 and pile.number != giver:
            # Handed on from the right of what the giver keeps, one beside the other.
            origin = min(given.left + kept_by_giver + handed, given.left + given.width - gains)
            kind = "move" if pile.number else "lost"
            ribbons.append(
                Ribbon(kind, _path(max(origin, 0), pile.left + stays, gains, start, end))
            )
            handed += gains
    return tuple(ribbons)


def _path(from_left: int, to_left: int, width: int, start: int, end: int) -> str:
    bend = (start + end) // 2
    return (
        f"M{from_left} {start}C{from_left} {bend} {to_left} {bend} {to_left} {end}"
        f"H{to_left + width}"
        f"C{to_left + width} {bend} {from_left + width} {bend} {from_left + width} {start}Z"
    )
