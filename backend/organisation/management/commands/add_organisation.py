"""`manage.py add_organisation`: the first thing a new installation needs."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from backend.organisation.models import Organisation
from backend.organisation.services import found_organisation


class Command(BaseCommand):
    """A second call finds the organisation as it is."""

    help = "Add an organisation, with the rules every new one starts with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("name", help="as its members write it")
        parser.add_argument(
            "--external-id", help="short name for files and commands; made from NAME"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Found it, or say that it is there."""
        name = options["name"].strip()
        external_id = options["external_id"] or slugify(name)
        try:
            Organisation(external_id=external_id, name=name).clean_fields()
        except ValidationError as error:
            raise CommandError(
                " ".join(f"{field}: {words[0]}" for field, words in error.message_dict.items())
            ) from error
        if known := Organisation.objects.filter(external_id=external_id).first():
            if known.name != name:
                raise CommandError(
                    f"{external_id!r} is {known.name} already; give another with --external-id."
                )
            self.stdout.write(f"{name} ({external_id}) is there already; nothing was changed.")
            return
        found_organisation(external_id=external_id, name=name, actor=None, now=timezone.now())
        self.stdout.write(
            f"Added {name} ({external_id}), with the rules in force. "
            "Next, its first administrator: ./roundtable user add."
        )
