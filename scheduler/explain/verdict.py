"""What is said about one carer and one visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from scheduler.units import Minute, Points

Outcome: TypeAlias = Literal["CAN", "CAN_IF", "CANNOT"]

CAN: Final = "CAN"
CAN_IF: Final = "CAN_IF"
CANNOT: Final = "CANNOT"


@dataclass(frozen=True, slots=True)
class Fault:
    """A hard rule in the way of a carer; `shortfall` is how far it would be broken."""

    code: str
    shortfall: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a carer can make a visit in the rota as it stands.

    Attributes
    ----------
    outcome
        "CAN" at the planned start (the target while the visit is open); "CAN_IF" at another start
        inside its window, beside a second carer who is yet to be found, or when the visit in
        `moves` is moved or given to somebody else; else "CANNOT".
    code
        The first rule in the way; None when there is none.
    cost_change
        Points added to the cost of the solution, below zero when it gets better; None when that
        cannot be told. In an open double-up it is this carer's half.
    start
        When the carer could start; None for "CANNOT".
    moves
        The other visit that would have to go; None when there is none.
    moves_to, moves_start
        Where it could go in the rota as it stands: to another carer at its present start, or,
        with the same carer, to another start. Both None when it would be left open.
    replaces
        Whose place the carer would take; None where a place is empty, or for "CANNOT".
    terms
        `cost_change` by cost term, without those that stay as they are; empty without a price.
    shortfall
        How far the first rule in the way would be broken, as in `Breach`; 0 without one.
    """

    carer: str
    outcome: Outcome
    code: str | None
    message: str
    cost_change: Points | None
    start: Minute | None
    moves: str | None = None
    shortfall: int = 0
    moves_to: str | None = None
    moves_start: Minute | None = None
    replaces: str | None = None
    terms: Mapping[str, Points] = field(default_factory=dict)

    @property
    def is_able(self) -> bool:
        """Nothing stands between this carer and the visit but, at most, another start."""
        return self.start is not None and self.code is None
