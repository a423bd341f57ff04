"""Organisation, Branch and RuleSet."""

from django.conf import settings
from django.db import models


class Organisation(models.Model):
    """A registered homecare co-operative."""

    external_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=40, default="Europe/London")

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """A local unit with its own rota, clients, carers and figures."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="branches"
    )
    external_id = models.CharField(max_length=60)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "external_id"], name="organisation_branch_external_id_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """Something a visit may need and a carer may be able to do, with how long training lasts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="skills")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    refresh_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="months until training must be renewed; empty: never"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="organisation_skill_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RuleArea(models.TextChoices):
    """What a rule set is about; `rules.py` holds the shape of each area's values."""

    ROTA_POLICY = "rota_policy", "Limits and weights of the rota"
    TRAVEL = "travel", "Travel speeds"
    WORKING_TIME = "working_time", "Working time"
    WORKING_WEEK = "working_week", "Warnings and rest of a working week"
    NIGHT_WORK = "night_work", "Night work"
    YOUNG_WORKERS = "young_workers", "Workers under 18"
    NOTICE = "notice", "Notice of the rota and of changes"
    CHECKS = "checks", "Checks and training that run out"
    PAY_RULES = "pay_rules", "Paid time and the minimum-wage forecast"
    QUALITY = "quality", "Quality of visits"
    CONTINUITY = "continuity", "Continuity of care"
    ACCESS = "access", "Who sees a client, and when"
    MINIMUM_WAGE = "nmw", "Minimum wage"
    SICK_PAY = "ssp", "Statutory sick pay"
    MILEAGE = "mileage", "Mileage"
    MINIMUM_PRICE = "minimum_price", "Minimum price for homecare"
    ECM = "ecm", "Call monitoring"
    MEMBERSHIP = "membership", "Membership and control"
    WISHES = "wishes", "Points for wishes"


class RuleSet(models.Model):
    """The values of one area from a date on. Never changed; a later version supersedes it.

    A week is always built, checked and judged with the versions in force on its Monday.
    `branch` None means the whole organisation; a branch's own set goes before that.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="rule_sets"
    )
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.CASCADE)
    area = models.CharField(max_length=20, choices=RuleArea.choices)
    version = models.PositiveIntegerField()
    starts_on = models.DateField()
    values = models.JSONField()
    decided_by = models.CharField(
        max_length=200, blank=True, help_text="where it was decided: law, or a vote's reference"
    )
    enacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    enacted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area", "version"], name="organisation_rule_version_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "area", "-starts_on"], name="organisation_rules_by_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} v{self.version} from {self.starts_on}"
