"""Who came, who left and who stayed, counted by days."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.retention.figures import (
    Spell,
    bradford_factor,
    joined,
    month_ends,
    retention_figures,
)

AS_AT = date(2026, 12, 31)


@st.composite
def spells(draw: st.DrawFn) -> list[Spell]:
    """Up to fifteen workers around the report date."""
    found = []
    for number in range(draw(st.integers(0, 15))):
        start = AS_AT - timedelta(days=draw(st.integers(-40, 900)))
        length = draw(st.none() | st.integers(0, 900))
        last_day = None if length is None else start + timedelta(days=length)
        found.append(Spell(f"w{number}", start, last_day))
    return found


@given(spells())
def test_people_now_are_people_then_with_starters_and_without_leavers(people: list[Spell]) -> None:
    figures = retention_figures(people, as_at=AS_AT)

    year_ago = AS_AT - timedelta(days=365)
    starters = sum(
        year_ago < spell.start <= AS_AT
        or (spell.start <= year_ago and spell.last_day == spell.start == year_ago)
        for spell in people
    )
    at_once = sum(spell.start == spell.last_day and spell.last_day == year_ago for spell in people)
    assert figures.employed_now == (
        figures.employed_year_ago + starters - at_once - figures.leavers_12m
    )
    assert figures.headcounts_13[0] == figures.employed_year_ago
    assert figures.headcounts_13[-1] == figures.employed_now


@given(spells())
def test_survival_falls_and_is_the_plain_share_while_nobody_is_still_here(
    people: list[Spell],
) -> None:
    figures = retention_figures(people, as_at=AS_AT)

    shares = [Fraction(1), *(step.survival for step in figures.survival)]
    assert shares == sorted(shares, reverse=True)

    gone = [s for s in people if s.last_day is not None and s.last_day <= AS_AT]
    for step in retention_figures(gone, as_at=AS_AT).survival:
        stayed = sum((s.last_day or AS_AT) - s.start > timedelta(days=step.days) for s in gone)
        assert step.survival == Fraction(stayed, len(gone))


@given(spells())
def test_what_is_still_to_come_changes_nothing(people: list[Spell]) -> None:
    known = [
        Spell(s.worker, s.start, s.last_day if s.last_day and s.last_day <= AS_AT else None)
        for s in people
        if s.start <= AS_AT
    ]

    assert retention_figures(people, as_at=AS_AT) == retention_figures(known, as_at=AS_AT)


def test_without_anybody_there_is_no_share() -> None:
    figures = retention_figures([], as_at=AS_AT)

    assert figures.turnover_asc is None
    assert figures.turnover_average is None
    assert figures.stability is None
    assert figures.median_days is None


def test_the_last_day_is_worked_and_the_worker_is_gone_at_its_close() -> None:
    spell = Spell("w", date(2026, 3, 1), date(2026, 3, 31))

    assert spell.is_employed(date(2026, 3, 1))
    assert spell.is_employed(date(2026, 3, 30))
    assert not spell.is_employed(date(2026, 3, 31))
    assert spell.left_between(date(2026, 3, 30), date(2026, 3, 31))
    assert not spell.left_between(date(2026, 3, 31), date(2026, 4, 30))


@pytest.mark.parametrize(("break_days", "number"), [(28, 1), (29, 2)])
def test_who_comes_back_within_four_weeks_never_left(break_days: int, number: int) -> None:
    left = date(2026, 3, 31)
    back = left + timedelta(days=break_days)

    found = joined([Spell("w", back), Spell("w", date(2026, 1, 1), left), Spell("v", back)])

    assert len([spell for spell in found if spell.worker == "w"]) == number
    assert len([spell for spell in found if spell.worker == "v"]) == 1


def test_month_ends_stay_at_the_end_of_the_month() -> None:
    assert month_ends(date(2028, 2, 29))[:2] == [date(2027, 2, 28), date(2027, 3, 31)]
    assert month_ends(date(2027, 3, 30))[11] == date(2027, 2, 28)
    assert len(month_ends(AS_AT)) == 13


def test_bradford_factor() -> None:
    assert [bradford_factor(spells=s, days=d) for s, d in ((3, 5), (5, 8), (1, 30))] == [
        45,
        200,
        30,
    ]
