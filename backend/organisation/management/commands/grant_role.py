"""`manage.py grant_role`: give somebody a further role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import refusals_in_words
from backend.accounts.services.roles import grant_role
from backend.organisation.management.role_commands import add_role_arguments, role_asked_for


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Give somebody a further role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        add_role_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it."""
        with refusals_in_words():
            grant = grant_role(**role_asked_for(options), now=timezone.now())
        place = f" of {grant.branch}" if grant.branch else ""
        self.stdout.write(f"{grant.user.display_name} is {grant.role}{place}.")
