"""Rota, Visit, VisitAssignment: the week as coordinators are making it."""

from django.db import models
from django.db.models import F, Q


class Rota(models.Model):
    """The working draft of a branch's week. What people were told is in `Publication`.

    `version` rises with every change of the draft, so that a proposal or an edit made from an
    older state is noticed.
    """

    branch = models.ForeignKey(
        "organisation.Branch", on_delete=models.PROTECT, related_name="rotas"
    )
    week_starts_on = models.DateField(help_text="the Monday")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "week_starts_on"], name="rota_one_for_each_week"
            )
        ]

    def __str__(self) -> str:
        return f"rota of branch {self.branch_id} from {self.week_starts_on}"


class VisitState(models.TextChoices):
    """Where a visit stands before the day; every visit is in exactly one of these."""

    UNALLOCATED = "unallocated", "Not covered"
    ALLOCATED = "allocated", "Covered"
    CLIENT_AWAY = "client_away", "Client away"
    CANCELLED = "cancelled", "Cancelled"


class Visit(models.Model):
    """One planned attendance at a client's home on one date.

    Made from a package line: at most one for each line and date. Minutes are wall-clock minutes
    of `on`; `target_at` and `starts_at` are the same as UTC moments. `start_minute` None: not
    planned yet.
    """

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="visits")
    line = models.ForeignKey(
        "clients.PackageLine", null=True, on_delete=models.PROTECT, related_name="visits"
    )
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    target_minute = models.PositiveSmallIntegerField()
    earliest_minute = models.PositiveSmallIntegerField()
    latest_minute = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    carers_required = models.PositiveSmallIntegerField(default=1)
    priority = models.PositiveSmallIntegerField(
        default=2, help_text="1 critical, 2 usual, 3 can be deferred"
    )
    skills = models.JSONField(default=list, help_text="codes of the skills needed")
    target_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, choices=VisitState.choices, default=VisitState.UNALLOCATED
    )
    start_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    is_locked = models.BooleanField(default=False, help_text="the solver may not change it")
    cancelled_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="when the office cancelled this one visit; its package still asks for it",
    )
    open_reason = models.JSONField(
        null=True, blank=True, help_text="why nobody could be given it, from the last run"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "on"], name="rota_one_visit_for_line_and_day"),
            models.CheckConstraint(
                condition=(
                    Q(state="allocated", start_minute__isnull=False, starts_at__isnull=False)
                    | ~Q(state="allocated") & Q(start_minute__isnull=True, starts_at__isnull=True)
                ),
                name="rota_allocated_visits_have_a_start",
            ),
            models.CheckConstraint(
                condition=Q(
                    earliest_minute__lte=F("target_minute"), target_minute__lte=F("latest_minute")
                ),
                name="rota_visit_window",
            ),
        ]
        indexes = [models.Index(fields=["rota", "on"], name="rota_visit_by_day")]

    def __str__(self) -> str:
        return f"visit {self.pk} on {self.on}"


class VisitAssignment(models.Model):
    """One carer's part in one visit of the draft; a double-up has two."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="assignments")
    carer = models.ForeignKey("people.Carer", on_delete=models.PROTECT, related_name="assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "carer"], name="rota_carer_once_for_visit")
        ]

    def __str__(self) -> str:
        return f"carer {self.carer_id} on visit {self.visit_id}"
