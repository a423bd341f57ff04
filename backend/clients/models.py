"""Client, KeySafeCode, Funder, CarePackage, PackageLine, PackageSuspension."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class RiskClass(models.TextChoices):
    """Order of priority when cover is short."""

    R1 = "R1", "R1: life or limb"
    R2 = "R2", "R2: essential personal care"
    R3 = "R3", "R3: support"
    R4 = "R4", "R4: can wait"


class WantedGender(models.TextChoices):
    """Gender of carer that a client requires."""

    ANY = "", "Any"
    FEMALE = "f", "Female carers only"
    MALE = "m", "Male carers only"


class Client(models.Model):
    """A person who receives care. Rostered only once somebody confirmed the pin (TRV-05)."""

    branch = models.ForeignKey(
        "organisation.Branch", on_delete=models.PROTECT, related_name="clients"
    )
    external_id = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    easting = models.FloatField(help_text="metres on the Ordnance Survey grid")
    northing = models.FloatField(help_text="metres on the Ordnance Survey grid")
    pin_confirmed_at = models.DateTimeField(null=True, blank=True)
    pin_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    risk_class = models.CharField(max_length=2, choices=RiskClass.choices, default=RiskClass.R2)
    wanted_gender = models.CharField(
        max_length=1, choices=WantedGender.choices, blank=True, default=WantedGender.ANY
    )
    target_carers = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="different carers a week; empty: from the rules"
    )
    at_the_door = models.TextField(
        blank=True, help_text="what a carer must know on arriving; no codes"
    )
    contingency_plan = models.TextField(
        blank=True, help_text="what happens if a visit is late or missed (NICE-06)"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "external_id"], name="clients_client_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"client {self.pk}"


class KeySafeCode(models.Model):
    """The code of a client's key safe, sealed; read only through the audited reveal."""

    client = models.OneToOneField(
        Client, primary_key=True, on_delete=models.CASCADE, related_name="key_safe"
    )
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"key safe of client {self.client_id}"


class FunderKind(models.TextChoices):
    """Who pays."""

    COMMISSIONER = "commissioner", "Council or NHS"
    PRIVATE = "private", "Self-funder"
    DIRECT_PAYMENT = "direct_payment", "Direct payment"
    ISF = "isf", "Individual service fund"
    CHC = "chc", "Continuing healthcare"


class Funder(models.Model):
    """Whoever pays for a package."""

    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="funders"
    )
    external_id = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=FunderKind.choices)
    short_visits_by_known_only = models.BooleanField(
        default=False,
        help_text="short visits only by carers whom the client has met (NICE-01)",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="clients_funder_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CarePackage(models.Model):
    """All care agreed for a client with one funder, for a period."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="packages")
    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="packages")
    external_id = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "external_id"], name="clients_package_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return f"package {self.external_id}"


class Criticality(models.TextChoices):
    """How much harm a late visit does (section 6.3 of the domain rules)."""

    TIME_CRITICAL = "time_critical", "Time-critical"
    IMPORTANT = "important", "Important"
    FLEXIBLE = "flexible", "Flexible"


class PackageLine(models.Model):
    """One repeating visit of a package (PKG-01). Minutes of the day are wall-clock minutes.

    In a cycle of `cycle_weeks` the line holds in week number `cycle_week` (from 1), counted
    from the week that holds `cycle_anchor_on`. A change from a date on ends this line and
    starts another that names it in `replaces`.
    """

    package = models.ForeignKey(CarePackage, on_delete=models.CASCADE, related_name="lines")
    external_id = models.CharField(max_length=60)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    target_minute = models.PositiveSmallIntegerField(help_text="preferred start")
    earliest_minute = models.PositiveSmallIntegerField(help_text="earliest start")
    latest_minute = models.PositiveSmallIntegerField(help_text="latest start")
    minutes = models.PositiveSmallIntegerField(help_text="length")
    carers_required = models.PositiveSmallIntegerField(default=1)
    criticality = models.CharField(
        max_length=16, choices=Criticality.choices, default=Criticality.IMPORTANT
    )
    skills = models.ManyToManyField("organisation.Skill", blank=True, related_name="+")
    tasks = models.JSONField(default=list, help_text="what to do, one short text each")
    follows = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="followers",
        help_text="the line of the same day that must end `gap_minutes` before this starts",
    )
    gap_minutes = models.PositiveSmallIntegerField(default=0)
    cycle_weeks = models.PositiveSmallIntegerField(default=1)
    cycle_week = models.PositiveSmallIntegerField(default=1)
    cycle_anchor_on = models.DateField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    short_visit_reason = models.CharField(max_length=200, blank=True)
    short_visit_agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["package", "external_id"], name="clients_line_external_id_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    weekday__lte=6,
                    earliest_minute__lte=F("target_minute"),
                    target_minute__lte=F("latest_minute"),
                    minutes__gte=1,
                    latest_minute__lte=1440 - F("minutes"),
                ),
                name="clients_line_inside_a_day",
            ),
            models.CheckConstraint(
                condition=Q(carers_required__gte=1, carers_required__lte=2),
                name="clients_line_one_or_two_carers",
            ),
            models.CheckConstraint(
                condition=Q(
                    cycle_weeks__gte=1,
                    cycle_weeks__lte=8,
                    cycle_week__gte=1,
                    cycle_week__lte=F("cycle_weeks"),
                ),
                name="clients_line_cycle",
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.external_id}"


class PackageSuspension(models.Model):
    """A period in which a package's visits stop: hospital, respite, holiday (PKG-10)."""

    package = models.ForeignKey(CarePackage, on_delete=models.CASCADE, related_name="suspensions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="clients_suspension_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"suspension of package {self.package_id}"
