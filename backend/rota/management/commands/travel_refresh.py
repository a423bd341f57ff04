"""`manage.py travel_refresh`: ask the route service for the times that branches lack."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import actor_called
from backend.accounts.models import User
from backend.audit.services import record
from backend.core.periods import Week
from backend.organisation.management.which import branch_called
from backend.organisation.models import Branch
from backend.organisation.rules import FORMULA
from backend.organisation.selectors import today_in, travel_rules
from backend.rota.solver.road_times import refresh_branch


class Command(BaseCommand):
    """A second call asks for nothing that the first one brought."""

    help = "Fetch missing and old travel times for a branch, or for all; nothing else changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("branch", nargs="?", help="name or external id; all if left out")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")
        parser.add_argument(
            "--seconds", type=float, default=settings.TRAVEL_COMMAND_SECONDS, help="for a branch"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh, and say what came."""
        actor = actor_called(options["actor"])
        name = options["branch"]
        every = Branch.objects.select_related("organisation").order_by("organisation", "name")
        for branch in [branch_called(name)] if name else every:
            self.stdout.write(f"{branch.name}: {_refreshed(branch, options['seconds'], actor)}")


def _refreshed(branch: Branch, seconds: float, actor: User | None) -> str:
    now = timezone.now()
    # Next week is the one that is planned now.
    on = Week.containing(today_in(branch.organisation, now)).next.starts_on
    if travel_rules(branch, on).provider == FORMULA:
        return "its rules reckon by the formula; nothing is asked"
    done = refresh_branch(branch, on=on, seconds=seconds, now=now)
    if not done:
        return "no server knows the ways its carers travel"
    record(
        "travel.refreshed",
        actor=actor,
        subject=f"branch:{branch.pk}",
        at=now,
        chain=f"branch:{branch.pk}",
        body={row.mode: {"fetched": row.fetched, "failure": row.failure} for row in done},
    )
    return "; ".join(
        f"{row.mode} {row.fetched} fetched" + (f", then {row.failure}" if row.failure else "")
        for row in done
    )
