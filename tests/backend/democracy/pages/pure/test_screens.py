"""What the buttons of a paper do, and what is cast of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.democracy.pages.screens import (
    ApprovalScreen,
    ChoiceScreen,
    Draft,
    Option,
    OrderScreen,
    RanksScreen,
    ScaleScreen,
    TokensScreen,
)

RULES = tuple(Option(n, name) for n, name in enumerate(("Faces", "Travel", "Weekends"), start=1))
TOKENS = TokensScreen("weights", "Weights", "", rules=RULES, tokens=20, present=(500, 300, 200))
SPLITS = ScaleScreen(
    "splits",
    "Split days",
    "",
    values=((1, "1"), (2, "2"), (3, "3")),
    present=2,
    closed=((4, "4"),),
)
SEATS = OrderScreen(
    "council",
    "Council",
    "",
    candidates=(Option(3, "Cal"), Option(1, "Ana"), Option(2, "Bea")),
    seats=2,
)
PACKAGES = RanksScreen("which", "Which", "", options=(Option(2, "B"), Option(1, "A")))


def _tokens(*given: int) -> Draft:
    return {f"weights.{n}": str(number) for n, number in enumerate(given, start=1)}


def test_plus_and_minus_move_one_token() -> None:
    draft = TOKENS.press(TOKENS.press(_tokens(5, 0, 0), "add.2"), "take.1")

    assert TOKENS.answer(draft) == [4, 1, 0]
    assert TOKENS.left(draft) == 15
    assert TOKENS.fault(draft) == "You have 15 tokens left. Place them all."


def test_there_is_no_token_beyond_the_last_and_none_to_take_below_zero() -> None:
    full = _tokens(20, 0, 0)

    assert TOKENS.answer(TOKENS.press(full, "add.2")) == [20, 0, 0]
    assert TOKENS.answer(TOKENS.press(full, "take.2")) == [20, 0, 0]
    assert [row.may_add for row in TOKENS.rows(full)] == [False] * 3
    assert [row.may_take for row in TOKENS.rows(full)] == [True, False, False]


def test_the_present_policy_fills_in_all_tokens() -> None:
    draft = TOKENS.press({}, "keep")

    assert TOKENS.answer(draft) == [10, 6, 4]
    assert TOKENS.fault(draft) == ""


def test_numbers_may_be_typed_and_too_many_are_named() -> None:
    assert TOKENS.fault(_tokens(10, 10, 1)) == "You have placed 1 token too many. Take it back."


@pytest.mark.parametrize("typed", ["-3", "x", "1.5", "٣", "9999999999", "", " 4 4 "])
def test_what_is_no_number_of_tokens_is_no_token_and_no_error(typed: str) -> None:
    draft = {"weights.1": typed}

    assert TOKENS.answer(TOKENS.press(draft, "add.1")) == [1, 0, 0]


def test_who_places_no_token_leaves_the_question_blank() -> None:
    assert TOKENS.fault({}) == ""
    assert TOKENS.answer({}) is None
    assert TOKENS.lines({}) == []


def test_a_rule_below_its_floor_is_named() -> None:
    screen = TokensScreen("w", "W", "", rules=RULES, tokens=20, present=(1, 1, 1), floor=1)

    assert screen.fault({"w.1": "19", "w.2": "1"}) == "“Weekends” needs at least 1 token."


def test_after_the_last_token_the_focus_stays_with_the_rule() -> None:
    rows = TOKENS.rows(_tokens(20, 0, 0), pressed="add.1")

    assert [row.focus for row in rows] == ["take", "", ""]


@given(
    st.lists(
        st.sampled_from(["add", "take", "keep", "clear"]).flatmap(
            lambda action: st.integers(0, 9).map(lambda n: f"{action}.{n}")
        ),
        max_size=60,
    )
)
def test_no_row_of_presses_makes_more_tokens_than_there_are(presses: list[str]) -> None:
    draft: Draft = {}
    for button in presses:
        draft = TOKENS.press(draft, button)

    assert 0 <= TOKENS.left(draft) <= TOKENS.tokens


def test_the_end_that_the_law_closes_is_shown_and_cannot_be_chosen() -> None:
    steps = SPLITS.steps({"splits.value": "3"})

    assert [(step.label, step.is_closed) for step in steps][-1] == ("4", True)
    assert SPLITS.answer({"splits.value": "3"}) == 3
    assert SPLITS.fault({"splits.value": "4"}) == "Choose one of the values shown."
    assert SPLITS.answer({}) is None


def test_candidates_get_their_places_in_the_order_of_the_presses() -> None:
    draft: Draft = {}
    for button in ("put.2", "put.1", "put.2", "up.1", "put.3", "out.2"):
        draft = SEATS.press(draft, button)

    assert SEATS.answer(draft) == [1, 3]
    assert SEATS.lines(draft) == [("1.", "Ana"), ("2.", "Cal")]
    assert [option.label for option in SEATS.others(draft)] == ["Bea"]
    assert SEATS.next_place(draft) == 3


def test_an_order_that_was_tampered_with_holds_everybody_once() -> None:
    assert SEATS.answer({"council.order": "2,2,9,x,-1,1"}) == [2, 1]


def test_packages_may_share_a_place_and_gaps_do_not_matter() -> None:
    assert PACKAGES.answer({"which.1": "2", "which.2": "2"}) == [[1, 2]]
    assert PACKAGES.answer({"which.1": "2"}) == [[1]]
    assert PACKAGES.answer({}) is None


def test_only_an_answer_on_the_paper_is_cast() -> None:
    screen = ChoiceScreen("r", "R", "", choices=(("for", "Yes"), ("against", "No")))

    assert screen.answer({"r.choice": "for"}) == "for"
    assert screen.fault({"r.choice": "maybe"}) == "Choose one of the answers."


def test_ticks_are_cast_by_the_papers_numbers() -> None:
    screen = ApprovalScreen("p", "P", "", options=(Option(2, "B"), Option(1, "A")))

    assert screen.answer({"p.2": "1", "p.1": ""}) == [2]
