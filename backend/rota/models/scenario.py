"""Scenario: the same week under tried rules or with more carers, beside the week as it is."""

from django.conf import settings
from django.db import models

from backend.rota.models.runs import SolverRun


class Scenario(models.Model):
    """A question of what if. Neither of its two runs proposes anything, so nothing can come of it.

    The problems of both runs are made when it is asked and stay as they are.
    """

    rota = models.ForeignKey("rota.Rota", on_delete=models.CASCADE, related_name="scenarios")
    change = models.JSONField(help_text="weights, limits and more carers that are tried")
    present = models.OneToOneField(SolverRun, on_delete=models.CASCADE, related_name="+")
    tried = models.OneToOneField(SolverRun, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    result = models.JSONField(null=True, help_text="both sides in figures, without names")

    def __str__(self) -> str:
        return f"scenario {self.pk}"
