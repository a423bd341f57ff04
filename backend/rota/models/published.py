"""What people were told: publications, and the assignments in force after each."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Publication(models.Model):
    """One act of publishing a week: who, when, with which rules, and what changed for whom."""

    rota = models.ForeignKey("rota.Rota", on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(help_text="1 for the first of a rota")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    rule_versions = models.JSONField(help_text="area to version of every rule set in force")
    changes = models.JSONField(help_text="carer id to what was added, taken away and moved")
    figures = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True, help_text="reason for open warnings")
    warnings = models.JSONField(
        default=dict, help_text="what was warned of when it was published, and how often"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rota", "number"], name="rota_publication_number_once")
        ]

    def __str__(self) -> str:
        return f"publication {self.number} of rota {self.rota_id}"


class PublishedAssignment(models.Model):
    """What one carer was told about one visit, from one publication until another.

    In force while `superseded_by` is None. The rows in force after publication n are those
    added at or before n and superseded after n or never: nothing that was told is ever lost.
    """

    rota = models.ForeignKey("rota.Rota", on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="assignments"
    )
    superseded_by = models.ForeignKey(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="superseded"
    )
    visit = models.ForeignKey("rota.Visit", on_delete=models.PROTECT, related_name="published")
    carer = models.ForeignKey("people.Carer", on_delete=models.PROTECT, related_name="published")
    client = models.ForeignKey("clients.Client", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    start_minute = models.PositiveSmallIntegerField(help_text="wall-clock minute of `on`")
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "carer"],
                condition=Q(superseded_by__isnull=True),
                name="rota_told_once",
            )
        ]
        indexes = [
            models.Index(fields=["carer", "on"], name="rota_told_by_carer"),
            models.Index(fields=["client", "on"], name="rota_told_by_client"),
            models.Index(fields=["rota", "superseded_by"], name="rota_told_by_rota"),
        ]

    def __str__(self) -> str:
        return f"carer {self.carer_id} told of visit {self.visit_id}"


class CarerLook(models.Model):
    """The last publication of a week that a carer has looked at the changes of."""

    carer = models.ForeignKey("people.Carer", on_delete=models.CASCADE, related_name="looks")
    rota = models.ForeignKey("rota.Rota", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carer", "rota"], name="rota_one_look_for_each_week")
        ]

    def __str__(self) -> str:
        return f"carer {self.carer_id} saw {self.number}"
