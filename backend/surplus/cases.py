"""Dividing a pot from a file, for `./roundtable count`."""

from backend.counting.cases import Kind
from backend.counting.fields import Field
from backend.surplus.division import Basis, Caps, Element, MemberYear, divide


def _allocation(case: Field) -> dict[str, object]:
    division = divide(
        case["pot_pence"].whole(),
        [_element(element) for element in case["elements"].items()],
        _members(case["members"]),
        _caps(case),
    )
    return {
        "sub_pots": list(division.sub_pots_pence),
        "rows": [
            [share.number, *share.parts_pence, share.total_pence] for share in division.shares
        ],
    }


def _element(element: Field) -> Element:
    parts = element.items()
    if len(parts) != 2:
        element.refuse('must hold a basis and its thousandths, such as ["hours", 600]')
    bases = [str(basis) for basis in Basis]
    if parts[0].text() not in bases:
        parts[0].refuse(f"there is no basis {parts[0].text()!r}; there are {', '.join(bases)}")
    return Element(Basis(parts[0].text()), parts[1].whole())


def _members(members: Field) -> list[MemberYear]:
    read: dict[int, MemberYear] = {}
    for member in members.items():
        number = member["no"].whole()
        if number in read:
            member["no"].refuse(f"member {number} stands twice")
        included = member.maybe("included")
        read[number] = MemberYear(
            number=number,
            hours_hundredths=member.whole_or("hours_hundredths", 0),
            months_service=member.whole_or("months_service", 0),
            membership_months=member.whole_or("membership_months", 0),
            pay_pence=member.whole_or("pay_pence", 0),
            included=included is None or included.truth(),
        )
    return list(read.values())


def _caps(case: Field) -> Caps:
    """Return the caps of a file: null is no cap, a missing one is that of the rules."""
    given = case.maybe("caps")
    if given is None:
        return Caps()
    caps = {
        name: None if part.value is None else part.whole()
        for name, part in given.entries()
        if name in ("hours_hundredths", "tenure_months")
    }
    return Caps(**caps)


KINDS = (Kind("division of a pot", lambda case: "pot_pence" in case, _allocation),)
