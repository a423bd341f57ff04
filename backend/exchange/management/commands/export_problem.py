"""`manage.py export_problem`: a branch's week for any program that reads `rota-problem`."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.organisation.management.which import branch_called
from backend.rota.models import Rota
from backend.rota.solver.files import write_problem_file


class Command(BaseCommand):
    """Writes one open week."""

    help = "Write a branch's week as a rota-problem file. It names no person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("branch", help="external id or name")
        parser.add_argument("week", type=date.fromisoformat, help="the Monday, YYYY-MM-DD")
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the week."""
        branch = branch_called(options["branch"])
        rota = Rota.objects.filter(branch=branch, week_starts_on=options["week"]).first()
        if rota is None:
            raise CommandError(
                f"{branch.name} has no open week that starts on {options['week']}; "
                "open it on the board first."
            )
        write_problem_file(rota, options["output"])
        self.stdout.write(f"{branch.name}, week of {options['week']}, is in {options['output']}.")
