"""Shapes of the weeks of a branch and of the board."""

from typing import Any

from rest_framework import serializers

from backend.clients.models import RiskClass
from backend.people.models import TravelMode
from backend.rota.api.figures import FiguresOut
from backend.rota.api.policy_shapes import VoteOut
from backend.rota.api.travel_shapes import TravelOut
from backend.rota.models import VisitState

CHANGES = ["added", "moved", "recarered"]


class PublicationSummaryOut(serializers.Serializer[Any]):
    """The last publication of a week."""

    number = serializers.IntegerField(read_only=True)
    published_at = serializers.DateTimeField(read_only=True)
    published_by = serializers.CharField(read_only=True, allow_null=True)


class BranchWeekOut(serializers.Serializer[Any]):
    """A week at a glance; `rota_id` is null until the week is opened."""

    week = serializers.DateField(read_only=True)
    rota_id = serializers.IntegerField(read_only=True, allow_null=True)
    visits = serializers.IntegerField(read_only=True)
    unallocated = serializers.IntegerField(read_only=True)
    locked = serializers.IntegerField(read_only=True)
    publication = PublicationSummaryOut(read_only=True, allow_null=True)
    changed_since_publication = serializers.IntegerField(read_only=True)
    open_run_id = serializers.IntegerField(read_only=True, allow_null=True)


class BoardRotaOut(serializers.Serializer[Any]):
    """Which week this is. `version` goes with every change and comes back with its answer."""

    id = serializers.IntegerField(read_only=True)
    branch_id = serializers.IntegerField(read_only=True)
    branch_name = serializers.CharField(read_only=True)
    week = serializers.DateField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    publication = PublicationSummaryOut(read_only=True, allow_null=True)


class BoardPolicyOut(serializers.Serializer[Any]):
    """The limits and weights in force on the week's Monday, and who decided them.

    `vote` is null before the members' first vote.
    """

    version = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    decided_by = serializers.CharField(read_only=True)
    vote = VoteOut(read_only=True, allow_null=True)


class CarerWarningOut(serializers.Serializer[Any]):
    """Something about a carer's week; `code` is a broken rule's ("H6") or a warning's."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)


class BoardCarerOut(serializers.Serializer[Any]):
    """A carer's row.

    All minutes are of this week. `guaranteed_minutes` is less where the carer is away,
    `maximum_minutes` where the 48-hour average asks for it. `available` holds [from, to] in
    minutes since Monday 00:00. `planned_minutes` counts visits and paid travel.
    """

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    mode = serializers.ChoiceField(choices=TravelMode.choices, read_only=True)
    guaranteed_minutes = serializers.IntegerField(read_only=True)
    maximum_minutes = serializers.IntegerField(read_only=True)
    max_days = serializers.IntegerField(read_only=True)
    planned_minutes = serializers.IntegerField(read_only=True)
    contact_minutes = serializers.IntegerField(read_only=True)
    available = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        read_only=True,
    )
    warnings = CarerWarningOut(many=True, read_only=True)
    wishes = serializers.IntegerField(read_only=True)


class BoardClientOut(serializers.Serializer[Any]):
    """A client with visits in the week; the carers of 28 days end with the draft's week."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    risk_class = serializers.ChoiceField(choices=RiskClass.choices, read_only=True)
    target_carers = serializers.IntegerField(read_only=True, allow_null=True)
    carers_28_days = serializers.IntegerField(read_only=True)
    budget_28_days = serializers.IntegerField(read_only=True, allow_null=True)


class BoardVisitOut(serializers.Serializer[Any]):
    """A visit's block. Times are wall-clock minutes of its day, `day` 0 is Monday.

    `travel` goes with `carers`: minutes from the visit before on that day, null for the first.
    `changed` is against what was published, null when nothing is different or nothing was told.
    `reason` says of an open visit in a line why nobody has it, where that is known.
    """

    id = serializers.IntegerField(read_only=True)
    client = serializers.IntegerField(read_only=True)
    day = serializers.IntegerField(read_only=True)
    start = serializers.IntegerField(read_only=True, allow_null=True)
    target = serializers.IntegerField(read_only=True)
    earliest = serializers.IntegerField(read_only=True)
    latest = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carers_required = serializers.IntegerField(read_only=True)
    carers = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    state = serializers.ChoiceField(choices=VisitState.choices, read_only=True)
    priority = serializers.IntegerField(read_only=True)
    locked = serializers.BooleanField(read_only=True)
    changed = serializers.ChoiceField(choices=CHANGES, read_only=True, allow_null=True)
    travel = serializers.ListField(child=serializers.IntegerField(allow_null=True), read_only=True)
    reason = serializers.CharField(read_only=True, allow_null=True)


class BoardOut(serializers.Serializer[Any]):
    """The whole board: carers and clients by name, visits by day and target."""

    rota = BoardRotaOut(read_only=True)
    policy = BoardPolicyOut(read_only=True)
    carers = BoardCarerOut(many=True, read_only=True)
    clients = BoardClientOut(many=True, read_only=True)
    visits = BoardVisitOut(many=True, read_only=True)
    figures = FiguresOut(read_only=True)
    travel = TravelOut(read_only=True)


class ChangedVisitOut(serializers.Serializer[Any]):
    """A visit after a change, and what else on the board changed with it.

    `visits` are the blocks that may look different now (the visit itself, and the others of its
    carers on that day, whose journeys changed); `carers` the rows of its carers before and
    after; `figures` those of the whole week. `version` is the draft's new one.
    """

    version = serializers.IntegerField(read_only=True)
    visit = BoardVisitOut(read_only=True)
    visits = BoardVisitOut(many=True, read_only=True)
    carers = BoardCarerOut(many=True, read_only=True)
    figures = FiguresOut(read_only=True)
