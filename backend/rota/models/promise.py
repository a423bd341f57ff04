"""PolicyWeek: the weeks by which it is known what a policy was to do, and what it did."""

from django.db import models

from backend.rota.models.leased_work import LeasedWork


class PolicyWeekPart(models.TextChoices):
    """What a week says about a version of the members' policy."""

    PROMISED = "promised", "Made twice, under the policy before it and under it"
    BEFORE = "before", "Published, the last before it held"
    AFTER = "after", "Published under it"


class PolicyWeek(LeasedWork):
    """One week that is to be looked at for one version.

    Rows of `PROMISED` are written with the version, the others when their weeks are over. Done and
    without `scenario` and `figures`: the week could not be made, see `last_error`, or the branch
    is too small to be shown, see `carers`.
    """

    version = models.ForeignKey(
        "organisation.RotaPolicyVersion", on_delete=models.CASCADE, related_name="policy_weeks"
    )
    rota = models.ForeignKey("rota.Rota", on_delete=models.CASCADE, related_name="policy_weeks")
    part = models.CharField(max_length=10, choices=PolicyWeekPart.choices)
    carers = models.PositiveIntegerField(
        null=True, help_text="of the branch in that week; null: not looked at yet"
    )
    scenario = models.ForeignKey(
        "rota.Scenario", null=True, on_delete=models.RESTRICT, related_name="policy_weeks"
    )
    figures = models.JSONField(null=True, help_text="of what was published, without names")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "rota", "part"], name="rota_one_look_at_a_policy_week"
            )
        ]
        indexes = [
            models.Index(
                fields=["version"],
                condition=models.Q(done_at__isnull=True),
                name="rota_policy_weeks_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} week of policy version {self.version_id}, rota {self.rota_id}"
