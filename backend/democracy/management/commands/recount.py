"""`manage.py recount BALLOT`: count a declared ballot again, from its own opened papers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.counting.canonical import canonical
from backend.democracy.models import IS_DECLARED, Ballot
from backend.democracy.recount.recount import NONSENSE, PackageError, recount
from backend.democracy.selectors import broken_log_place
from backend.democracy.services.declaring import counted_package


class Command(BaseCommand):
    """Counts twice: the opened ballots anew, and the published package by the other program."""

    help = "Count a declared ballot again; ends with 1 if anything is not as it was declared."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what is asked for."""
        parser.add_argument("ballot", help="the ballot's code")
        parser.add_argument("--organisation", help="external id, where several have such a code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and print the result as it is hashed."""
        ballots = Ballot.objects.filter(code=options["ballot"], state__in=IS_DECLARED)
        if options["organisation"]:
            ballots = ballots.filter(organisation__external_id=options["organisation"])
        try:
            ballot = ballots.get()
        except (Ballot.DoesNotExist, Ballot.MultipleObjectsReturned) as error:
            raise CommandError("No one declared ballot has this code.") from error
        declaration = ballot.declaration
        wrong = []
        if counted_package(ballot) != declaration.package:
            wrong.append("the opened ballots give another package")
        try:
            if recount(declaration.package) != declaration.package["declared"]["result"]:
                wrong.append("the other program finds another result")
        except (PackageError, *NONSENSE) as error:
            wrong.append(f"the package makes no sense: {error}")
        if declaration.package["declared"]["result_hash"] != declaration.result_hash:
            wrong.append("the hash is not the declared one")
        if (place := broken_log_place(ballot)) is not None:
            wrong.append(f"the public log does not fit at entry {place}")
        if wrong:
            raise CommandError("; ".join(wrong))
        self.stdout.write(canonical(declaration.package["declared"]["result"]))
        self.stdout.write(declaration.result_hash)
