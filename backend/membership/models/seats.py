"""Seats on the board or council, who elects to them, and who sits in them."""

from django.db import models
from django.db.models import F, Q

from backend.membership.models.bodies import Holder, LegalEntity
from backend.membership.models.members import ClassKind, MemberClass


class Constituency(models.Model):
    """Members who elect together: a class, of one branch or (`branch` None) of all the rest."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="constituencies")
    name = models.CharField(max_length=120)
    member_class = models.ForeignKey(
        MemberClass, on_delete=models.PROTECT, related_name="constituencies"
    )
    branch = models.ForeignKey(
        "organisation.Branch", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member_class", "branch"],
                condition=Q(branch__isnull=False),
                name="membership_constituency_of_a_branch_once",
            ),
            models.UniqueConstraint(
                fields=["member_class"],
                condition=Q(branch__isnull=True),
                name="membership_constituency_of_the_rest_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatHow(models.TextChoices):
    """How a seat is filled."""

    ELECTED = "elected", "Elected"
    APPOINTED = "appointed", "Appointed"
    EX_OFFICIO = "ex_officio", "By office"
    CO_OPTED = "co_opted", "Co-opted"


class Seat(models.Model):
    """A seat on the board or council. `class_kind` says of whom it is, for the control test."""

    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="seats")
    name = models.CharField(max_length=120)
    class_kind = models.CharField(max_length=20, choices=ClassKind.choices)
    constituency = models.ForeignKey(
        Constituency, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    how = models.CharField(max_length=10, choices=SeatHow.choices)
    has_vote = models.BooleanField(default=True)
    term_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="empty: without a term, or not known"
    )
    max_terms = models.PositiveSmallIntegerField(null=True, blank=True, help_text="in a row")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how=SeatHow.ELECTED) | Q(constituency__isnull=True),
                name="membership_only_elected_seats_have_voters",
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="membership_seat_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """Somebody in a seat for a period; `holder` None where the name is not recorded.

    `elected_on` is the day of the declaration, None for a seat that nobody elects to or where it
    is not known.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    holder = models.ForeignKey(
        Holder, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    chosen_by = models.CharField(max_length=200, blank=True, help_text="the election or the body")
    elected_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ends_before__isnull=True),
                name="membership_seat_filled_once",
            ),
            models.UniqueConstraint(
                fields=["seat", "starts_on"], name="membership_appointment_start_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="membership_appointment_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} from {self.starts_on}"
