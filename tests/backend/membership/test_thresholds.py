"""What resolutions and spin-out ballots need to pass."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.membership.models import ResolutionKind
from backend.membership.thresholds import carries, confirms, spin_out_result, votes_needed

CASES = json.loads(Path(__file__).with_name("thresholds.json").read_text(encoding="utf-8"))
FIRST = date(2026, 6, 1)


@pytest.mark.parametrize("case", CASES["spin_out"])
def test_a_spin_out_needs_more_than_half_of_all_staff(case: dict[str, Any]) -> None:
    votes = {name: case[name] for name in ("eligible", "yes", "no", "spoilt")}

    assert asdict(spin_out_result(**votes)) == case["expect"]


@pytest.mark.parametrize("case", CASES["resolutions"])
def test_resolutions_pass_exactly_when_the_law_says(case: dict[str, Any]) -> None:
    kind = ResolutionKind(case["kind"])
    first = carries(
        kind,
        eligible=case["eligible"],
        votes_for=case["votes_for"],
        votes_against=case["votes_against"],
    )
    passed = first
    if case["second"] is not None:
        votes_for, votes_against, days = case["second"]
        passed = first and confirms(
            kind,
            first_on=FIRST,
            second_on=FIRST + timedelta(days=days),
            votes_for=votes_for,
            votes_against=votes_against,
        )

    assert {"first_meeting": first, "passed": passed} == case["expect"]


@pytest.mark.parametrize(
    ("kind", "cast", "needed"),
    [
        (ResolutionKind.CONVERSION, 500, 375),
        (ResolutionKind.CONVERSION, 424, None),
        (ResolutionKind.CONVERSION, 425, 319),
        (ResolutionKind.AMALGAMATION, 500, 334),
        (ResolutionKind.AMALGAMATION, 0, None),
        (ResolutionKind.ORDINARY, 401, 201),
        (ResolutionKind.RULE_CHANGE, 212, None),
        (ResolutionKind.RULE_CHANGE, 213, 142),
    ],
)
def test_850_members_need_so_many_votes(
    kind: ResolutionKind, cast: int, needed: int | None
) -> None:
    assert votes_needed(kind, eligible=850, cast=cast) == needed


@pytest.mark.parametrize(
    ("first_on", "second_on", "is_in_time"),
    [
        (date(2026, 6, 1), date(2026, 6, 14), False),
        (date(2026, 6, 1), date(2026, 6, 15), True),
        (date(2026, 6, 1), date(2026, 7, 1), True),
        (date(2026, 6, 1), date(2026, 7, 2), False),
        (date(2026, 12, 31), date(2027, 1, 31), True),
        (date(2027, 1, 31), date(2027, 2, 28), True),
        (date(2027, 1, 31), date(2027, 3, 1), False),
    ],
)
def test_the_second_meeting_is_a_fortnight_to_a_month_later(
    first_on: date,
    second_on: date,
    is_in_time: bool,  # noqa: FBT001  a column of the table
) -> None:
    found = confirms(
        ResolutionKind.CONVERSION,
        first_on=first_on,
        second_on=second_on,
        votes_for=2,
        votes_against=1,
    )

    assert found is is_in_time


def test_an_ordinary_resolution_has_no_second_meeting() -> None:
    assert not confirms(
        ResolutionKind.ORDINARY,
        first_on=FIRST,
        second_on=FIRST + timedelta(days=20),
        votes_for=9,
        votes_against=0,
    )
