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
    try_key = models.CharField(
        max_length=64,
        blank=True,
        help_text="of a members' try: the hash of its problem and policy; empty: the office asked",
    )
    result = models.JSONField(null=True, help_text="both sides in figures, without names")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["try_key"], condition=~models.Q(try_key=""), name="rota_one_answer_to_a_try"
            )
        ]

    def __str__(self) -> str:
        return f"scenario {self.pk}"


class PolicyTry(models.Model):
    """A split of tokens that somebody wanted to see before a vote. Only they see that they asked.

    Whoever asks the same again, of the same week, gets the same scenario.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="policy_tries"
    )
    asked_at = models.DateTimeField()
    tokens = models.JSONField(help_text="rule to tokens")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="tries")

    class Meta:
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="rota_tries_by_person")]

    def __str__(self) -> str:
        return f"try {self.pk} of scenario {self.scenario_id}"
