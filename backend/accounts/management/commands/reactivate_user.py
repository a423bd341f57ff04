"""`manage.py reactivate_user`: let somebody in again who was shut out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import actor_called, user_called
from backend.accounts.services.deactivate_user import reactivate_user


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Let somebody in again, with the roles and the password they had."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("username")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Let them in."""
        user = user_called(options["username"])
        reactivate_user(user=user, actor=actor_called(options["actor"]), now=timezone.now())
        self.stdout.write(f"{user.display_name} ({user.username}) can sign in again.")
