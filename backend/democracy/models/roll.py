"""The roll: the outer envelopes, with names."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class RollEntry(models.Model):
    """One member who may vote in one ballot.

    `sealed` is the inner envelope while the ballot is open; then it is taken out, and with it
    `receipt`, which is a hash of it and would lead from the name to the box. There is no time
    here, and `is_assisted` says nothing of who helped.
    """

    ballot = models.ForeignKey("democracy.Ballot", on_delete=models.PROTECT, related_name="roll")
    membership = models.ForeignKey(
        "membership.Membership", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(help_text="the member's number")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who signs in; none: votes on paper",
    )
    constituency = models.ForeignKey(
        "membership.Constituency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    paper_issued = models.BooleanField(default=False, help_text="votes on paper and not here")
    is_assisted = models.BooleanField(default=False)
    voted = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True, blank=True)
    receipt = models.CharField(max_length=19, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="democracy_on_roll_once"),
            models.UniqueConstraint(
                fields=["ballot", "membership"], name="democracy_member_on_roll_once"
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True, receipt="")
                | (Q(sealed__isnull=False, voted=True) & ~Q(receipt="")),
                name="democracy_envelope_with_receipt",
            ),
            models.CheckConstraint(
                condition=Q(paper_issued=False) | Q(voted=False),
                name="democracy_paper_or_here",
            ),
        ]
        indexes = [models.Index(fields=["user", "ballot"], name="democracy_roll_by_user")]

    def __str__(self) -> str:
        return f"{self.ballot_id}, no {self.number}"
