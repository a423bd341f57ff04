"""`manage.py load_histories`: the worked examples of who controls whom."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import actor_called
from backend.membership.services.load_histories import load_histories
from backend.organisation.management.which import organisation_called


class Command(BaseCommand):
    """A second call adds nothing."""

    help = "Add the worked examples of control to an organisation's books."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("--organisation", metavar="ID", help="needed where there are several")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing."""
        added = load_histories(
            organisation=organisation_called(options["organisation"]),
            actor=actor_called(options["actor"]),
            now=timezone.now(),
        )
        names = ", ".join(entity.name for entity in added) or "nothing; they are there already"
        self.stdout.write(f"Added {names}.")
