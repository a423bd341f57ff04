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


class RotaPolicyVersion(models.Model):
    """What the members decided about the rota: never changed, a later one follows it.

    The figures are the vote's; the rule sets that name it hold what follows from them, by
    `rota_policy.py`. In force from `effective_from` until the next version's.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="policy_versions"
    )
    number = models.PositiveIntegerField()
    ballot = models.CharField(
        max_length=60, blank=True, help_text="the vote; empty: decided without one"
    )
    method = models.CharField(max_length=40, help_text="how the votes were counted, e.g. im-1")
    declared_at = models.DateTimeField()
    weights = models.JSONField(help_text="rule to thousandths, 1000 in all")
    scales = models.JSONField(help_text="rule to units of a usual week")
    limits = models.JSONField(default=dict, help_text="voted limits by name")
    inputs_hash = models.CharField(max_length=64, help_text="SHA-256 of what was counted")
    result_hash = models.CharField(max_length=64, help_text="SHA-256 of the declared result")
    effective_from = models.DateField(help_text="a Monday")
    enacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    enacted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="organisation_policy_number_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "ballot"],
                condition=~models.Q(ballot=""),
                name="organisation_policy_ballot_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "result_hash"],
                condition=models.Q(ballot=""),
                name="organisation_policy_result_once",
            ),
        ]

    def __str__(self) -> str:
        return f"policy {self.number} from {self.effective_from}"


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
    policy_version = models.ForeignKey(
        RotaPolicyVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rule_sets",
        help_text="the members' vote that it carries out",
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


class PolicyOverride(models.Model):
    """A coordinator's relief of one rule or limit of the rota policy, for a week or two.

    Never changed, and listed to everybody of the organisation. `value` is a percentage of what
    the rule counts, or the limit in minutes. A week is priced as a whole, so it holds for whole
    weeks.
    """

    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="policy_overrides")
    name = models.CharField(max_length=30, help_text="a voted rule, or a limit")
    value = models.PositiveIntegerField()
    starts_on = models.DateField(help_text="a Monday")
    ends_before = models.DateField(help_text="a Monday, 14 days later at most")
    reason = models.CharField(max_length=300, help_text="for all members to read: no names")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_before__gt=models.F("starts_on")),
                name="organisation_override_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of branch {self.branch_id} from {self.starts_on}"
