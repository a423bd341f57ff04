"""Rules of law over a carer's week and the weeks around it, listed by hand.

They judge what the rota's own rules (`scheduler/rules/`) do not know: history, age, nights, visa
and pay. Each is one module with `CODE`, `breaches()` (refused) and `warnings()` (said before),
over a `WorkRecord` that knows nothing of tables. None is part of the solver's inner loop; what
refuses is folded into the carers of the problem, see `backend/rota/solver/law_limits.py`.

To add a rule: its module, its line here, a test file, a line in `docs/rota-rules.md`.
"""

from collections.abc import Iterable
from typing import Final

from backend.rota.law import (
    average,
    minimum_wage,
    night_work,
    running_out,
    short_visits,
    visa_hours,
    weekly_rest,
    young_workers,
)
from backend.rota.law.record import Finding, LawRule, WorkRecord

__all__ = ["RULES", "Finding", "WorkRecord", "breaches_of", "warnings_of"]

RULES: Final[tuple[LawRule, ...]] = (
    average,
    weekly_rest,
    night_work,
    young_workers,
    visa_hours,
    minimum_wage,
    short_visits,
    running_out,
)


def breaches_of(records: Iterable[WorkRecord]) -> list[Finding]:
    """Return what may not be published, in the order of the rules, then of the carers."""
    rows = list(records)
    return [finding for rule in RULES for row in rows for finding in rule.breaches(row)]


def warnings_of(records: Iterable[WorkRecord]) -> list[Finding]:
    """Return what is said before publishing, in the order of the rules, then of the carers."""
    rows = list(records)
    return [finding for rule in RULES for row in rows for finding in rule.warnings(row)]
