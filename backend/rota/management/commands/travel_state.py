"""`manage.py travel_state`: where travel times come from, how old they are, what answers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.organisation.rules import FORMULA
from backend.organisation.selectors import NoRuleInForceError, today_in, travel_rules
from backend.travel.models import ServiceHealth
from backend.travel.route_services import service_called
from backend.travel.tables import Table, tables_of


class Command(BaseCommand):
    """Changes nothing and asks nobody."""

    help = "Show the travel times of each branch, and the state of the route services."

    def handle(self, *args: Any, **options: Any) -> None:
        """Show it."""
        for branch in Branch.objects.select_related("organisation").order_by("name"):
            for line in _lines(branch):
                self.stdout.write(f"{branch.name}: {line}")
        for row in ServiceHealth.objects.order_by("service"):
            rest = f"; left alone until {row.rests_until:%d %b %H:%M}" if row.rests_until else ""
            state = (
                f"failed {row.failures} times in a row, last {row.last_failure}"
                if row.failures
                else "answers"
            )
            self.stdout.write(f"{row.service}: {state}{rest}")


def _lines(branch: Branch) -> list[str]:
    on = Week.containing(today_in(branch.organisation, timezone.now())).next.starts_on
    try:
        provider = travel_rules(branch, on).provider
    except NoRuleInForceError:
        return ["no rules of travel are in force"]
    lines = [_line(table) for table in tables_of(branch, provider).values()]
    has_address = service_called(provider) is not None
    return lines or [
        f"by {provider}" + ("" if has_address or provider == FORMULA else ", no address")
    ]


def _line(table: Table) -> str:
    oldest = f", oldest {table.oldest_at:%d %b %Y}" if table.oldest_at else ""
    asked = f", last asked {table.asked_at:%d %b %H:%M}: {table.failure}" if table.failure else ""
    return (
        f"{table.mode} by {table.service}: {table.known} known, {table.unknown} by the formula"
        f"{oldest}{asked}"
    )
