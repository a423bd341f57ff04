"""`manage.py solve_group`: have workers build the week of all branches, say what they propose."""

import json
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.accounts.models import OFFICE_ROLES, User
from backend.core.errors import RefusalError
from backend.organisation.models import Branch, Organisation
from backend.rota.management.asked_week import asked_week
from backend.rota.models import GroupRun, RunState
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.group_runs import list_group_runs, progress_of
from backend.rota.services.ask_group_run import ask_group_run
from backend.rota.services.open_week import open_week

LOOK_SECONDS = 1.0
LINE_SECONDS = 10.0


class Command(BaseCommand):
    """Opens the week of every branch; accepts and publishes nothing."""

    help = "Have workers build the week of all branches, and say what they propose."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument(
            "--week", type=date.fromisoformat, help="its Monday; next week if left out"
        )
        parser.add_argument("--seconds", type=int, default=600, help="time for all stages together")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--actor", metavar="USERNAME", help="who asks; they plan the rota of every branch"
        )
        parser.add_argument("--json", action="store_true", help="print how it ended for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the weeks, ask for the run, watch it, say what it proposes."""
        actor, week, now = _actor(options["actor"]), asked_week(options["week"]), timezone.now()
        for branch in Branch.objects.filter(organisation=actor.organisation).order_by("pk"):
            open_week(branch_id=branch.pk, week=week, actor=actor, now=now)
        try:
            group, _ = ask_group_run(
                week=week,
                seconds=options["seconds"],
                seed=options["seed"],
                actor=actor,
                now=now,
            )
        except Organisation.DoesNotExist:
            raise CommandError(f"{actor.username!r} does not plan every branch.") from None
        except RefusalError as error:
            raise CommandError(error.code) from error
        told = self._watch(group, actor)
        if told["state"] != RunState.FINISHED:
            raise CommandError(f"Group run {group.pk} {told['state']}.")
        self.stdout.write(
            json.dumps(told, indent=1, default=str) if options["json"] else _text(told)
        )

    def _watch(self, group: GroupRun, actor: User) -> dict[str, Any]:
        said_at = time.monotonic()
        told = progress_of(group, timezone.now())
        while told["state"] in OPEN_STATES:
            time.sleep(LOOK_SECONDS)
            told = progress_of(list_group_runs(actor).get(pk=group.pk), timezone.now())
            if time.monotonic() - said_at > LINE_SECONDS:
                said_at = time.monotonic()
                self.stderr.style_func = None
                self.stderr.write(_text(told))
        return told


def _actor(username: str | None) -> User:
    users = User.objects.filter(is_active=True, grants__role__in=OFFICE_ROLES).distinct()
    if username is not None:
        users = users.filter(username=username)
    found = [user for user in users if _plans_all(user)]
    if len(found) != 1:
        raise CommandError("Say with --actor who plans the rota of every branch.")
    return found[0]


def _plans_all(user: User) -> bool:
    branches = Branch.objects.filter(organisation=user.organisation_id)
    grants = user.grants.filter(role__in=OFFICE_ROLES)
    return (
        user.organisation_id is not None
        and not branches.exclude(pk__in=grants.values("branch")).exists()
    )


def _text(told: dict[str, Any]) -> str:
    stages = ", ".join(f"{row['kind']} {row['done']} of {row['total']}" for row in told["stages"])
    cost = (
        ""
        if told["best_cost"] is None
        else f"; cost {told['best_cost']:,.0f}, {told['unassigned']:,} open"
    )
    return f"{stages}{cost}"
