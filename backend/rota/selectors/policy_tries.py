"""Splits of tokens that somebody tried, and the weeks on which they can be tried."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.organisation.models import Organisation
from backend.rota.models import PolicyTry, Rota
from backend.rota.selectors.scenarios import state_of

RECENT = timedelta(days=91)
"""How old a week may be to be tried on: thirteen weeks."""

SHOWN_TRIES = 10

FIGURES = frozenset(
    {
        "unassigned visits",
        "unassigned critical",
        "new faces",
        "carers per client",
        "travel minutes",
        "weekends worked",
        "splits",
        "contract hours filled %",
        "carers without work",
        "wishes kept % (by strength)",
    }
)
"""Sums over a whole branch. Spreads over people are left out: in a small branch they name some."""


def tries_of(viewer: User) -> QuerySet[PolicyTry]:
    """Return what the viewer tried, newest first."""
    return (
        PolicyTry.objects.filter(asked_by=viewer)
        .select_related("scenario__present", "scenario__tried", "scenario__rota__branch")
        .defer(
            "scenario__present__problem",
            "scenario__present__checkpoint",
            "scenario__tried__problem",
            "scenario__tried__checkpoint",
        )
        .order_by("-asked_at", "-pk")
    )


def list_my_policy_tries(viewer: User) -> list[dict[str, Any]]:
    """Return the viewer's last tries, newest first; see `PolicyTryOut`."""
    return [shown(row) for row in tries_of(viewer)[:SHOWN_TRIES]]


def weeks_to_try(organisation: Organisation, today: date) -> QuerySet[Rota]:
    """Return the last week of each branch that was told and has begun, by branch."""
    told = Rota.objects.filter(
        branch__organisation=organisation,
        publications__isnull=False,
        week_starts_on__gt=today - RECENT,
        week_starts_on__lte=today,
    )
    # SQLite has no DISTINCT ON: the newest of each branch stays.
    newest = {row.branch_id: row.pk for row in told.order_by("week_starts_on")}
    return (
        Rota.objects.filter(pk__in=newest.values())
        .select_related("branch__organisation")
        .order_by("branch__name", "branch")
    )


def shown(row: PolicyTry) -> dict[str, Any]:
    """Return one try in figures; nothing of it names anybody."""
    scenario = row.scenario
    runs = (scenario.present, scenario.tried)
    result = scenario.result
    return {
        "id": row.pk,
        "state": state_of(scenario),
        "branch_name": scenario.rota.branch.name,
        "week": scenario.rota.week_starts_on,
        "tokens": [{"name": name, "tokens": value} for name, value in row.tokens.items()],
        "asked_at": row.asked_at,
        "seconds": sum(run.seconds for run in runs),
        "elapsed_seconds": sum(min(run.elapsed_seconds, run.seconds) for run in runs),
        "present": None if result is None else _figures(result["present"]["figures"]),
        "tried": None if result is None else _figures(result["tried"]["figures"]),
    }


def _figures(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["name"] in FIGURES]
