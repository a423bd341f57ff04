"""`manage.py enact_rules`: a new version of an area's rules, from a file, from a date on."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.accounts.management.terminal import actor_called
from backend.organisation.management.which import branch_called, organisation_called
from backend.organisation.models import RuleArea
from backend.organisation.rules import RuleValuesError
from backend.organisation.services import enact_rules


class Command(BaseCommand):
    """A version that is in force already is not enacted again."""

    help = "Enact the values of a YAML or JSON file as the rules of an area, from a date on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("area", choices=[area.value for area in RuleArea])
        parser.add_argument("file", type=Path, metavar="FILE", help="the values, whole")
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, required=True)
        parser.add_argument("--decided-by", required=True, help="the vote's or law's reference")
        parser.add_argument("--organisation", metavar="ID", help="needed where there are several")
        parser.add_argument("--branch", help="for one branch instead of all")
        parser.add_argument("--actor", metavar="USERNAME", help="in whose name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Enact it, or say what is wrong with the file."""
        organisation = organisation_called(options["organisation"])
        branch = branch_called(options["branch"], organisation) if options["branch"] else None
        area, starts_on, values = RuleArea(options["area"]), options["starts_on"], _read(options)
        last = (
            organisation.rule_sets.filter(area=area, branch=branch, starts_on=starts_on)
            .order_by("-version")
            .first()
        )
        if last is not None and last.values == values:
            self.stdout.write(f"{area.label}: version {last.version} says so already.")
            return
        try:
            found = enact_rules(
                organisation=organisation,
                branch=branch,
                area=area,
                starts_on=starts_on,
                values=values,
                decided_by=options["decided_by"],
                actor=actor_called(options["actor"]),
                now=timezone.now(),
            )
        except (RuleValuesError, AttributeError, KeyError, TypeError) as error:
            raise CommandError(f"{options['file']}: {error}. Nothing was enacted.") from error
        self.stdout.write(f"{area.label}: version {found.version} holds from {starts_on}.")


def _read(options: Mapping[str, Any]) -> Any:
    file: Path = options["file"]
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
    if not isinstance(values, Mapping):
        raise CommandError(f"{file} must hold the area's values, name by name.")
    return dict(values)
