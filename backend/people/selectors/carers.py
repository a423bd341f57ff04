"""Which carers there are for whom, and the contracts in force."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.people.models import (
    Absence,
    Availability,
    Carer,
    CarerCheck,
    CarerSkill,
    Contract,
    PayRate,
    VisaHours,
    WorkingTimeOptOut,
)

AVAILABILITY_ORDER = ("cycle_weeks", "cycle_week", "weekday", "from_minute")


def carers_for_office(viewer: User) -> QuerySet[Carer]:
    """Return the carers of the branches whose office the viewer works in, by name."""
    return Carer.objects.filter(branch__in=branch_ids(viewer)).order_by("name", "pk")


def carers_employed_in(branches: Iterable[Branch], week: Week) -> QuerySet[Carer]:
    """Return the carers who are employed on at least one day of a week."""
    return Carer.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lt=week.ends_before),
        Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
        branch__in=list(branches),
    )


def with_details(carers: QuerySet[Carer], *, now: datetime) -> QuerySet[Carer]:
    """Read carers together with all that their pages show; absences only if not over."""
    return carers.prefetch_related(
        Prefetch("contracts", Contract.objects.order_by("starts_on")),
        Prefetch("availability", Availability.objects.order_by(*AVAILABILITY_ORDER)),
        Prefetch(
            "absences",
            Absence.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now)).order_by(
                "starts_at"
            ),
        ),
        Prefetch("skills", CarerSkill.objects.select_related("skill").order_by("skill__name")),
        Prefetch("checks", CarerCheck.objects.order_by("kind")),
        Prefetch("opt_outs", WorkingTimeOptOut.objects.order_by("signed_on")),
        Prefetch("visa_hours", VisaHours.objects.order_by("starts_on")),
        Prefetch("pay_rates", PayRate.objects.order_by("starts_on")),
    )


def contracts_in_force(carers: Iterable[Carer], week: Week) -> dict[int, Contract]:
    """Return the contract in force on the Monday, or else the first to begin in the week."""
    found: dict[int, Contract] = {}
    for row in Contract.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=week.starts_on),
        carer__in=list(carers),
        starts_on__lt=week.ends_before,
    ).order_by("carer", "starts_on"):
        found.setdefault(row.carer_id, row)
    return found


def opted_out_on(carers: Iterable[Carer], on: date) -> frozenset[int]:
    """Return the ids of the carers whose 48-hour opt-out holds on a date (WTR-02)."""
    return frozenset(
        WorkingTimeOptOut.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=on),
            carer__in=list(carers),
            signed_on__lte=on,
        ).values_list("carer_id", flat=True)
    )
