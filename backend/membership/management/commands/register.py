"""`manage.py register`: the register of members as at a date."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.membership.models import LegalEntity
from backend.membership.register_file import as_csv
from backend.membership.selectors import own_entity
from backend.membership.selectors.register import RegisterCopy, register_on
from backend.organisation.management.which import organisation_called
from backend.organisation.selectors import today_in


class Command(BaseCommand):
    """Prints a CSV file; changes nothing."""

    help = "Print the register of members and officers as at a date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            metavar="DATE",
            help="YYYY-MM-DD; else today",
        )
        parser.add_argument(
            "--copy",
            choices=[copy.value for copy in RegisterCopy],
            default=RegisterCopy.FULL.value,
            help="full: for the registered office; members and public show less",
        )
        parser.add_argument("--former", action="store_true", help="also former members")
        parser.add_argument("--organisation", metavar="ID", help="needed where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        organisation = organisation_called(options["organisation"])
        try:
            entity = own_entity(organisation)
        except LegalEntity.DoesNotExist as error:
            raise CommandError(
                f"The legal form of {organisation} is not recorded yet: manage.py found_membership."
            ) from error
        register = register_on(
            entity,
            options["as_at"] or today_in(organisation, timezone.now()),
            copy=RegisterCopy(options["copy"]),
            with_former=options["former"],
        )
        self.stdout.write(as_csv(register), ending="")
