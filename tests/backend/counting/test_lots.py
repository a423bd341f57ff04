"""Lots fall as the seed says that was fixed before the vote."""

from backend.counting.lots import (
    Lots,
    SeededLots,
    commitment,
    every_outcome,
    lot_order,
)

SEED, ELECTION = "5f2c9a7e41d0b836", "council-2027"


def test_the_published_example_of_an_order_of_lots() -> None:
    assert commitment(SEED) == "656c187870ca626391bb217fe41a4da06a14ccb7e517ac6931820fe8872c1313"
    assert lot_order(SEED, ELECTION, range(1, 6)) == [5, 1, 4, 3, 2]


def test_the_earliest_goes_first_and_the_latest_is_excluded() -> None:
    lots = SeededLots(SEED, ELECTION)

    assert lots.draw([1, 2, 4], to_lose=False) == 1
    assert lots.draw([4, 2, 1], to_lose=True) == 2
    assert [(lot.tied, lot.drawn) for lot in lots.drawn] == [((1, 2, 4), 1), ((1, 2, 4), 2)]


def test_every_way_in_which_lots_can_fall_is_tried_once() -> None:
    def drop_one_by_one(lots: Lots) -> list[int]:
        left = [1, 2, 3]
        while len(left) > 1:
            left.remove(lots.draw(left, to_lose=True))
        return left

    outcomes, complete = every_outcome(drop_one_by_one)

    assert complete
    assert [tuple(lot.drawn for lot in outcome.lots) for outcome in outcomes] == [
        (1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)
    ]  # fmt: skip
    assert [outcome.elected for outcome in outcomes] == [(3,), (2,), (3,), (1,), (2,), (1,)]


def test_too_many_ways_are_cut_off_and_said_so() -> None:
    def draw_often(lots: Lots) -> list[int]:
        return [lots.draw([1, 2], to_lose=True) for _ in range(9)]

    outcomes, complete = every_outcome(draw_often, most=100)

    assert (len(outcomes), complete) == (100, False)
