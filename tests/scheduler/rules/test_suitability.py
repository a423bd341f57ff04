"""H3: skills, exclusions and the client's requirement of gender."""

from typing import Any

import pytest

from scheduler.rules import suitability
from tests.scheduler.builders import a_carer, a_client, a_problem, a_visit, breaches_by, on_target


def _problem(carer: dict[str, Any], client: dict[str, Any], skills: tuple[str, ...]) -> Any:
    return a_problem(
        carers=[a_carer(**carer)],
        clients=[a_client(**client)],
        visits=[a_visit("v1", "Mon 09:00", skills=skills)],
    )


@pytest.mark.parametrize(
    ("carer", "client", "skills"),
    [
        ({}, {}, ()),
        ({"skills": ("peg", "medication")}, {}, ("peg",)),
        ({"skills": ("peg", "medication")}, {}, ("medication", "peg")),
        ({}, {"excluded": ("bob",)}, ()),
        ({"gender": "f"}, {"gender": "f"}, ()),
        ({"gender": "x"}, {"gender": None}, ()),
    ],
)
def test_a_carer_who_meets_every_need_is_not_reported(
    carer: dict[str, Any], client: dict[str, Any], skills: tuple[str, ...]
) -> None:
    problem = _problem(carer, client, skills)

    assert breaches_by(suitability, problem, on_target(problem)) == []


@pytest.mark.parametrize(
    ("carer", "client", "skills", "words"),
    [
        ({}, {}, ("peg",), "peg"),
        ({"skills": ("medication",)}, {}, ("medication", "peg"), "peg"),
        ({}, {"excluded": ("ann",)}, (), "not to be matched"),
        ({"gender": "m"}, {"gender": "f"}, (), "woman"),
        ({"gender": "x"}, {"gender": "m"}, (), "man"),
    ],
)
def test_what_a_carer_lacks_is_named(
    carer: dict[str, Any], client: dict[str, Any], skills: tuple[str, ...], words: str
) -> None:
    problem = _problem(carer, client, skills)

    (breach,) = breaches_by(suitability, problem, on_target(problem))

    assert (breach.code, breach.carer, breach.visit, breach.shortfall) == ("H3", "ann", "v1", 1)
    assert words in breach.message


def test_each_thing_that_is_wrong_is_reported_by_itself() -> None:
    problem = _problem({"gender": "m"}, {"gender": "f", "excluded": ("ann",)}, ("peg", "dementia"))

    found = breaches_by(suitability, problem, on_target(problem))

    assert [breach.shortfall for breach in found] == [2, 1, 1]
