"""Pictures say what the figures say."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backend.counting.policy import token_vote
from backend.counting.profile import profile
from backend.counting.published import published_package
from backend.counting.questions import ApprovalQuestion, SeatsQuestion, WeightsQuestion
from backend.democracy.pages.pictures import WIDTH
from backend.democracy.pages.pictures.scale_columns import scale_columns
from backend.democracy.pages.pictures.stage_flow import stage_flow
from backend.democracy.pages.pictures.weight_bars import weight_bars
from backend.democracy.pages.result_views import answer_views

WORKED = profile(
    seats=2,
    candidates=("Ana", "Bea", "Cal"),
    papers=[(4, (1, 2)), (3, (1, 3)), (1, (2,)), (2, (3,))],
)


def _package(*questions: Any) -> Any:
    return published_package(election="e", seed="5f2c9a7e41d0b836", questions=questions)


def test_a_weight_twice_as_large_has_a_bar_twice_as_long() -> None:
    bars = weight_bars(["a", "b"], decided=[400, 600], present=[250, 250])

    assert bars[0].length * 3 == bars[1].length * 2
    assert [bar.decided for bar in bars] == ["40.0 %", "60.0 %"]
    assert [bar.present for bar in bars] == ["50.0 %", "50.0 %"]
    assert [bar.change for bar in bars] == ["\N{MINUS SIGN}10.0", "+10.0"]


def test_a_column_shows_how_many_chose_a_value() -> None:
    columns = scale_columns([0, 3, 1], chosen=[1, 1, 2], decided=1, present=3)

    assert [(column.label, column.votes) for column in columns] == [
        ("0", 0),
        ("1", 2),
        ("2", 1),
        ("3", 0),
    ]
    assert [column.height for column in columns] == [0, 96, 48, 0]
    assert [column.is_decided for column in columns] == [False, True, False, False]
    assert [column.is_present for column in columns] == [False, False, False, True]


def test_the_flow_of_the_worked_example_moves_a_surplus_and_a_drop_out() -> None:
    package = _package(SeatsQuestion("seats", WORKED))
    stages = package["declared"]["result"]["answers"][0]["result"]["stages"]

    flow = stage_flow(stages, ["one", "two", "three"])

    assert [pile.number for pile in flow.rows[0].piles] == [1, 2, 3]
    assert flow.rows[0].piles[0].votes == Fraction(7)
    assert flow.rows[0].piles[0].is_elected
    # Ana's surplus goes to Bea and Cal; what she keeps stays, and so does what they had.
    kinds = [ribbon.kind for ribbon in flow.rows[1].ribbons]
    assert sorted(kinds) == ["move", "move", "stay", "stay", "stay"]
    # Bea's papers name nobody else.
    assert "lost" in [ribbon.kind for ribbon in flow.rows[2].ribbons]


@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.permutations([1, 2, 3, 4, 5]).map(tuple)),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_of_a_flow_is_as_wide_as_the_drawing(papers: list[Any]) -> None:
    elected = profile(seats=2, candidates=("A", "B", "C", "D", "E"), papers=papers)
    stages = _package(SeatsQuestion("s", elected))["declared"]["result"]["answers"][0]["result"][
        "stages"
    ]

    flow = stage_flow(stages, ["words"] * len(stages))

    for row in flow.rows:
        assert sum(pile.width for pile in row.piles) == WIDTH
        places = [pile.left for pile in row.piles]
        assert places == sorted(places)


def test_a_poll_says_what_most_would_be_content_with() -> None:
    package = _package(ApprovalQuestion("p", ("Blue", "Green"), 7, (3, 6)))

    (poll,) = answer_views(package, headings={}, labels={})

    assert poll.shown["sentence"] == "Most would be content with: Green. 7 members answered."
    assert [bar.votes for bar in poll.shown["bars"]] == [3, 6]


def test_a_result_says_in_a_sentence_what_was_decided() -> None:
    vote = token_vote([(12, 8), (12, 8), (12, 8)], present=(500, 500), eligible=20)
    package = _package(
        WeightsQuestion("w", ("continuity", "travel"), vote), SeatsQuestion("s", WORKED)
    )

    weights, seats = answer_views(
        package, headings={"w": "What counts"}, labels={"continuity": "The same faces"}
    )

    assert weights.heading == "What counts"
    assert "“The same faces” counts most" in weights.shown["sentence"]
    assert "3 of 20 members answered" in weights.shown["sentence"]
    assert "counted 3 times as well" in weights.shown["sentence"]
    assert seats.shown["sentence"] == "Elected: Ana, Cal."
    assert [candidate["votes"][0] for candidate in seats.shown["candidates"]] == [
        "7.00000",
        "1.00000",
        "2.00000",
    ]
