"""`manage.py load_demo`: the demonstration co-operative, and how to sign in to it."""

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.clients.models import Client
from backend.demo.load import Loaded, OthersDataError, load_demo, reset_demo
from backend.people.models import Carer


class Command(BaseCommand):
    """Loads what is missing; a second call finds it done."""

    help = "Load the demonstration co-operative and print its sign-ins."
    # A second call is to be quick; the checks read every address and every view.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument(
            "--all", action="store_true", help="past weeks of all six branches, not of one"
        )
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument("--json", action="store_true", help="print for programs")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="YYYY-MM-DD: the day it is taken to be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what there is."""
        begin = time.monotonic()
        try:
            if options["reset"]:
                reset_demo()
            loaded = load_demo(
                today=options["today"] or timezone.localdate(), all_branches=options["all"]
            )
        except OthersDataError as error:
            raise CommandError(
                "This database holds another organisation. The demonstration needs a database "
                "of its own; nothing was changed."
            ) from error
        seconds = round(time.monotonic() - begin, 1)
        told = _as_json(loaded, seconds) if options["json"] else _as_text(loaded, seconds)
        self.stdout.write(told)


def _as_json(loaded: Loaded, seconds: float) -> str:
    return json.dumps(
        {
            "organisation": loaded.organisation.name,
            "branches": [branch.name for branch in loaded.branches],
            "current_week": loaded.current_week.starts_on.isoformat(),
            "next_week": loaded.current_week.next.starts_on.isoformat(),
            "sign_ins": [asdict(row) for row in loaded.sign_ins],
            "is_new": loaded.is_new,
            "weeks_published": loaded.weeks_published,
            "seconds": seconds,
        },
        indent=1,
    )


def _as_text(loaded: Loaded, seconds: float) -> str:
    carers = Carer.objects.filter(branch__in=loaded.branches).count()
    clients = Client.objects.filter(branch__in=loaded.branches).count()
    done = "Loaded" if loaded.is_new or loaded.weeks_published else "Already there:"
    lines = [
        f"{done} {loaded.organisation.name}: {carers} carers and {clients} clients "
        f"in {len(loaded.branches)} branches ({seconds} s).",
        f"The week to build in {loaded.branches[0].name} starts on "
        f"{loaded.current_week.next.starts_on:%A %d %B %Y}.",
        "",
        *(f"{row.role:<16}{row.username:<14}{row.password}" for row in loaded.sign_ins),
    ]
    return "\n".join(lines)
