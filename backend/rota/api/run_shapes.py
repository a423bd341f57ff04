"""Shapes of solver runs and proposals."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.rota.api.figures import FiguresOut
from backend.rota.api.repair_shapes import CHANGE_KINDS, RepairOut
from backend.rota.api.travel_shapes import TravelOut
from backend.rota.models import ProposalState, RunKind, RunState, SolverRun

SHORTEST_RUN: Final = 10  # seconds
LONGEST_RUN: Final = 3600  # seconds
HIGHEST_SEED = 2**31 - 1


class StartRunIn(serializers.Serializer[Any]):
    """How long the solver may take, in seconds; the seed makes a run repeatable."""

    seconds = serializers.IntegerField(min_value=SHORTEST_RUN, max_value=LONGEST_RUN)
    seed = serializers.IntegerField(min_value=0, max_value=HIGHEST_SEED, default=1)


class CancelRunIn(serializers.Serializer[Any]):
    """Whether the best plan so far is to become a proposal."""

    keep_best = serializers.BooleanField()


class RunFiguresOut(serializers.Serializer[Any]):
    """The best so far: cost in points by term, tries made, critical visits still open.

    `rebased` says that the draft changed while the run had lost its worker, so that it began
    again with what was still allowed. `gap` is how much of the cost another plan could save at
    most: 0 is the best there is, null while nothing is known, as for all but small weeks.
    """

    terms = serializers.DictField(child=serializers.FloatField(), read_only=True)
    iterations = serializers.IntegerField(read_only=True)
    unassigned_critical = serializers.IntegerField(read_only=True)
    rebased = serializers.BooleanField(read_only=True)
    gap = serializers.FloatField(read_only=True, allow_null=True)


class RunOut(serializers.Serializer[Any]):
    """A run. `curve` rows are [elapsed seconds, cost, unassigned visits], oldest first.

    Final states are `finished` (with a proposal), `cancelled` (nothing kept) and `failed`;
    `last_error` then begins with a code such as `solver.gave_up`. `attempts` counts deaths since
    the last progress, the present try included.
    """

    id = serializers.IntegerField(read_only=True)
    rota_id = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=RunKind.choices, read_only=True)
    state = serializers.ChoiceField(choices=RunState.choices, read_only=True)
    stage = serializers.CharField(read_only=True)
    seconds = serializers.IntegerField(read_only=True)
    elapsed_seconds = serializers.FloatField(read_only=True)
    best_cost = serializers.FloatField(read_only=True, allow_null=True)
    unassigned = serializers.IntegerField(read_only=True, allow_null=True)
    figures = serializers.SerializerMethodField()
    curve = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()), read_only=True
    )
    asked_by = serializers.CharField(
        source="asked_by.display_name", read_only=True, allow_null=True, default=None
    )
    asked_at = serializers.DateTimeField(read_only=True)
    started_at = serializers.DateTimeField(read_only=True, allow_null=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)
    heartbeat_at = serializers.DateTimeField(read_only=True, allow_null=True)
    cancelled_by = serializers.CharField(
        source="cancelled_by.display_name", read_only=True, allow_null=True, default=None
    )
    cancelled_at = serializers.DateTimeField(read_only=True, allow_null=True)
    keep_best = serializers.BooleanField(read_only=True)
    proposal_id = serializers.SerializerMethodField()
    proposal_ids = serializers.SerializerMethodField()
    last_error = serializers.CharField(read_only=True)
    rule_versions = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    attempts = serializers.IntegerField(read_only=True)
    travel = serializers.SerializerMethodField()
    happened = serializers.SerializerMethodField()

    @extend_schema_field(TravelOut(allow_null=True))
    def get_travel(self, run: SolverRun) -> dict[str, Any] | None:
        """Return null until a worker has made the problem."""
        return run.travel or None

    @extend_schema_field(serializers.ChoiceField(choices=CHANGE_KINDS, allow_null=True))
    def get_happened(self, run: SolverRun) -> str | None:
        """Return what kind of change a repair mends; null for any other run."""
        changes = run.changes["changes"] if run.changes else ()
        return changes[0]["kind"] if changes else None

    @extend_schema_field(RunFiguresOut(allow_null=True))
    def get_figures(self, run: SolverRun) -> dict[str, Any] | None:
        """Return null until there is a first plan."""
        if not run.figures:
            return None
        told = {name: value for name, value in run.figures.items() if name != "lower"}
        return {"gap": None, **told}

    def get_proposal_id(self, run: SolverRun) -> int | None:
        """Return null while there is none."""
        return next(iter(self.get_proposal_ids(run)), None)

    def get_proposal_ids(self, run: SolverRun) -> list[int]:
        """Return what the run proposes, the first first; a repair proposes alternatives."""
        return [proposal.pk for proposal in run.proposals.all()]


class ReasonOut(serializers.Serializer[Any]):
    """How many carers a rule kept away first."""

    code = serializers.CharField(read_only=True)
    count = serializers.IntegerField(read_only=True)


class NearestCarerOut(serializers.Serializer[Any]):
    """A carer who was near to taking an open visit, and what would have to change."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    code = serializers.CharField(read_only=True, allow_null=True)
    message = serializers.CharField(read_only=True)
    change = serializers.CharField(read_only=True)


