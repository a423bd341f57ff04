"""`manage.py import_problem`: a `rota-problem` file as a branch of its own."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.exchange.apply import HasProblemsError
from backend.exchange.problem_import import import_problem, plan_problem
from backend.organisation.management.which import organisation_called
from backend.rota.solver.files import ProblemFileError, read_problem_file


class Command(BaseCommand):
    """Makes a branch, with the problem's policy and speeds as its rules."""

    help = "Import a rota-problem file as a branch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", required=True, help="name and external id of the branch")
        parser.add_argument("--organisation", help="external id; needed where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file."""
        organisation = organisation_called(options["organisation"])
        path: Path = options["file"]
        try:
            document = read_problem_file(path)
        except ProblemFileError as error:
            raise CommandError(str(error)) from error
        try:
            found = import_problem(
                document,
                organisation=organisation,
                name=options["name"],
                content_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
                actor=None,
                now=timezone.now(),
            )
        except HasProblemsError as error:
            plan = plan_problem(document, organisation=organisation, name=options["name"]).plan
            first = "\n".join(
                f"{row.sheet} {row.row} {row.column} {row.value}: {row.problem}"
                for row in plan.problems[:20]
            )
            raise CommandError(
                f"The problem does not fit; nothing was written.\n{first}"
            ) from error
        counts = found.plan.counts()
        self.stdout.write(
            f"Branch {options['name']}: {counts['creates']} rows added, "
            f"{counts['updates']} changed, {counts['unchanged']} as they were."
        )
        for what in found.left_out:
            self.stdout.write(f"Left out: {what}.")
