"""Shapes of group runs."""

from typing import Any

from rest_framework import serializers

from backend.rota.api.run_shapes import HIGHEST_SEED, LONGEST_RUN
from backend.rota.models import ProposalState, RunState

SHORTEST_GROUP_RUN = 30  # seconds; shared out among a few stages

STAGE_KINDS = (
    ("alone", "Each branch alone"),
    ("neighbours", "Neighbours together"),
    ("proposals", "A proposal for each branch"),
)


class StartGroupRunIn(serializers.Serializer[Any]):
    """How long all stages may take together, in seconds; the seed makes a run repeatable."""

    seconds = serializers.IntegerField(min_value=SHORTEST_GROUP_RUN, max_value=LONGEST_RUN)
    seed = serializers.IntegerField(min_value=0, max_value=HIGHEST_SEED, default=1)


class GroupPartOut(serializers.Serializer[Any]):
    """A part: some branches planned together by one worker.

    `stage`, `attempts` and `last_error` are as in `RunOut`. `lost`: its worker has not been heard
    of for so long that another will go on with it.
    """

    run_id = serializers.IntegerField(read_only=True)
    branches = serializers.ListField(child=serializers.CharField(), read_only=True)
    state = serializers.ChoiceField(choices=RunState.choices, read_only=True)
    stage = serializers.CharField(read_only=True)
    seconds = serializers.IntegerField(read_only=True)
    elapsed_seconds = serializers.FloatField(read_only=True)
    best_cost = serializers.FloatField(read_only=True, allow_null=True)
    unassigned = serializers.IntegerField(read_only=True, allow_null=True)
    unassigned_critical = serializers.IntegerField(read_only=True, allow_null=True)
    attempts = serializers.IntegerField(read_only=True)
    lost = serializers.BooleanField(read_only=True)
    last_error = serializers.CharField(read_only=True)


class GroupStageOut(serializers.Serializer[Any]):
    """Parts that are planned at the same time: `done` of `total` have ended.

    `seconds` is the time of each part; `parts` is empty until the stage is opened.
    """

    kind = serializers.ChoiceField(choices=STAGE_KINDS, read_only=True)
    seconds = serializers.IntegerField(read_only=True)
    total = serializers.IntegerField(read_only=True)
    done = serializers.IntegerField(read_only=True)
    parts = GroupPartOut(many=True, read_only=True)


class GroupProposalOut(serializers.Serializer[Any]):
    """What a branch's coordinator is to decide, and what became of it.

    `stale`: the draft changed since, so it cannot be accepted. `unassigned_before` are the visits
    without carers in the draft, `unassigned` those that the proposal leaves open.
    """

    branch_id = serializers.IntegerField(read_only=True)
    branch_name = serializers.CharField(read_only=True)
    proposal_id = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(choices=ProposalState.choices, read_only=True)
    stale = serializers.BooleanField(read_only=True)
    visits = serializers.IntegerField(read_only=True)
    unassigned_before = serializers.IntegerField(read_only=True)
    unassigned = serializers.IntegerField(read_only=True)
    unassigned_critical = serializers.IntegerField(read_only=True)


class GroupRunOut(serializers.Serializer[Any]):
    """A group run. `stage` is the place of the open one in `stages`.

    `best_cost` and `unassigned` are of the whole plan after the last stage that is through, and
    null before the first is. `curve` is of the whole as well: rows [seconds since the first part
    began, cost, unassigned visits], oldest first, empty until every branch has a plan. A run that
    is stopped with `keep_best` ends `finished`, with what it has; a branch without a plan has no
    proposal.
    """

    id = serializers.IntegerField(read_only=True)
    week_starts_on = serializers.DateField(read_only=True)
    state = serializers.ChoiceField(choices=RunState.choices, read_only=True)
    seconds = serializers.IntegerField(read_only=True)
    stage = serializers.IntegerField(read_only=True)
    stages = GroupStageOut(many=True, read_only=True)
    best_cost = serializers.FloatField(read_only=True, allow_null=True)
    unassigned = serializers.IntegerField(read_only=True, allow_null=True)
    curve = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()), read_only=True
    )
    asked_by = serializers.CharField(read_only=True, allow_null=True)
    asked_at = serializers.DateTimeField(read_only=True)
    cancelled_by = serializers.CharField(read_only=True, allow_null=True)
    cancelled_at = serializers.DateTimeField(read_only=True, allow_null=True)
    keep_best = serializers.BooleanField(read_only=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)
    proposals = GroupProposalOut(many=True, read_only=True)


class GroupBranchOut(serializers.Serializer[Any]):
    """A branch; `rota_id` is null while it has not opened the week, and so takes no part."""

    branch_id = serializers.IntegerField(read_only=True)
    branch_name = serializers.CharField(read_only=True)
    rota_id = serializers.IntegerField(read_only=True, allow_null=True)


class GroupWeekOut(serializers.Serializer[Any]):
    """A week of all branches, these by name, and its newest group run; null while there is none."""

    branches = GroupBranchOut(many=True, read_only=True)
    run = GroupRunOut(read_only=True, allow_null=True)