class OpenVisitOut(serializers.Serializer[Any]):
    """A visit that a proposal leaves open. `day` 0 is Monday, `target` a minute of the day."""

    visit_id = serializers.IntegerField(read_only=True)
    client_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    day = serializers.IntegerField(read_only=True)
    target = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carers_required = serializers.IntegerField(read_only=True)
    priority = serializers.IntegerField(read_only=True)
    reasons = ReasonOut(many=True, read_only=True)
    nearest = NearestCarerOut(many=True, read_only=True)


class DifferenceOut(serializers.Serializer[Any]):
    """What accepting would change for one carer: visits, and minutes with clients."""

    carer_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    added = serializers.IntegerField(read_only=True)
    removed = serializers.IntegerField(read_only=True)
    moved = serializers.IntegerField(read_only=True)
    minutes_before = serializers.IntegerField(read_only=True)
    minutes_after = serializers.IntegerField(read_only=True)


class LentVisitOut(serializers.Serializer[Any]):
    """A visit for a carer of another branch. `day` 0 is Monday, `start` a minute of the day."""

    visit_id = serializers.IntegerField(read_only=True)
    client_name = serializers.CharField(read_only=True)
    day = serializers.IntegerField(read_only=True)
    start = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carer_id = serializers.IntegerField(read_only=True)
    carer_name = serializers.CharField(read_only=True)
    branch_id = serializers.IntegerField(read_only=True)
    branch_name = serializers.CharField(read_only=True)


class ProposalOut(serializers.Serializer[Any]):
    """A proposal beside the draft. `stale`: the draft changed since, so it cannot be accepted.

    `lent` are the visits that carers of other branches would make, in order of time.
    `repair` is null but for what a repair proposes; `open_visits` are in order of time;
    `differences` are against the draft as it is now, by carer name.
    """

    id = serializers.IntegerField(read_only=True)
    run_id = serializers.IntegerField(read_only=True)
    rota_id = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(choices=ProposalState.choices, read_only=True)
    stale = serializers.BooleanField(read_only=True)
    figures = FiguresOut(read_only=True)
    figures_before = FiguresOut(read_only=True)
    open_visits = OpenVisitOut(many=True, read_only=True)
    differences = DifferenceOut(many=True, read_only=True)
    lent = LentVisitOut(many=True, read_only=True)
    repair = RepairOut(read_only=True, allow_null=True)
    made_at = serializers.DateTimeField(read_only=True)
    decided_by = serializers.CharField(read_only=True, allow_null=True)
    decided_at = serializers.DateTimeField(read_only=True, allow_null=True)
