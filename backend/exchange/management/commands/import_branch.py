"""`manage.py import_branch`: a workbook, a zip or a folder of CSV files into the database."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.exchange.apply import apply_plan
from backend.exchange.plan import Plan, Scope, plan_import
from backend.exchange.problems import UnreadableFileError
from backend.exchange.reading import read_path
from backend.organisation.management.which import organisation_called

MOST_SHOWN = 200


class Command(BaseCommand):
    """Lists every problem, or imports all of the file."""

    help = "Import branches from an XLSX workbook, a zip of CSV files or a folder of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument("--branch", help="external id; the file may write to this one alone")
        parser.add_argument("--organisation", help="external id; needed where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and import unless there are problems."""
        organisation = organisation_called(options["organisation"])
        branch = None
        if options["branch"]:
            branch = organisation.branches.filter(external_id=options["branch"]).first()
            if branch is None:
                raise CommandError(f"{organisation} has no branch {options['branch']}.")
        path: Path = options["file"]
        try:
            plan = plan_import(read_path(path), Scope(organisation, branch))
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_summary(plan))
        if plan.problems:
            self._complain(plan)
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        apply_plan(plan, content_hash=_hash(path), actor=None, now=timezone.now())
        self.stdout.write("Imported.")

    def _complain(self, plan: Plan) -> None:
        for problem in plan.problems[:MOST_SHOWN]:
            place = f"{problem.sheet} row {problem.row}" if problem.row else problem.sheet
            value = f" ({problem.value})" if problem.value else ""
            self.stderr.write(
                f"{place}, {problem.column or 'whole row'}{value}: "
                f"{problem.problem} {problem.what_to_do}"
            )
        raise CommandError(f"{len(plan.problems)} things are to be mended; nothing was written.")


def _summary(plan: Plan) -> str:
    counts = plan.counts()
    return (
        f"{counts['rows']} rows: {counts['creates']} to add, {counts['updates']} to change, "
        f"{counts['removes']} to take away, {counts['unchanged']} as they are."
    )


def _hash(path: Path) -> str:
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
