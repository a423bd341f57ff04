"""`manage.py control_guide`: the worked examples of the guide, from the books."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.membership.worked_examples import worked_examples
from backend.organisation.management.which import organisation_called


class Command(BaseCommand):
    """Prints what stands in `docs/guides/control.md`; needs `load_histories` first."""

    help = "Print the worked examples of control for the guide."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("--organisation", metavar="ID", help="needed where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        self.stdout.write(worked_examples(organisation_called(options["organisation"])), ending="")
