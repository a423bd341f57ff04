"""The shape of the control statement: what members read about who controls a body."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.counting.chains import ChainStep
from backend.counting.control import ControlVerdict
from backend.membership.models import CovenantKind, LegalEntity


class FlagCode(StrEnum):
    """What somebody who reads the verdict should also know."""

    CAN_BLOCK = "can_block"
    DILUTED = "diluted"
    COVENANT_BREACHED = "covenant_breached"
    UNDISCLOSED = "undisclosed"
    CHAIN_CUT = "chain_cut"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look out for. `share_bp` is what is, `bound_bp` what it is measured by.

    `subject` names the holder, the promise or the seat; `detail` the kind of fault of a seat.
    """

    code: FlagCode
    subject: str = ""
    share_bp: int | None = None
    bound_bp: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class HolderVotes:
    """Votes of one holder, or of all persons of a class together."""

    holder: str
    kind: str
    votes: int
    share_bp: int | None
    is_inside: bool


@dataclass(frozen=True, slots=True)
class BoardSeats:
    """Voting seats of one class that are filled."""

    kind: str
    seats: int
    is_inside: bool


@dataclass(frozen=True, slots=True)
class CovenantState:
    """A promise in force; `is_kept` None where only a person can judge."""

    kind: CovenantKind
    text: str
    is_kept: bool | None


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """The answer to "who controls us" as at a date."""

    entity: LegalEntity
    as_at: date
    verdict: ControlVerdict
    is_accountable: bool | None
    votes: tuple[HolderVotes, ...]
    board: tuple[BoardSeats, ...]
    covenants: tuple[CovenantState, ...]
    steps: tuple[ChainStep, ...]
    flags: tuple[Flag, ...]
