"""Continuity figures, on the worked example that the measures are defined with."""

import pytest

from backend.rota.selectors.continuity import continuity_of


def test_ten_six_and_four_visits_of_three_carers() -> None:
    found = continuity_of([1] * 10 + [2] * 6 + [3] * 4)

    assert (found.visits, found.carers) == (20, 3)
    assert found.usual_carer_share == pytest.approx(0.5)
    assert found.index == pytest.approx(0.347, abs=0.0005)


def test_one_visit_has_no_index_and_none_has_no_share() -> None:
    assert continuity_of([7]).index is None
    assert continuity_of([7]).usual_carer_share == 1
    assert continuity_of([]).usual_carer_share is None


def test_always_the_same_is_one_and_never_twice_is_nought() -> None:
    assert continuity_of([1, 1, 1]).index == 1
    assert continuity_of([1, 2, 3]).index == 0
