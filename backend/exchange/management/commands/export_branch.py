"""`manage.py export_branch`: all of a branch that an import can bring back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.exchange.export import export_branch, rows_of_branch
from backend.exchange.writing import into_folder
from backend.organisation.management.which import branch_called
from backend.organisation.selectors import zone_of


class Command(BaseCommand):
    """Writes a workbook, a zip or a folder."""

    help = "Export a branch to FILE.xlsx, FILE.zip or a folder of CSV files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("branch", help="external id or name")
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the branch."""
        branch = branch_called(options["branch"])
        output: Path = options["output"]
        if output.suffix.lower() in (".xlsx", ".zip"):
            form = "xlsx" if output.suffix.lower() == ".xlsx" else "csv"
            content = export_branch(branch, form, actor=None, now=timezone.now())
            # It holds health data: for its owner's eyes.
            output.touch(mode=0o600)
            output.write_bytes(content)
        elif output.suffix:
            raise CommandError("Name a file that ends in .xlsx or .zip, or a folder.")
        else:
            into_folder(rows_of_branch(branch), zone_of(branch.organisation), output)
        self.stdout.write(f"{branch.name} is in {output}.")
