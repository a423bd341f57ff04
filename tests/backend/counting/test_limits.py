"""A limit is the middle wish, leaning to what is in force."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.counting.input_error import InputError
from backend.counting.limits import Scale, count_limit

values = st.integers(0, 7)


@given(st.lists(values, max_size=9), values, st.integers(0, 12), st.randoms())
def test_the_order_of_votes_does_not_matter(
    chosen: list[int], present: int, quorum: int, random: Random
) -> None:
    other = list(chosen)
    random.shuffle(other)

    assert count_limit(other, present=present, quorum_count=quorum) == count_limit(
        chosen, present=present, quorum_count=quorum
    )


@given(st.lists(values, min_size=1, max_size=9), values, values)
def test_a_lie_never_brings_a_limit_nearer(others: list[int], wish: int, lie: int) -> None:
    honest = count_limit([*others, wish], present=3)
    lying = count_limit([*others, lie], present=3)

    assert abs(honest - wish) <= abs(lying - wish)


@given(st.lists(values, max_size=9), values)
def test_a_limit_moves_only_with_at_least_half_of_the_votes(
    chosen: list[int], present: int
) -> None:
    result = count_limit(chosen, present=present)

    if result > present:
        assert 2 * sum(value >= result for value in chosen) > len(chosen)
    if result < present:
        assert 2 * sum(value <= result for value in chosen) > len(chosen)


def test_an_even_split_around_what_is_in_force_changes_nothing() -> None:
    assert count_limit([14, 14, 28, 28], present=21) == 21


@pytest.mark.parametrize("value", [6, 10, 29])
def test_a_value_beside_the_scale_is_refused(value: int) -> None:
    with pytest.raises(InputError, match="not on the scale 7 to 28, step 7"):
        Scale(7, 28, 7).check(value, "votes[0]")
