"""Give organisations founded before them the rules of law that new ones start with."""

from datetime import date
from typing import Any

from django.db import migrations
from django.utils import timezone

AREAS: dict[str, tuple[date, str, dict[str, Any]]] = {
    "working_week": (
        date(1998, 10, 1),
        "Working Time Regulations 1998 reg. 11; Tyco (2015); the figures are defaults",
        {
            "warn_week_hours": 55,
            "weekly_rest_mode": "7d_24h",
            "count_home_journeys": True,
            "longest_home_journey_minutes": 45,
        },
    ),
    "night_work": (
        date(1998, 10, 1),
        "Working Time Regulations 1998 reg. 2, 6, 7; a yearly assessment is a default",
        {
            "starts_minute": 1380,
            "ends_minute": 360,
            "average_hours": 8,
            "hazard_hours": 8,
            "assessment": "warn",
            "assessment_months": 12,
        },
    ),
    "young_workers": (
        date(2003, 4, 6),
        "Working Time Regulations 1998 reg. 5A, 6A, 10 to 12",
        {
            "adult_age": 18,
            "max_day_minutes": 480,
            "max_week_minutes": 2400,
            "daily_rest_minutes": 720,
            "weekly_rest_minutes": 2880,
            "stretch_minutes": 270,
            "break_minutes": 30,
            "night_starts_minute": 1320,
            "night_ends_minute": 360,
        },
    ),
    "notice": (
        date(2020, 1, 1),
        "default until the Employment Rights Act 2025 sets its own figure (ERA-02)",
        {"rota_days": 7, "short_hours": 48},
    ),
    "checks": (
        date(2020, 1, 1),
        "default; regulation 19 and Schedule 3 of the 2014 Regulations",
        {"right_to_work_warn_days": 90, "dbs": "warn", "training_warn_days": 30},
    ),
    "pay_rules": (
        date(2015, 4, 6),
        "default within the National Minimum Wage Regulations 2015 (PAY-01 to PAY-07)",
        {"off_duty_minutes": 60, "unpaid_break_minutes": None, "tight_share": "1.02"},
    ),
}


def add_missing(apps: Any, _: Any) -> None:
    """Add each area that an organisation has no rules for; running again adds nothing."""
    rule_set = apps.get_model("organisation", "RuleSet")
    for organisation in apps.get_model("organisation", "Organisation").objects.order_by("pk"):
        there = set(
            rule_set.objects.filter(organisation=organisation, branch__isnull=True).values_list(
                "area", flat=True
            )
        )
        rule_set.objects.bulk_create(
            rule_set(
                organisation=organisation,
                area=area,
                version=1,
                starts_on=starts_on,
                values=values,
                decided_by=decided_by,
                enacted_at=timezone.now(),
            )
            for area, (starts_on, decided_by, values) in AREAS.items()
            if area not in there
        )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_rules_of_law")]

    operations = [migrations.RunPython(add_missing, migrations.RunPython.noop)]
