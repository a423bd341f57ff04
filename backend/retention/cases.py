"""Retention figures from a file, for `./roundtable count`."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from backend.counting.cases import Kind
from backend.counting.fields import Field
from backend.retention.figures import Spell, retention_figures

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def _retention(case: Field) -> dict[str, object]:
    figures = retention_figures(
        [_spell(worker) for worker in case["workers"].items()], as_at=_date(case["as_at"])
    )
    return {
        "employed_now": figures.employed_now,
        "employed_year_ago": figures.employed_year_ago,
        "leavers_12m": figures.leavers_12m,
        "turnover_asc_pct": _per_cent(figures.turnover_asc),
        "headcounts_13": list(figures.headcounts_13),
        "turnover_average_pct": _per_cent(figures.turnover_average),
        "stability_pct": _per_cent(figures.stability),
        "retention": {str(days): list(share) for days, share in figures.retention.items()},
        "survival": [
            [step.days, step.at_risk, step.exits, _decimals(step.survival, 6)]
            for step in figures.survival
        ],
        "median_days": figures.median_days,
    }


def _spell(worker: Field) -> Spell:
    parts = worker.items()
    if len(parts) not in (2, 3):
        worker.refuse("must hold a name, a first day and a last day or null")
    last_day = None
    if len(parts) == 3 and parts[2].value is not None:
        last_day = _date(parts[2])
    spell = Spell(parts[0].text(), _date(parts[1]), last_day)
    if spell.last_day is not None and spell.last_day < spell.start:
        parts[2].refuse("is before the first day")
    return spell


def _date(day: Field) -> date:
    try:
        read = date.fromisoformat(day.text())
    except ValueError:
        day.refuse(f"must be a date such as 2026-12-31, not {day.text()!r:.40}")
    if not EARLIEST <= read <= LATEST:
        day.refuse(f"must be between {EARLIEST} and {LATEST}, not {read}")
    return read


def _per_cent(share: Fraction | None) -> float | None:
    return None if share is None else _decimals(100 * share, 1)


def _decimals(value: Fraction, places: int) -> float:
    """Return a fraction rounded half up as JSON writes numbers; nothing is counted with it."""
    units = int(value * 10**places + Fraction(1, 2))
    return float(Decimal(units).scaleb(-places))


KINDS = (Kind("retention", lambda case: "workers" in case and "as_at" in case, _retention),)
