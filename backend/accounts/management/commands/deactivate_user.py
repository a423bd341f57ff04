"""`manage.py deactivate_user`: shut somebody out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import actor_called, refusals_in_words, user_called
from backend.accounts.services.deactivate_user import deactivate_user


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Shut somebody out: no sign-in any more, and every session ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("username")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Shut them out."""
        user = user_called(options["username"])
        with refusals_in_words():
            deactivate_user(user=user, actor=actor_called(options["actor"]), now=timezone.now())
        self.stdout.write(f"{user.display_name} ({user.username}) is shut out.")
