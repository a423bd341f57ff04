"""Shapes of the members' policy for the rota."""

from typing import Any

from rest_framework import serializers

from backend.organisation.rota_policy import LAXER, RULE_NAMES, TOKENS, VOTED_LIMITS
from backend.rota.api.scenario_shapes import NamedFigureOut
from backend.rota.models import RunState
from backend.rota.selectors.promises import LEAST, PromiseState, PromiseVerdict

RELAXABLE = (*RULE_NAMES, *LAXER)
LEFT_OF_A_RULE = 99


class VoteOut(serializers.Serializer[Any]):
    """The vote behind a policy; `ballot` is empty where it was decided without one."""

    number = serializers.IntegerField(read_only=True)
    ballot = serializers.CharField(read_only=True)
    voted_on = serializers.DateField(read_only=True)
    effective_from = serializers.DateField(read_only=True)


class PolicyRuleOut(serializers.Serializer[Any]):
    """How much one rule counts.

    `points` are those of one unit, `usual_week` the units of a usual week of a branch. One token
    makes a unit cost `token_points`, as much as `token_travel_minutes` of travel do under the
    same policy; null where travel counts nothing.
    """

    name = serializers.ChoiceField(choices=RULE_NAMES, read_only=True)
    thousandths = serializers.IntegerField(read_only=True)
    tokens = serializers.IntegerField(read_only=True)
    points = serializers.FloatField(read_only=True)
    token_points = serializers.FloatField(read_only=True)
    token_travel_minutes = serializers.FloatField(read_only=True, allow_null=True)
    usual_week = serializers.IntegerField(read_only=True)


class VotedLimitOut(serializers.Serializer[Any]):
    """A voted limit, in minutes, or days where the name says so."""

    name = serializers.CharField(read_only=True)
    value = serializers.IntegerField(read_only=True)


class PromiseFigureOut(serializers.Serializer[Any]):
    """One figure of a week, before a version held, as it was promised, and as it became.

    `before` and `after` are means over the published weeks, `promised_change` over the weeks that
    were made under both policies; null while that is not known. Branches have it together as a
    sum, or by their visits as a mean (`is_sum`). `change` is from `before` to `after`.
    """

    name = serializers.ChoiceField(choices=sorted(LEAST), read_only=True)
    is_sum = serializers.BooleanField(read_only=True)
    before = serializers.FloatField(read_only=True, allow_null=True)
    promised_change = serializers.FloatField(read_only=True, allow_null=True)
    after = serializers.FloatField(read_only=True, allow_null=True)
    change = serializers.FloatField(read_only=True, allow_null=True)
    verdict = serializers.ChoiceField(choices=PromiseVerdict.choices, read_only=True)


class PromiseBranchOut(serializers.Serializer[Any]):
    """A branch's part of a promise; weeks by their Mondays.

    `is_counted` says whether the figures of all branches together hold it.
    """

    branch_name = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(choices=PromiseState.choices, read_only=True)
    failed_weeks = serializers.IntegerField(read_only=True)
    is_counted = serializers.BooleanField(read_only=True)
    made_weeks = serializers.ListField(child=serializers.DateField(), read_only=True)
    weeks_before = serializers.ListField(child=serializers.DateField(), read_only=True)
    weeks_after = serializers.ListField(child=serializers.DateField(), read_only=True)
    figures = PromiseFigureOut(many=True, read_only=True)


class PromiseOut(serializers.Serializer[Any]):
    """What a version was to make of recent weeks, and what became of the weeks under it.

    `figures` are of the counted branches together: those with all weeks, else those whose promise
    is made, else all. `weeks` is how many of `weeks_needed` the branch with most has.
    `has_ended`: no more weeks are waited for. Branches with fewer than five carers are left out.
    """

    state = serializers.ChoiceField(choices=PromiseState.choices, read_only=True)
    weeks_needed = serializers.IntegerField(read_only=True)
    weeks = serializers.IntegerField(read_only=True)
    has_ended = serializers.BooleanField(read_only=True)
    figures = PromiseFigureOut(many=True, read_only=True)
    branches = PromiseBranchOut(many=True, read_only=True)


class PolicyVersionOut(VoteOut):
    """One version as it was declared."""

    is_to_come = serializers.BooleanField(read_only=True)
    method = serializers.CharField(read_only=True)
    inputs_hash = serializers.CharField(read_only=True)
    result_hash = serializers.CharField(read_only=True)
    limits = VotedLimitOut(many=True, read_only=True)
    rules = PolicyRuleOut(many=True, read_only=True)
    promise = PromiseOut(read_only=True)


