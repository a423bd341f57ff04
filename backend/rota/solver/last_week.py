"""Last week's published plan, as a plan to begin this week with."""

from datetime import timedelta

from backend.rota.models import PublishedAssignment, Rota
from backend.rota.solver.translate import AssignmentRow


def plan_of_last_week(rota: Rota) -> list[AssignmentRow]:
    """Return who was told to go to each line's visit a week before, and when, for this week.

    A week that begins with it keeps the carers whom clients know; what has become impossible is
    left out by whoever reads it. Lines without a visit last week are not in it.
    """
    teams: dict[int, tuple[int, list[int]]] = {}
    for line, carer, minute in (
        PublishedAssignment.objects.filter(
            rota__branch=rota.branch_id,
            rota__week_starts_on=rota.week_starts_on - timedelta(days=7),
            superseded_by__isnull=True,
            visit__line__isnull=False,
        )
        .order_by("visit", "carer")
        .values_list("visit__line_id", "carer_id", "start_minute")
    ):
        teams.setdefault(line, (minute, []))[1].append(carer)
    return [
        (pk, *teams[line])
        for pk, line in rota.visits.order_by("pk").values_list("pk", "line_id")
        if line in teams
    ]
