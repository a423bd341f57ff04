"""The members' policy for the rota: in force, to come, before; and under which a week is made."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from backend.accounts.models import User
from backend.organisation.models import (
    Organisation,
    PolicyOverride,
    RotaPolicyVersion,
    RuleArea,
    RuleSet,
)
from backend.organisation.rota_policy import (
    RULE_NAMES,
    scales_of,
    thousandths_of,
    tokens_of,
    unit_points,
    worth_of_tokens,
)
from backend.organisation.selectors import (
    NoRuleInForceError,
    list_overrides,
    organisation_of,
    today_in,
    zone_of,
)
from backend.rota.selectors.promises import promises_of

SHOWN_OVERRIDES = 50


def vote_behind(rules: RuleSet) -> dict[str, Any] | None:
    """Return the vote that a rule set carries out, see `VoteOut`; None before the first."""
    version = rules.policy_version
    if version is None:
        return None
    zone = zone_of(version.organisation)
    return {
        "number": version.number,
        "ballot": version.ballot,
        "voted_on": version.declared_at.astimezone(zone).date(),
        "effective_from": version.effective_from,
    }


def policy_on(organisation: Organisation, on: date) -> RuleSet:
    """Return the organisation's rota policy in force on a date, whatever its branches have.

    Raises
    ------
    NoRuleInForceError
        Nothing was in force on that date.
    """
    found = (
        RuleSet.objects.filter(
            organisation=organisation,
            branch__isnull=True,
            area=RuleArea.ROTA_POLICY,
            starts_on__lte=on,
        )
        .select_related("policy_version__organisation")
        .order_by("-starts_on", "-version")
        .first()
    )
    if found is None:
        raise NoRuleInForceError(f"no rota policy was in force on {on}")
    return found


def shares_of(rules: RuleSet) -> tuple[dict[str, int], dict[str, int]]:
    """Return the thousandths of a rota policy, and the scales by which they are read.

    A policy that nobody voted on is read back from its points at the usual scales.
    """
    version = rules.policy_version
    if version is not None:
        return version.weights, version.scales
    scales = scales_of()
    return thousandths_of(rules.values["weights"], scales), scales


def get_rota_policy(viewer: User, *, now: datetime) -> dict[str, Any]:
    """Return the policy of the viewer's organisation; see `RotaPolicyOut`."""
    organisation = organisation_of(viewer)
    today = today_in(organisation, now)
    rules = policy_on(organisation, today)
    weights, scales = shares_of(rules)
    versions = list(
        RotaPolicyVersion.objects.filter(organisation=organisation)
        .select_related("organisation")
        .order_by("-number")
    )
    promises = promises_of(organisation, versions, today)
    return {
        "vote": vote_behind(rules),
        "decided_by": rules.decided_by,
        "starts_on": rules.starts_on,
        "rules": _lines(weights, scales, weights),
        "versions": [_version(row, today, promises[row.pk]) for row in versions],
        "overrides": [_override(row) for row in list_overrides(organisation)[:SHOWN_OVERRIDES]],
    }


def _override(row: PolicyOverride) -> dict[str, Any]:
    return {
        "branch_name": row.branch.name,
        "name": row.name,
        "value": row.value,
        "starts_on": row.starts_on,
        "ends_before": row.ends_before,
        "reason": row.reason,
        "made_by": row.made_by.display_name if row.made_by else None,
        "made_at": row.made_at,
    }


def _version(version: RotaPolicyVersion, today: date, promise: Mapping[str, Any]) -> dict[str, Any]:
    zone = zone_of(version.organisation)
    return {
        "number": version.number,
        "ballot": version.ballot,
        "voted_on": version.declared_at.astimezone(zone).date(),
        "effective_from": version.effective_from,
        "is_to_come": version.effective_from > today,
        "method": version.method,
        "inputs_hash": version.inputs_hash,
        "result_hash": version.result_hash,
        "limits": [{"name": name, "value": value} for name, value in version.limits.items()],
        "rules": _lines(version.weights, version.scales, version.weights),
        "promise": promise,
    }


def _lines(
    weights: Mapping[str, int], scales: Mapping[str, int], present: Mapping[str, int]
) -> list[dict[str, Any]]:
    tokens = tokens_of(weights)
    worth = {row.name: row for row in worth_of_tokens(scales, present)}
    return [
        {
            "name": name,
            "thousandths": weights[name],
            "tokens": tokens[name],
            "points": float(round(unit_points(name, weights[name], scales), 4)),
            "token_points": worth[name].points,
            "token_travel_minutes": worth[name].travel_minutes,
            "usual_week": scales[name],
        }
        for name in RULE_NAMES
    ]