class PolicyOverrideOut(serializers.Serializer[Any]):
    """What a coordinator relaxed: `value` is a percentage of a rule, or minutes of a limit."""

    branch_name = serializers.CharField(read_only=True)
    name = serializers.ChoiceField(choices=RELAXABLE, read_only=True)
    value = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True)
    reason = serializers.CharField(read_only=True)
    made_by = serializers.CharField(read_only=True, allow_null=True)
    made_at = serializers.DateTimeField(read_only=True)


class RelaxPolicyIn(serializers.Serializer[Any]):
    """A rule with the percentage of it that is left, or a limit with its minutes."""

    name = serializers.ChoiceField(choices=RELAXABLE)
    value = serializers.IntegerField(min_value=0)
    starts_on = serializers.DateField()
    weeks = serializers.IntegerField(min_value=1, max_value=2)
    reason = serializers.CharField(max_length=300)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what passes the law, makes a rule count more, or begins in mid-week."""
        least, most = VOTED_LIMITS.get(attrs["name"], (0, LEFT_OF_A_RULE))
        if not least <= attrs["value"] <= most:
            raise serializers.ValidationError({"value": f"between {least} and {most}"})
        if attrs["starts_on"].weekday() != 0:
            raise serializers.ValidationError({"starts_on": "must be a Monday"})
        return attrs


class RotaPolicyOut(serializers.Serializer[Any]):
    """The policy in force today, and every version, the newest first.

    `vote` is null before the members' first vote.
    """

    vote = VoteOut(read_only=True, allow_null=True)
    decided_by = serializers.CharField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    rules = PolicyRuleOut(many=True, read_only=True)
    versions = PolicyVersionOut(many=True, read_only=True)
    overrides = PolicyOverrideOut(many=True, read_only=True)


class WeekToTryOut(serializers.Serializer[Any]):
    """The recent week of a branch on which a split can be tried."""

    branch_id = serializers.IntegerField(read_only=True)
    branch_name = serializers.CharField(source="branch.name", read_only=True)
    week = serializers.DateField(source="week_starts_on", read_only=True)


class TriedTokensIn(serializers.Serializer[Any]):
    """The tokens of every rule; all of them are placed."""

    continuity = serializers.IntegerField(min_value=0, max_value=TOKENS)
    travel = serializers.IntegerField(min_value=0, max_value=TOKENS)
    weekend_fairness = serializers.IntegerField(min_value=0, max_value=TOKENS)
    contract_hours = serializers.IntegerField(min_value=0, max_value=TOKENS)
    preferred_times = serializers.IntegerField(min_value=0, max_value=TOKENS)
    gaps = serializers.IntegerField(min_value=0, max_value=TOKENS)
    rota_stability = serializers.IntegerField(min_value=0, max_value=TOKENS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a split that leaves tokens over or places too many."""
        if sum(attrs.values()) != TOKENS:
            raise serializers.ValidationError(f"place {TOKENS} tokens in all")
        return attrs


class TryPolicyIn(serializers.Serializer[Any]):
    """The split, and the branch to try it on; without one, the own branch."""

    tokens = TriedTokensIn()
    branch_id = serializers.IntegerField(allow_null=True, default=None)


class TokensOut(serializers.Serializer[Any]):
    """How many tokens one rule got."""

    name = serializers.ChoiceField(choices=RULE_NAMES, read_only=True)
    tokens = serializers.IntegerField(read_only=True)


class PolicyTryOut(serializers.Serializer[Any]):
    """An own try; `present` and `tried` are null until both weeks are solved."""

    id = serializers.IntegerField(read_only=True)
    state = serializers.ChoiceField(choices=RunState.choices, read_only=True)
    branch_name = serializers.CharField(read_only=True)
    week = serializers.DateField(read_only=True)
    tokens = TokensOut(many=True, read_only=True)
    asked_at = serializers.DateTimeField(read_only=True)
    seconds = serializers.IntegerField(read_only=True)
    elapsed_seconds = serializers.FloatField(read_only=True)
    present = NamedFigureOut(many=True, read_only=True, allow_null=True)
    tried = NamedFigureOut(many=True, read_only=True, allow_null=True)


class PolicyTriesOut(serializers.Serializer[Any]):
    """What the viewer tried, newest first, and where a split can be tried."""

    tries = PolicyTryOut(many=True, read_only=True)
    weeks = WeekToTryOut(many=True, read_only=True)
