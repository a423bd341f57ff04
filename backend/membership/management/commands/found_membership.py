"""`manage.py found_membership`: an organisation's legal form, before its first member."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.accounts.management.terminal import actor_called
from backend.membership.forms import FORMS
from backend.membership.models import OrganisationForm
from backend.membership.services.found_membership import FormRecordedError, found_membership
from backend.organisation.management.which import organisation_called


class Command(BaseCommand):
    """A second call with the same form changes nothing."""

    help = "Record the legal form, with a class of workers and, for a society, its £1 share."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("form", choices=[form.value for form in FORMS])
        parser.add_argument("--registrar-no", default="", help="the number at the registrar")
        parser.add_argument("--organisation", metavar="ID", help="needed where there are several")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record it."""
        try:
            entity = found_membership(
                organisation=organisation_called(options["organisation"]),
                form=OrganisationForm(options["form"]),
                registrar_no=options["registrar_no"],
                actor=actor_called(options["actor"]),
                now=timezone.now(),
            )
        except FormRecordedError as error:
            raise CommandError(
                f"It is recorded as {error.params['form']} already; a change of form needs a "
                "special resolution and becomes a body of its own."
            ) from error
        self.stdout.write(f"{entity.name} is a {entity.get_form_display().lower()}.")
