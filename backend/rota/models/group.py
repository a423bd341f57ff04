"""GroupRun: the week of several branches built by one ask, in stages of parts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.rota.models.runs import RunState


class GroupRun(models.Model):
    """One ask for the weeks of an organisation's branches. Its parts are `SolverRun` rows.

    `stages` is laid down when it is asked: in the first every branch is planned alone, in the last
    every branch gets its proposal, between them neighbours are planned together. The parts of a
    stage share no branch. Whoever ends the last open part of a stage opens the next.
    """

    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="group_runs"
    )
    week_starts_on = models.DateField(help_text="the Monday")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    seconds = models.PositiveIntegerField(help_text="time for all stages with all workers")
    seed = models.PositiveIntegerField(default=1)
    stages = models.JSONField(help_text="by stage: seconds of each part, and parts as branch ids")
    stage = models.PositiveSmallIntegerField(default=0, help_text="the one that is open")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    keep_best = models.BooleanField(default=True, help_text="on cancelling: propose the best")
    ended_at = models.DateTimeField(null=True, blank=True)
    best_cost = models.FloatField(
        null=True, blank=True, help_text="of the whole plan after the last stage that is through"
    )
    unassigned = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "week_starts_on"],
                condition=Q(state__in=["queued", "running"]),
                name="rota_one_open_group_run",
            )
        ]

    def __str__(self) -> str:
        return f"group run {self.pk} ({self.state})"

    @property
    def last_stage(self) -> int:
        """The stage in which every branch gets its proposal."""
        return len(self.stages) - 1
