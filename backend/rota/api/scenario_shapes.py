"""Shapes of scenarios: what is tried, how it stands, both sides in figures."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.core.periods import DAY_MINUTES, WEEK_DAYS
from backend.organisation.rota_policy import VOTED_LIMITS
from backend.people.models import Gender, TravelMode
from backend.rota.api.run_shapes import LONGEST_RUN, SHORTEST_RUN
from backend.rota.models import RunState, Scenario
from backend.rota.selectors.scenarios import state_of

MOST_CARERS = 50
HIGHEST_WEIGHT = 10_000
WEEK_MINUTES = WEEK_DAYS * DAY_MINUTES


def _weight() -> serializers.FloatField:
    return serializers.FloatField(min_value=0, max_value=HIGHEST_WEIGHT, required=False)


def _limit(name: str) -> serializers.IntegerField:
    least, most = VOTED_LIMITS[name]
    return serializers.IntegerField(min_value=least, max_value=most, required=False)


class TriedWeights(serializers.Serializer[Any]):
    """Points in place of those in force; what is left out stays."""

    travel = _weight()
    unfamiliar = _weight()
    extra_carer = _weight()
    lateness = _weight()
    shortfall = _weight()
    overtime = _weight()
    idle = _weight()
    split = _weight()
    fairness = _weight()
    stability = _weight()


class TriedLimits(serializers.Serializer[Any]):
    """Minutes in place of those in force, never laxer than the law (WTR-03 to WTR-05)."""

    max_day_minutes = _limit("max_day_minutes")
    daily_rest_minutes = _limit("daily_rest_minutes")
    weekly_rest_minutes = _limit("weekly_rest_minutes")
    stretch_minutes = _limit("stretch_minutes")
    break_minutes = _limit("break_minutes")
    split_gap_minutes = _limit("split_gap_minutes")


class MoreCarersShape(serializers.Serializer[Any]):
    """So many carers of one kind, available at these hours of every day."""

    count = serializers.IntegerField(min_value=1, max_value=MOST_CARERS)
    guaranteed_minutes = serializers.IntegerField(min_value=0, max_value=WEEK_MINUTES)
    max_week_minutes = serializers.IntegerField(min_value=1, max_value=WEEK_MINUTES)
    max_days = serializers.IntegerField(min_value=1, max_value=WEEK_DAYS)
    mode = serializers.ChoiceField(choices=TravelMode.choices)
    gender = serializers.ChoiceField(choices=Gender.choices)
    skills = serializers.ListField(child=serializers.CharField(max_length=60), max_length=100)
    from_minute = serializers.IntegerField(min_value=0, max_value=DAY_MINUTES - 1)
    to_minute = serializers.IntegerField(min_value=1, max_value=DAY_MINUTES)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse hours that end before they begin, and a guarantee above the most."""
        if attrs["from_minute"] >= attrs["to_minute"]:
            raise serializers.ValidationError({"to_minute": "must be after from_minute"})
        if attrs["guaranteed_minutes"] > attrs["max_week_minutes"]:
            raise serializers.ValidationError(
                {"guaranteed_minutes": "must not be above max_week_minutes"}
            )
        return attrs


class ChangeShape(serializers.Serializer[Any]):
    """What is tried; something must be."""

    weights = TriedWeights()
    limits = TriedLimits()
    more_carers = MoreCarersShape(allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a question that changes nothing."""
        if not (attrs["weights"] or attrs["limits"] or attrs["more_carers"]):
            raise serializers.ValidationError("change a weight or a limit, or add carers")
        return attrs


class AskScenarioIn(serializers.Serializer[Any]):
    """What to try, and how many seconds each of the two may be solved."""

    seconds = serializers.IntegerField(min_value=SHORTEST_RUN, max_value=LONGEST_RUN)
    change = ChangeShape()


class NamedFigureOut(serializers.Serializer[Any]):
    """A figure by its name."""

    name = serializers.CharField(read_only=True)
    value = serializers.FloatField(read_only=True)


class SpreadOut(serializers.Serializer[Any]):
    """How a figure lies over people, without saying whose it is."""

    name = serializers.CharField(read_only=True)
    lowest = serializers.FloatField(read_only=True)
    quarter = serializers.FloatField(read_only=True)
    median = serializers.FloatField(read_only=True)
    three_quarters = serializers.FloatField(read_only=True)
    highest = serializers.FloatField(read_only=True)


class ScenarioCostOut(serializers.Serializer[Any]):
    """What a side costs under one policy, whole and by term."""

    total = serializers.FloatField(read_only=True)
    terms = NamedFigureOut(many=True, read_only=True)


class ScenarioSideOut(serializers.Serializer[Any]):
    """One side. `costs`: under the present policy, then under the tried one."""

    figures = NamedFigureOut(many=True, read_only=True)
    by_carer = SpreadOut(many=True, read_only=True)
    by_client = SpreadOut(many=True, read_only=True)
    costs = ScenarioCostOut(many=True, read_only=True)


class ScenarioResultOut(serializers.Serializer[Any]):
    """Both sides."""

    present = ScenarioSideOut(read_only=True)
    tried = ScenarioSideOut(read_only=True)


class ScenarioRunOut(serializers.Serializer[Any]):
    """How one of the two runs stands."""

    state = serializers.ChoiceField(choices=RunState.choices, read_only=True)
    seconds = serializers.IntegerField(read_only=True)
    elapsed_seconds = serializers.FloatField(read_only=True)
    unassigned = serializers.IntegerField(read_only=True, allow_null=True)


class ScenarioOut(serializers.Serializer[Any]):
    """A scenario; `result` is null until both runs have finished."""

    id = serializers.IntegerField(read_only=True)
    rota_id = serializers.IntegerField(read_only=True)
    state = serializers.SerializerMethodField()
    change = ChangeShape(read_only=True)
    present = ScenarioRunOut(read_only=True)
    tried = ScenarioRunOut(read_only=True)
    asked_at = serializers.DateTimeField(read_only=True)
    asked_by = serializers.SerializerMethodField()
    result = ScenarioResultOut(read_only=True, allow_null=True)

    @extend_schema_field(serializers.ChoiceField(choices=RunState.choices))
    def get_state(self, scenario: Scenario) -> str:
        """Return where it stands: finished when both runs are."""
        return state_of(scenario)

    def get_asked_by(self, scenario: Scenario) -> str | None:
        """Return who asked."""
        return scenario.asked_by.display_name if scenario.asked_by else None
