"""Meetings, who came, and what they resolved."""

from django.db import models
from django.db.models import F, Q

from backend.membership.models.bodies import LegalEntity
from backend.membership.models.members import Membership


class MeetingKind(models.TextChoices):
    """Which meeting it is."""

    ANNUAL = "annual", "Annual general meeting"
    GENERAL = "general", "General meeting"
    BOARD = "board", "Board or council"
    BRANCH = "branch", "Branch meeting"


class Meeting(models.Model):
    """A meeting that was called; `held_at` None until it has been held."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10, choices=MeetingKind.choices)
    branch = models.ForeignKey(
        "organisation.Branch", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(help_text="clear days the rules ask for")
    quorum = models.PositiveIntegerField(help_text="members present for a valid vote")
    minutes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(held_at__gt=F("called_at")),
                name="membership_meeting_called_before_held",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} meeting called {self.called_at:%Y-%m-%d}"


class Attendance(models.Model):
    """A member who was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"], name="membership_attendance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} at {self.meeting_id}"


class ResolutionKind(models.TextChoices):
    """What a resolution needs; `backend/counting/thresholds.py` has the arithmetic."""

    ORDINARY = "ordinary", "Ordinary resolution"
    RULE_CHANGE = "rule_change", "Change of the rules"
    CONVERSION = "conversion", "Conversion to, or merger with, a company"
    AMALGAMATION = "amalgamation", "Amalgamation or transfer between societies"


class Resolution(models.Model):
    """A question put to a meeting and the votes on it. Abstentions are not votes.

    `confirms` is the resolution of the first meeting where the law asks for a second one.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    kind = models.CharField(max_length=15, choices=ResolutionKind.choices)
    text = models.TextField()
    eligible = models.PositiveIntegerField()
    votes_for = models.PositiveIntegerField()
    votes_against = models.PositiveIntegerField()
    abstentions = models.PositiveIntegerField(default=0)
    confirms = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="confirmed_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(eligible__gte=F("votes_for") + F("votes_against") + F("abstentions")),
                name="membership_votes_within_those_eligible",
            )
        ]

    def __str__(self) -> str:
        return self.text
