"""`manage.py solve_week`: have a worker build a branch's rota, watch it, show what it proposes."""

import json
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.accounts.models import OFFICE_ROLES, User
from backend.organisation.management.which import branch_called
from backend.organisation.models import Branch
from backend.rota.management.asked_week import asked_week
from backend.rota.management.figure_rows import figure_rows, open_by_reason
from backend.rota.models import RotaProposal, RunState, SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.ask_run import ask_run
from backend.rota.services.open_week import open_week

LOOK_SECONDS = 0.5
# A line each so often where there is no terminal to draw a bar in.
LINE_SECONDS = 10.0
NO_WORKER_SECONDS = 60.0
BAR_WIDTH = 30


class Command(BaseCommand):
    """Accepts and publishes nothing: the proposal waits for a person."""

    help = "Have a worker build a branch's rota and show what it proposes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("branch", help="name or external id of the branch")
        parser.add_argument(
            "--week", type=date.fromisoformat, help="its Monday; next week if left out"
        )
        parser.add_argument("--seconds", type=int, default=60, help="time the solver may take")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--actor", metavar="USERNAME", help="who asks; the branch's coordinator"
        )
        parser.add_argument("--progress", action="store_true", help="draw a bar in any case")
        parser.add_argument("--json", action="store_true", help="print the figures for programs")
        parser.add_argument(
            "--figures", type=Path, metavar="FILE", help="write the figures as rows"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the week, ask for the run, watch it, show the proposal."""
        branch = branch_called(options["branch"])
        actor = _actor(branch, options["actor"])
        week, now = asked_week(options["week"]), timezone.now()
        opened = open_week(branch_id=branch.pk, week=week, actor=actor, now=now)
        run, _ = ask_run(
            rota_id=opened.rota_id,
            seconds=options["seconds"],
            seed=options["seed"],
            actor=actor,
            now=now,
        )
        proposal = self._watch(run, draws=options["progress"] or self.stdout.isatty())
        rows = figure_rows(proposal)
        if options["figures"]:
            options["figures"].write_text(json.dumps(rows))
        self.stdout.write(_as_json(proposal) if options["json"] else _as_text(rows))

    def _watch(self, run: SolverRun, *, draws: bool) -> RotaProposal:
        began = told_at = time.monotonic()
        try:
            while run.state in OPEN_STATES:
                time.sleep(LOOK_SECONDS)
                run = SolverRun.objects.defer("problem", "checkpoint").get(pk=run.pk)
                if run.claims == 0 and time.monotonic() - began > NO_WORKER_SECONDS:
                    raise CommandError(
                        f"No worker has taken run {run.pk}; it waits for one. Start "
                        "`./roundtable worker solver` and `./roundtable ticker`."
                    )
                if draws:
                    self._say(f"\r{_bar(run)}", ending="")
                elif time.monotonic() - told_at > LINE_SECONDS:
                    told_at = time.monotonic()
                    self._say(_bar(run))
        except KeyboardInterrupt:
            raise CommandError(f"No longer watching; run {run.pk} goes on.") from None
        if draws:
            self._say("")
        if run.state != RunState.FINISHED:
            raise CommandError(f"Run {run.pk} {run.state}: {run.last_error or 'nothing was kept'}")
        return RotaProposal.objects.get(run=run)

    def _say(self, text: str, ending: str = "\n") -> None:
        # Not where the figures go, which may be read by a program.
        self.stderr.style_func = None
        self.stderr.write(text, ending=ending)
        self.stderr.flush()


def _actor(branch: Branch, username: str | None) -> User:
    office = User.objects.filter(
        is_active=True, grants__branch=branch, grants__role__in=OFFICE_ROLES
    ).distinct()
    if username is not None:
        actor = office.filter(username=username).first()
        if actor is None:
            raise CommandError(f"{username!r} does not plan the rota of {branch.name}.")
        return actor
    coordinators = list(office.filter(grants__role="coordinator", grants__branch=branch))
    if len(coordinators) != 1:
        raise CommandError("Say with --actor in whose name the rota is to be built.")
    return coordinators[0]


def _bar(run: SolverRun) -> str:
    if run.state == RunState.QUEUED:
        return "Waiting for a worker".ljust(BAR_WIDTH + 60)
    done = min(1.0, run.elapsed_seconds / max(1, run.seconds))
    filled = round(done * BAR_WIDTH)
    cost = "" if run.best_cost is None else f"  cost {run.best_cost:,.0f}  {run.unassigned:,} open"
    text = (
        f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] "
        f"{run.elapsed_seconds:.0f} of {run.seconds} s  {run.stage}{cost}"
    )
    return text.ljust(BAR_WIDTH + 60)


def _as_text(rows: list[tuple[str, str]]) -> str:
    width = max(len(words) for words, _ in rows)
    return "\n".join(f"{words:<{width}}  {value}" for words, value in rows)


def _as_json(proposal: RotaProposal) -> str:
    told = {
        "run_id": proposal.run_id,
        "proposal_id": proposal.pk,
        "rota_id": proposal.rota_id,
        "elapsed_seconds": proposal.run.elapsed_seconds,
        "figures": proposal.figures,
        "figures_before": proposal.figures_before,
        "open_by_reason": dict(open_by_reason(proposal)),
    }
    return json.dumps(told, indent=1)
