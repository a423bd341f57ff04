"""Promises about who may hold what, and what a trust holds."""

from django.db import models
from django.db.models import F, Q

from backend.membership.models.bodies import LegalEntity


class CovenantKind(models.TextChoices):
    """What was promised; `covenants.py` tests those that can be tested."""

    LOCK_IN = "lock_in", "Keeps its share for a time"
    BLOCKING_SHARE = "blocking_share", "Keeps enough to block"
    TRUST_MINIMUM = "trust_minimum", "The trust keeps at least"
    NO_DILUTION = "no_dilution", "Workers and users are not diluted"
    ASSET_LOCK = "asset_lock", "Assets are locked"
    OTHER = "other", "Other promise"


class Covenant(models.Model):
    """A promise about who may hold what, for a period.

    `class_kind` says whose votes it is about, `bound_bp` the least share of them in hundredths
    of a per cent; both are empty where only a person can judge.
    """

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="covenants")
    kind = models.CharField(max_length=20, choices=CovenantKind.choices)
    text = models.TextField()
    class_kind = models.CharField(max_length=20, blank=True)
    bound_bp = models.PositiveIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bound_bp__isnull=True) | Q(bound_bp__lte=10_000),
                name="membership_covenant_bound_of_all",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[CovenantKind.BLOCKING_SHARE, CovenantKind.TRUST_MINIMUM])
                | Q(bound_bp__isnull=False),
                name="membership_covenant_needs_its_bound",
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="membership_covenant_period",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class TrustShares(models.Model):
    """What an employee ownership trust holds of a company, from a day on, in basis points.

    The tax test asks for more than half of each of the four; it is not the control test.
    """

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="trust_shares")
    starts_on = models.DateField()
    shares_bp = models.PositiveIntegerField()
    votes_bp = models.PositiveIntegerField()
    profit_bp = models.PositiveIntegerField()
    assets_bp = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "starts_on"], name="membership_trust_shares_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    shares_bp__lte=10_000,
                    votes_bp__lte=10_000,
                    profit_bp__lte=10_000,
                    assets_bp__lte=10_000,
                ),
                name="membership_trust_holds_at_most_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} from {self.starts_on}"

    @property
    def is_controlling(self) -> bool:
        """Whether the trust holds more than half of each."""
        return min(self.shares_bp, self.votes_bp, self.profit_bp, self.assets_bp) > 5_000
