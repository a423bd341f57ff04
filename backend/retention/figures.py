"""Turnover, stability, retention and survival, as fractions of whole people ("retention-1")."""

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

METHOD = "retention-1"
YEAR = timedelta(days=365)
MONTHS = 12
LONGEST_BREAK_DAYS = 28
RETENTION_DAYS = (30, 90, 365)
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Spell:
    """Employment of one worker from `start` to `last_day`, both included; None is still here."""

    worker: str
    start: date
    last_day: date | None = None

    def is_employed(self, at: date) -> bool:
        """Return whether the worker is still employed at the close of a day."""
        return self.start <= at and (self.last_day is None or self.last_day > at)

    def left_between(self, after: date, until: date) -> bool:
        """Return whether the last day is after one date and not after another."""
        return self.last_day is not None and after < self.last_day <= until


@dataclass(frozen=True)
class SurvivalStep:
    """A length of employment at which people left: how many had come that far, how many left.

    `survival` is the share of starters who stay longer (Kaplan and Meier's product limit).
    """

    days: int
    at_risk: int
    exits: int
    survival: Fraction


@dataclass(frozen=True)
class RetentionFigures:
    """The figures of one date; a share is None where there is nobody to take it of.

    Parameters
    ----------
    headcounts_13
        A year ago and at the end of each month since.
    retention
        By number of days: who still was employed on that day, and who could have been.
    median_days
        When half of the starters have left; None if that has not come yet.
    """

    employed_now: int
    employed_year_ago: int
    leavers_12m: int
    turnover_asc: Fraction | None
    headcounts_13: tuple[int, ...]
    turnover_average: Fraction | None
    stability: Fraction | None
    retention: dict[int, tuple[int, int]]
    survival: tuple[SurvivalStep, ...]
    median_days: int | None


def retention_figures(spells: Iterable[Spell], *, as_at: date) -> RetentionFigures:
    """Return all figures at the close of a day; later starts and ends are not known yet."""
    known = [spell for spell in joined(spells) if spell.start <= as_at]
    year_ago = [spell for spell in known if spell.is_employed(as_at - YEAR)]
    now = sum(spell.is_employed(as_at) for spell in known)
    leavers = sum(spell.left_between(as_at - YEAR, as_at) for spell in known)
    heads = [sum(spell.is_employed(day) for spell in known) for day in month_ends(as_at)]
    survival = _survival(known, as_at)
    return RetentionFigures(
        employed_now=now,
        employed_year_ago=len(year_ago),
        leavers_12m=leavers,
        turnover_asc=_share(leavers, now),
        headcounts_13=tuple(heads),
        turnover_average=_share(leavers * len(heads), sum(heads)),
        stability=_share(sum(spell.is_employed(as_at) for spell in year_ago), len(year_ago)),
        retention={days: _retention(known, days, as_at) for days in RETENTION_DAYS},
        survival=survival,
        median_days=next((step.days for step in survival if step.survival <= HALF), None),
    )


def joined(spells: Iterable[Spell]) -> list[Spell]:
    """Return spells with those of one worker made one if the break was short."""
    result: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.worker, spell.start)):
        before = result[-1] if result else None
        if before is None or before.worker != spell.worker or not _is_short(before, spell):
            result.append(spell)
        elif before.last_day is not None:
            ends = spell.last_day and max(before.last_day, spell.last_day)
            result[-1] = Spell(spell.worker, before.start, ends)
    return result


def month_ends(as_at: date) -> list[date]:
    """Return a date's day in each of the twelve months before it and in its own.

    The last day of a month stays the last day; where a month is shorter, so is its end.
    """
    is_last = as_at.day == _days_in(as_at.year, as_at.month)
    days = []
    for back in range(MONTHS, -1, -1):
        year, month = divmod(as_at.year * MONTHS + as_at.month - 1 - back, MONTHS)
        last = _days_in(year, month + 1)
        days.append(date(year, month + 1, last if is_last else min(as_at.day, last)))
    return days


def bradford_factor(*, spells: int, days: int) -> int:
    """Return the Bradford factor of a year's absences.

    It punishes short, recurring illness: it is off unless the council adopts it, and never a
    reason for action by itself.
    """
    return spells**2 * days


def _is_short(before: Spell, spell: Spell) -> bool:
    if before.last_day is None:
        return True
    return (spell.start - before.last_day).days <= LONGEST_BREAK_DAYS


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _retention(spells: Sequence[Spell], days: int, as_at: date) -> tuple[int, int]:
    span = timedelta(days=days)
    could_be = [spell for spell in spells if spell.start + span <= as_at]
    return sum(spell.is_employed(spell.start + span) for spell in could_be), len(could_be)


def _survival(spells: Sequence[Spell], as_at: date) -> tuple[SurvivalStep, ...]:
    lengths, exits = [], Counter[int]()
    for spell in spells:
        if spell.last_day is not None and spell.last_day <= as_at:
            lengths.append((spell.last_day - spell.start).days)
            exits[lengths[-1]] += 1
        else:
            lengths.append((as_at - spell.start).days)
    steps, share = [], Fraction(1)
    for days in sorted(exits):
        at_risk = sum(length >= days for length in lengths)
        share *= 1 - Fraction(exits[days], at_risk)
        steps.append(SurvivalStep(days, at_risk, exits[days], share))
    return tuple(steps)
