"""A service that asks to leave its parent: conditions, evidence, the staff's ballot."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from backend.membership.models.bodies import LegalEntity


class InitiatedBy(models.TextChoices):
    """Whose idea it was."""

    WORKERS = "workers", "The workers"
    JOINT = "joint", "Workers and employer together"
    ABOVE = "above", "Management or government"
    OUTSIDE = "outside", "Somebody outside"


class SpinOutState(models.TextChoices):
    """How far a case has come."""

    DRAFT = "draft", "Draft"
    CONSULTING = "consulting", "Consulting"
    BALLOT_CALLED = "ballot_called", "Ballot called"
    BALLOT_DECLARED = "ballot_declared", "Ballot declared"
    REJECTED = "rejected", "Rejected"
    APPROVED = "approved", "Approved"
    TRANSFERRED = "transferred", "Transferred"


class SpinOutCase(models.Model):
    """A proposal that a service leaves its parent and becomes a body of its own.

    `proposed` is the body with the register and board that are proposed: the control test is made
    on it. The ballot's figures are empty until it is declared; its electorate is everybody on the
    staff list of `staff_list_on`, members of a union or not.
    """

    parent = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="spin_outs")
    proposed = models.OneToOneField(
        LegalEntity, on_delete=models.PROTECT, related_name="spin_out_case"
    )
    service = models.CharField(max_length=160)
    initiated_by = models.CharField(max_length=10, choices=InitiatedBy.choices)
    state = models.CharField(
        max_length=20, choices=SpinOutState.choices, default=SpinOutState.DRAFT
    )
    options_chosen_on = models.DateField(
        null=True, blank=True, help_text="unions must have been involved before"
    )
    staff_list_on = models.DateField(null=True, blank=True)
    ballot_reference = models.CharField(max_length=200, blank=True)
    is_ballot_secret = models.BooleanField(default=False)
    eligible = models.PositiveIntegerField(null=True, blank=True)
    votes_yes = models.PositiveIntegerField(null=True, blank=True)
    votes_no = models.PositiveIntegerField(null=True, blank=True)
    votes_spoilt = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("proposed")), name="membership_spin_out_of_another"
            ),
            models.CheckConstraint(
                condition=Q(
                    eligible__isnull=True,
                    votes_yes__isnull=True,
                    votes_no__isnull=True,
                    votes_spoilt__isnull=True,
                )
                | Q(
                    eligible__isnull=False,
                    votes_yes__isnull=False,
                    votes_no__isnull=False,
                    votes_spoilt__isnull=False,
                    eligible__gte=F("votes_yes") + F("votes_no") + F("votes_spoilt"),
                ),
                name="membership_spin_out_votes_together",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        SpinOutState.DRAFT,
                        SpinOutState.CONSULTING,
                        SpinOutState.BALLOT_CALLED,
                    ]
                )
                | Q(votes_yes__isnull=False),
                name="membership_spin_out_declared_has_votes",
            ),
        ]

    def __str__(self) -> str:
        return self.service


class Condition(models.TextChoices):
    """What the 2013 best-practice agreement of co-operatives and unions asks for."""

    FROM_THE_WORKERS = "from_the_workers", "Proposed or adopted by the workers"
    UNIONS_INVOLVED = "unions_involved", "Recognised unions involved from the start"
    TIME_AND_ADVICE = "time_and_advice", "Time, facilities and independent advice for staff"
    OPTIONS_COMPARED = "options_compared", "Options compared, also staying in-house"
    BALLOT_OF_STAFF = "ballot_of_staff", "Secret ballot of all affected staff"
    MAJORITY_OF_STAFF = "majority_of_staff", "Majority of all staff in favour"
    CONTROL = "control", "Workers and users control the new body"
    NO_DILUTION = "no_dilution", "No later dilution of that control"
    COMMISSIONING = "commissioning", "Need, length, social value and accountability agreed"
    ASSETS_PROTECTED = "assets_protected", "Public assets protected"
    EMPLOYMENT = "employment", "Terms, pensions and union recognition carried over"


class Evidence(models.Model):
    """Something that shows that a condition is met, with its day. Never changed."""

    case = models.ForeignKey(SpinOutCase, on_delete=models.PROTECT, related_name="evidence")
    condition = models.CharField(max_length=20, choices=Condition.choices)
    text = models.TextField()
    on = models.DateField(help_text="the day of what it tells of")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="membership_evidence_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.condition} on {self.on}"


class Waiver(models.Model):
    """A condition that was waived, with reason and name, shown for ever. Never changed."""

    case = models.ForeignKey(SpinOutCase, on_delete=models.PROTECT, related_name="waivers")
    condition = models.CharField(max_length=20, choices=Condition.choices)
    reason = models.TextField()
    waived_by = models.CharField(max_length=160, help_text="name and office")
    on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "condition"], name="membership_waived_once"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(waived_by=""), name="membership_waiver_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition} waived by {self.waived_by}"


class Agreement(models.Model):
    """What was agreed with whom for the transfer."""

    case = models.ForeignKey(SpinOutCase, on_delete=models.PROTECT, related_name="agreements")
    partner = models.CharField(max_length=160, help_text="union, council or parent")
    text = models.TextField()
    signed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="membership_agreement_has_text")
        ]

    def __str__(self) -> str:
        return f"with {self.partner} on {self.signed_on}"
