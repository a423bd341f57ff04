"""Give organisations founded before them the points for wishes that new ones start with."""

from datetime import date
from typing import Any

from django.db import migrations
from django.utils import timezone

AREA = "wishes"
STARTS_ON = date(2020, 1, 1)
VALUES: dict[str, Any] = {"points": 12, "first_period_on": "2020-01-06"}


def add_missing(apps: Any, _: Any) -> None:
    """Add the rules where there are none; running again adds nothing."""
    rule_set = apps.get_model("organisation", "RuleSet")
    there = rule_set.objects.filter(area=AREA, branch__isnull=True).values("organisation")
    rule_set.objects.bulk_create(
        rule_set(
            organisation=organisation,
            area=AREA,
            version=1,
            starts_on=STARTS_ON,
            values=VALUES,
            decided_by="default until the members' first vote",
            enacted_at=timezone.now(),
        )
        for organisation in apps.get_model("organisation", "Organisation")
        .objects.exclude(pk__in=there)
        .order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0010_wish_rules")]

    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
