"""A proposal's figures as rows of words and values, for the terminal."""

from collections import Counter
from typing import Any

from backend.rota.models import RotaProposal

REASONS = {
    "H1": "no second carer",
    "H3": "skills, or who may go",
    "H4": "nobody available",
    "H5": "travel time",
    "H6": "rest",
    "H7": "working time",
    "H8": "days worked",
    "H9": "breaks",
    "H10": "another visit must come first",
    "H11": "locked",
    "V1": "days in a row",
    "V2": "free weekends",
    "V3": "late evenings before early starts",
}
"""What a hard rule is about, when it is the one that kept most carers from an open visit."""

NOT_SAID = "not said"


def figure_rows(proposal: RotaProposal) -> list[tuple[str, str]]:
    """Return what a person wants to know first of a week that was built, in that order."""
    figures = proposal.figures
    return [
        ("Visits", f"{figures['visits']:,}"),
        ("Care hours covered", f"{figures['covered_percent']:.2f} %"),
        ("Visits still open", _open(figures)),
        *((f"  open: {reason}", f"{count:,}") for reason, count in open_by_reason(proposal)),
        ("By a familiar carer", f"{figures['familiar_percent']:.1f} %"),
        ("Different carers for each client", f"{figures['carers_per_client']:.2f}"),
        ("Within 15 minutes of the wished time", f"{figures['within_15_percent']:.1f} %"),
        ("Travel", f"{figures['travel_percent']:.1f} % of work"),
        ("Carers' wishes kept", f"{figures['wishes_kept_percent']:.1f} %"),
        ("Cost", f"{figures['cost']:,.0f} points"),
        ("Broken rules", f"{figures['breaches']:,}"),
    ]


def open_by_reason(proposal: RotaProposal) -> list[tuple[str, int]]:
    """Return how many visits stay open for each reason, the commonest first."""
    found = Counter(_reason(row["reasons"]) for row in proposal.open_visits)
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _open(figures: dict[str, Any]) -> str:
    return f"{figures['unassigned']:,}, of which {figures['unassigned_critical']:,} critical"


def _reason(reasons: list[dict[str, Any]]) -> str:
    if not reasons:
        return NOT_SAID
    code: str = max(reasons, key=lambda row: row["count"])["code"]
    return REASONS.get(code, code)
