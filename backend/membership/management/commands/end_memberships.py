"""`manage.py end_memberships`: write down that workers who left are members no more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.membership.services.standing import end_memberships_of_leavers
from backend.organisation.models import Organisation
from backend.organisation.selectors import today_in


class Command(BaseCommand):
    """To be run every day; their vote ended with the employment in any case."""

    help = "Record the end of membership of all workers whose employment has ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take no arguments: it is about everybody."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Record them, organisation by organisation."""
        now = timezone.now()
        for organisation in Organisation.objects.order_by("external_id"):
            ended = end_memberships_of_leavers(
                organisation=organisation, today=today_in(organisation, now), actor=None, now=now
            )
            self.stdout.write(f"{organisation.name}: {len(ended)} ended.")
