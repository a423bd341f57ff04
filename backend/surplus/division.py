"""The members' share divided to the penny ("division-1").

Each element (hours, equal, tenure, pay) is a part of the pot, divided by the members' measure of
it. Both steps give the pennies left over to the largest fractions, so that every line of a
statement is true and every part of the pot is used up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.counting.shares import largest_remainder

METHOD = "division-1"


class Basis(StrEnum):
    """What a member's part of an element goes by."""

    HOURS = "hours"
    PAY = "pay"
    EQUAL = "equal"
    TENURE = "tenure"


@dataclass(frozen=True)
class Caps:
    """How much of a measure counts at the most; None is no cap.

    The cap on hours, thirty a week, favours those who work part-time.
    """

    hours_hundredths: int | None = 156_000
    tenure_months: int | None = 120


@dataclass(frozen=True)
class MemberYear:
    """What a member's parts are measured by.

    Parameters
    ----------
    hours_hundredths
        Paid hours of the year, in hundredths of an hour.
    months_service
        Completed months of service at the year's end.
    membership_months
        Months of membership in the year, 0 to 12.
    included
        Whether the member shares at all.
    """

    number: int
    hours_hundredths: int = 0
    months_service: int = 0
    membership_months: int = 0
    pay_pence: int = 0
    included: bool = True


@dataclass(frozen=True)
class Element:
    """One part of the pot, in thousandths of it."""

    basis: Basis
    thousandths: int


@dataclass(frozen=True)
class MemberShare:
    """What one member gets from each element, in their order."""

    number: int
    parts_pence: tuple[int, ...]

    @property
    def total_pence(self) -> int:
        """What the member gets in all."""
        return sum(self.parts_pence)


@dataclass(frozen=True)
class Division:
    """A pot divided.

    Parameters
    ----------
    sub_pots_pence
        In the order of elements.
    shares
        In the order of member numbers; who is not included gets zeros.
    returned_pence
        Sub-pots of which nobody had any measure; they go to the divisible reserve.
    """

    sub_pots_pence: tuple[int, ...]
    shares: tuple[MemberShare, ...]
    returned_pence: int


MEASURES: dict[Basis, Callable[[MemberYear, Caps], int]] = {
    Basis.HOURS: lambda member, caps: _capped(member.hours_hundredths, caps.hours_hundredths),
    Basis.PAY: lambda member, _caps: member.pay_pence,
    Basis.EQUAL: lambda member, _caps: member.membership_months,
    Basis.TENURE: lambda member, caps: _capped(member.months_service, caps.tenure_months),
}


def divide(
    pot_pence: int, elements: Sequence[Element], members: Sequence[MemberYear], caps: Caps
) -> Division:
    """Divide a pot; among equal fractions the earlier element or lower number gets the penny."""
    in_order = sorted(members, key=lambda member: member.number)
    sub_pots = largest_remainder(pot_pence, [element.thousandths for element in elements])
    columns = [
        largest_remainder(sub_pot, [_measure(element.basis, member, caps) for member in in_order])
        for element, sub_pot in zip(elements, sub_pots, strict=True)
    ]
    return Division(
        sub_pots_pence=tuple(sub_pots),
        shares=tuple(
            MemberShare(member.number, tuple(column[place] for column in columns))
            for place, member in enumerate(in_order)
        ),
        returned_pence=sum(sub_pots) - sum(map(sum, columns)),
    )


def _measure(basis: Basis, member: MemberYear, caps: Caps) -> int:
    return MEASURES[basis](member, caps) if member.included else 0


def _capped(measure: int, cap: int | None) -> int:
    return measure if cap is None else min(measure, cap)
