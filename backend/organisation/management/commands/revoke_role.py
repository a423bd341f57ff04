"""`manage.py revoke_role`: take a role away from somebody."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import refusals_in_words
from backend.accounts.services.roles import revoke_role
from backend.organisation.management.role_commands import add_role_arguments, role_asked_for


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Take a role away from somebody; it counts no more from the next click on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        add_role_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away."""
        asked = role_asked_for(options)
        with refusals_in_words():
            revoke_role(**asked, now=timezone.now())
        place = f" of {asked['branch']}" if asked["branch"] else ""
        self.stdout.write(f"{asked['user'].display_name} is not {asked['role']}{place}.")
