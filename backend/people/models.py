"""Carer and everything that says when and what they can work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Gender(models.TextChoices):
    """Gender as far as a client's wish for a carer's gender needs it."""

    FEMALE = "f", "Female"
    MALE = "m", "Male"
    OTHER = "x", "Other or not said"


class TravelMode(models.TextChoices):
    """How a carer gets from visit to visit; the names of the travel rules' modes."""

    CAR = "car", "Car"
    CYCLE = "cycle", "Cycle"
    WALK = "walk", "On foot"


class Carer(models.Model):
    """A paid worker who makes visits."""

    branch = models.ForeignKey(
        "organisation.Branch", on_delete=models.PROTECT, related_name="carers"
    )
    external_id = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="carer",
    )
    gender = models.CharField(max_length=1, choices=Gender.choices)
    travel_mode = models.CharField(max_length=10, choices=TravelMode.choices)
    home_postcode = models.CharField(max_length=10, blank=True)
    home_easting = models.FloatField(help_text="metres on the Ordnance Survey grid")
    home_northing = models.FloatField(help_text="metres on the Ordnance Survey grid")
    starts_on = models.DateField(null=True, blank=True, help_text="first day of employment")
    ends_before = models.DateField(null=True, blank=True, help_text="first day after leaving")
    born_on = models.DateField(
        null=True, blank=True, help_text="for the rules of age: young workers, minimum wage"
    )
    is_night_worker = models.BooleanField(
        default=False, help_text="usually works three hours or more of the night (WTR-06)"
    )
    has_night_hazard = models.BooleanField(
        default=False, help_text="night work with a special hazard or heavy strain"
    )
    night_assessed_on = models.DateField(
        null=True, blank=True, help_text="last health assessment for nights; the day alone"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "external_id"], name="people_carer_external_id_once"
            ),
            models.CheckConstraint(
                condition=Q(is_night_worker=True) | Q(has_night_hazard=False),
                name="people_night_hazard_of_night_workers",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """Hours owed to a carer and asked of them, for a period. Periods do not overlap."""

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="contracts")
    guaranteed_minutes = models.PositiveIntegerField(help_text="a week; 0 for none")
    maximum_minutes = models.PositiveIntegerField(help_text="a week")
    max_days = models.PositiveSmallIntegerField(help_text="days worked in a week")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(guaranteed_minutes__lte=F("maximum_minutes")),
                name="people_guarantee_within_maximum",
            ),
            models.CheckConstraint(
                condition=Q(max_days__gte=1, max_days__lte=7), name="people_days_of_a_week"
            ),
            models.UniqueConstraint(
                fields=["carer", "starts_on"], name="people_contract_start_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guaranteed_minutes} to {self.maximum_minutes} minutes a week"


class Availability(models.Model):
    """One stretch of a weekday in which a carer can work, every week or in some of a cycle.

    In a cycle of `cycle_weeks`, the stretch holds in week number `cycle_week` (from 1), counted
    from the week that holds `cycle_anchor_on`. Minutes are wall-clock minutes of the day.
    """

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="availability")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()
    cycle_weeks = models.PositiveSmallIntegerField(default=1)
    cycle_week = models.PositiveSmallIntegerField(default=1)
    cycle_anchor_on = models.DateField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__lt=F("to_minute"), to_minute__lte=1440, weekday__lte=6),
                name="people_availability_inside_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    cycle_weeks__gte=1,
                    cycle_weeks__lte=8,
                    cycle_week__gte=1,
                    cycle_week__lte=F("cycle_weeks"),
                ),
                name="people_availability_cycle",
            ),
        ]

    def __str__(self) -> str:
        return f"day {self.weekday} {self.from_minute}-{self.to_minute}"


class AbsenceKind(models.TextChoices):
    """Why a carer cannot work."""

    LEAVE = "leave", "Leave"
    SICKNESS = "sickness", "Sickness"
    TRAINING = "training", "Training"
    UNAVAILABLE = "unavailable", "Not available"


class Absence(models.Model):
    """A period in which a carer cannot work: leave, sickness and the like (`Leave`).

    `ends_at` None: not known yet, so it holds until somebody says otherwise.
    """

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=12, choices=AbsenceKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="people_absence_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["carer", "starts_at"], name="people_absence_by_start")]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_at}"


class CarerSkill(models.Model):
    """Training or competence of a carer; after `ends_before` it must be renewed."""

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(
        "organisation.Skill", on_delete=models.PROTECT, related_name="carer_skills"
    )
    completed_on = models.DateField(null=True, blank=True)
    ends_before = models.DateField(null=True, blank=True, help_text="first day it is out of date")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carer", "skill"], name="people_skill_once")]

    def __str__(self) -> str:
        return f"{self.skill_id} of {self.carer_id}"


class CheckKind(models.TextChoices):
    """Checks before somebody may visit alone (section 9.1 of the domain rules)."""

    IDENTITY = "identity", "Identity"
    RIGHT_TO_WORK = "right_to_work", "Right to work"
    DBS = "dbs", "Criminal record check (DBS)"
    REFERENCES = "references", "References"
    DRIVING = "driving", "Licence, business insurance and MOT"


class CarerCheck(models.Model):
    """A check that was done, and until when it holds."""

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=16, choices=CheckKind.choices)
    completed_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True, help_text="first day it no longer holds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carer", "kind"], name="people_check_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.carer_id}"


class WorkingTimeOptOut(models.Model):
    """A carer's written, voluntary opt-out from the 48-hour average (WTR-02)."""

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="opt_outs")
    signed_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carer", "signed_on"], name="people_opt_out_once")
        ]

    def __str__(self) -> str:
        return f"opt-out of {self.carer_id} from {self.signed_on}"


class VisaHours(models.Model):
    """The most hours a week that a carer's visa allows, in a period such as a student's term.

    A week, Monday to Sunday, of which one day lies in the period is within it.
    """

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="visa_hours")
    weekly_minutes = models.PositiveSmallIntegerField(help_text="a week, Monday to Sunday")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "visa hours"
        constraints = [
            models.UniqueConstraint(
                fields=["carer", "starts_on"], name="people_visa_hours_start_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekly_minutes} minutes a week from {self.starts_on}"


class PayRate(models.Model):
    """What a carer is paid from a day on, until the next rate begins. Whole pence.

    Basic rates: premiums for nights, weekends and holidays do not count towards the minimum
    wage (PAY-08) and are not here.
    """

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="pay_rates")
    starts_on = models.DateField()
    contact_pence = models.PositiveIntegerField(help_text="an hour with clients")
    travel_pence = models.PositiveIntegerField(help_text="an hour on the way between visits")
    waiting_pence = models.PositiveIntegerField(help_text="an hour of waiting between visits")
    mileage_pence = models.PositiveSmallIntegerField(help_text="refunded for a mile")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carer", "starts_on"], name="people_pay_rate_once")
        ]

    def __str__(self) -> str:
        return f"{self.contact_pence}p an hour from {self.starts_on}"
