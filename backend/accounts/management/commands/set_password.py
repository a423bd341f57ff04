"""`manage.py set_password`: for somebody who has forgotten theirs, or may have lost it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.accounts.management.terminal import (
    actor_called,
    password_from,
    refusals_in_words,
    user_called,
)
from backend.accounts.services.set_password import set_password


class Command(BaseCommand):
    """Makes one up and prints it this once, unless it is to be asked for."""

    help = "Give somebody a new password, and end every session opened with the old one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("username")
        parser.add_argument("--ask", action="store_true", help="ask for it; else one is made up")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it."""
        user, actor = user_called(options["username"]), actor_called(options["actor"])
        password = password_from(asks=options["ask"])
        with refusals_in_words():
            set_password(user=user, password=password, actor=actor, now=timezone.now())
        self.stdout.write(f"{user.display_name} ({user.username}) has a new password.")
        if not options["ask"]:
            self.stdout.write(f"Password, shown this once: {password}")
