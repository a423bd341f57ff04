"""SolverRun, the truth about a solve, and RotaProposal, what it proposes."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class RunState(models.TextChoices):
    """Where a run stands. The last three are final."""

    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Solving"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Stopped with nothing kept"
    FAILED = "failed", "Failed"


class RunKind(models.TextChoices):
    """What a run is for."""

    BUILD = "build", "Propose a week"
    REPAIR = "repair", "Propose the least change"
    WHAT_IF = "what_if", "One side of a scenario; proposes nothing"
    PROMISE = "promise", "A what-if that nobody waits for: it makes way for every other run"
    PART = "part", "A part of a group's week"


OPEN_STATES = (RunState.QUEUED, RunState.RUNNING)

IMAGINED = (RunKind.WHAT_IF, RunKind.PROMISE)
"""The kinds that are one side of a scenario: their problem is fixed, and nothing comes of it."""

BESIDE = (*IMAGINED, RunKind.PART)
"""The kinds that may wait for a worker beside another run of their rota."""

PROPOSING = ~Q(kind__in=BESIDE)
"""The runs that are asked of one rota and end in a proposal for it."""

PROPOSED = Q(kind=RunKind.PART, proposals__alternative=0)
"""The parts of a group's week that have proposed something for their rota."""


class SolverRun(models.Model):
    """One solve of a week. The queue only rings; this row is what is to be done and was done.

    A worker holds the run by `lease_token` until `lease_until`; every write names the token, so
    a worker that lost its lease writes nothing more. `attempts` counts deaths since the last
    checkpoint, `claims` all claims.
    """

    rota = models.ForeignKey("rota.Rota", on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=10, choices=RunKind.choices, default=RunKind.BUILD)
    changes = models.JSONField(
        null=True, blank=True, help_text="rota-changes/1: what a repair is to mend"
    )
    group_run = models.ForeignKey(
        "rota.GroupRun", null=True, blank=True, on_delete=models.CASCADE, related_name="parts"
    )
    group_stage = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of a part: which of its group run's stages, from 0"
    )
    branches = models.JSONField(
        default=list, help_text="of a part: ids of its branches; the rota is that of the first"
    )
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    seconds = models.PositiveIntegerField(help_text="time the solver may take")
    seed = models.PositiveIntegerField(default=1)
    threads = models.PositiveSmallIntegerField(default=2)

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    keep_best = models.BooleanField(default=True, help_text="on cancelling: propose the best")

    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claims = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    stage = models.CharField(max_length=20, blank=True)
    elapsed_seconds = models.FloatField(default=0.0)
    best_cost = models.FloatField(null=True, blank=True)
    figures = models.JSONField(default=dict, help_text="cost terms and counts of the best so far")
    curve = models.JSONField(default=list, help_text="[elapsed seconds, cost, unassigned] rows")
    unassigned = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    rota_version = models.PositiveIntegerField(help_text="of the draft the problem was made from")
    policy = models.ForeignKey(
        "organisation.RuleSet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    rule_versions = models.JSONField(default=dict)
    travel = models.JSONField(
        default=dict,
        help_text="where the problem's travel times are from: provider, tables by mode",
    )
    problem_hash = models.CharField(max_length=64, blank=True)
    problem = models.BinaryField(null=True, blank=True, help_text="gzip of rota-problem")
    checkpoint = models.BinaryField(null=True, blank=True, help_text="gzip of rota-solution/1")
    checkpoint_cost = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            # One solve of a week at a time; asking again returns the one under way. The two sides
            # of a scenario, and parts of a group's week, wait for a worker beside it.
            models.UniqueConstraint(
                fields=["rota"],
                condition=Q(state__in=["queued", "running"])
                & ~Q(kind__in=["what_if", "promise", "part"]),
                name="rota_one_open_run",
            ),
            # The parts of a stage share no branch; a stage that is opened twice is opened once.
            models.UniqueConstraint(
                fields=["group_run", "group_stage", "rota"], name="rota_one_part_in_a_stage"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="rota_runs_by_lease")]

    def __str__(self) -> str:
        return f"run {self.pk} ({self.state})"

    @property
    def proposal(self) -> "RotaProposal":
        """What the run proposes first; a repair has alternatives to it."""
        return self.proposals.get(alternative=0)


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", "Waiting for a decision"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


class RotaProposal(models.Model):
    """A plan that a run proposes. A person accepts or rejects it; a solver changes nothing.

    A repair proposes a few to choose from: accepting one changes the draft, so that the others
    can be accepted no more.
    """

    run = models.ForeignKey(SolverRun, on_delete=models.CASCADE, related_name="proposals")
    alternative = models.PositiveSmallIntegerField(default=0, help_text="0 is shown first")
    repair = models.JSONField(
        null=True, blank=True, help_text="of a repair: what changes, whom to phone, what is proved"
    )
    rota = models.ForeignKey("rota.Rota", on_delete=models.CASCADE, related_name="proposals")
    rota_version = models.PositiveIntegerField(help_text="of the draft it was made from")
    assignments = models.JSONField(help_text="[visit id, start minute of the day, [carer ids]]")
    open_visits = models.JSONField(default=list, help_text="visits left open, each with reasons")
    figures = models.JSONField(default=dict)
    figures_before = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "alternative"], name="rota_one_proposal_for_each_alternative"
            )
        ]

    def __str__(self) -> str:
        return f"proposal of run {self.run_id}"
