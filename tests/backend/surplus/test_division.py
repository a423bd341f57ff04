"""A pot is divided to the last penny, in proportion, and by no order but the members' numbers."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.surplus.division import Basis, Caps, Division, Element, MemberYear, divide

measures = st.integers(0, 200_000)
members = st.lists(
    st.builds(
        MemberYear,
        number=st.integers(1, 999),
        hours_hundredths=measures,
        months_service=st.integers(0, 300),
        membership_months=st.integers(0, 12),
        pay_pence=measures,
        included=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda member: member.number,
)
elements = st.lists(
    st.builds(Element, st.sampled_from(Basis), st.integers(0, 1000)), min_size=1, max_size=4
).filter(lambda parts: any(part.thousandths for part in parts))


def _totals(division: Division) -> list[int]:
    return [share.total_pence for share in division.shares]


def _pay(pot: int, *pay: int) -> list[int]:
    people = [MemberYear(number, pay_pence=pence) for number, pence in enumerate(pay, 1)]
    return _totals(divide(pot, [Element(Basis.PAY, 1000)], people, Caps()))


@pytest.mark.parametrize(
    ("pot", "pay", "shares"),
    [
        (100, (1, 1, 1), [34, 33, 33]),
        (1, (1, 1, 1), [1, 0, 0]),
        (1000, (1, 2, 4), [143, 286, 571]),
        (0, (1, 2), [0, 0]),
        (7, (0, 3), [0, 7]),
    ],
)
def test_the_last_pennies_go_to_the_largest_fractions_then_to_lower_numbers(
    pot: int, pay: tuple[int, ...], shares: list[int]
) -> None:
    assert _pay(pot, *pay) == shares


@given(st.integers(0, 10**9), elements, members)
def test_every_penny_is_with_a_member_or_goes_back(
    pot: int, parts: list[Element], people: list[MemberYear]
) -> None:
    division = divide(pot, parts, people, Caps())

    assert sum(division.sub_pots_pence) == pot
    assert sum(_totals(division)) + division.returned_pence == pot
    assert min([0, *_totals(division)]) == 0


@given(st.integers(0, 10**9), elements, members, st.randoms())
def test_the_order_of_members_changes_nothing(
    pot: int, parts: list[Element], people: list[MemberYear], random: Random
) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)

    assert divide(pot, parts, shuffled, Caps()) == divide(pot, parts, people, Caps())


@given(st.integers(0, 10**9), members)
def test_nobody_is_a_whole_penny_away_from_their_exact_part(
    pot: int, people: list[MemberYear]
) -> None:
    division = divide(pot, [Element(Basis.PAY, 1000)], people, Caps())
    pay = {member.number: member.pay_pence * member.included for member in people}

    if sum(pay.values()):
        for share in division.shares:
            exact = Fraction(pot * pay[share.number], sum(pay.values()))
            assert abs(share.total_pence - exact) < 1


def test_what_nobody_has_a_measure_of_goes_back() -> None:
    people = [MemberYear(1, pay_pence=10), MemberYear(2, months_service=9, included=False)]
    parts = [Element(Basis.PAY, 750), Element(Basis.TENURE, 250)]

    division = divide(1000, parts, people, Caps())

    assert _totals(division) == [750, 0]
    assert division.returned_pence == 250


def test_hours_above_the_cap_do_not_count_unless_the_rules_have_none() -> None:
    people = [MemberYear(1, hours_hundredths=156_000), MemberYear(2, hours_hundredths=312_000)]
    parts = [Element(Basis.HOURS, 1000)]

    assert _totals(divide(300, parts, people, Caps())) == [150, 150]
    assert _totals(divide(300, parts, people, Caps(hours_hundredths=None))) == [100, 200]
