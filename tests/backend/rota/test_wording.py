"""The scheduler's sentences as people read them."""

import pytest

from backend.rota.selectors.board import short_reason
from backend.rota.selectors.wording import with_names


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The carer lacks medication@fri, peg.", "The carer lacks medication, peg."),
        ("The carer lacks moving_handling.", "The carer lacks moving handling."),
        (
            "The carer lacks confirmed-address.",
            "Somebody must confirm the pin of the client's address first.",
        ),
        (
            "The carer lacks known-to-client@k3.",
            "The funder asks that short visits are made by somebody the client has met.",
        ),
        ("Possible when visit v7 is moved.", "Possible when visit to Edith Hall is moved."),
        ("Visit v8 is in the way.", "Visit is in the way."),
        ("It is given to carer c3.", "It is given to Ann."),
        ("It is given to carer c4.", "It is given to somebody else."),
    ],
)
def test_names_of_the_problem_become_words(sentence: str, expected: str) -> None:
    assert with_names(sentence, {7: "Edith Hall"}, {3: "Ann"}) == expected


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (None, None),
        ({"reasons": [], "nearest": []}, None),
        ({"reasons": [], "nearest": [{"message": "Not available."}]}, "Not available."),
    ],
)
def test_an_open_visits_reason_is_one_line_or_nothing(kept: object, expected: str | None) -> None:
    assert short_reason(kept) == expected
