"""Carry out a declared vote on the rota's rules: from a Monday on, weeks are made by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.periods import WEEK_DAYS, Week
from backend.organisation.models import Organisation, RotaPolicyVersion, RuleArea, RuleSet
from backend.organisation.rota_policy import (
    NOTICE_DAYS,
    THOUSAND,
    require_limits,
    scales_of,
    solver_weights,
    with_limits,
)
from backend.organisation.rules import RuleValuesError
from backend.organisation.selectors import list_rules_in_force, today_in
from backend.organisation.services import enact_rules
from backend.rota.models import Rota
from backend.rota.services.note_policy_weeks import note_promise

NOTICE_OF_POLICY = timedelta(days=28)
"""What members have between a declaration and the first week that is made by it."""


class PolicyDeclaredOtherwiseError(RefusalError):
    """The same vote was carried out with another result; `number` is the version it made."""

    code = "rota.policy_declared_otherwise"


@dataclass(frozen=True, slots=True)
class DeclaredPolicy:
    """A declared result, as whoever counted it hands it over.

    Attributes
    ----------
    ballot
        The vote's own id; empty where the policy was decided without one.
    method
        How it was counted, with its version.
    weights
        Rule to thousandths, 1000 in all.
    limits
        Voted limits by name, see `VOTED_LIMITS`; those that were not asked are left out.
    scales
        Units of a usual week, as the ballot showed them; what is left out has its usual scale.
    inputs_hash, result_hash
        SHA-256 of what was counted, and of the result.
    """

    organisation_id: int
    ballot: str
    method: str
    declared_at: datetime
    weights: Mapping[str, int]
    inputs_hash: str
    result_hash: str
    limits: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def enact_policy(
    declared: DeclaredPolicy, *, actor: User | None, now: datetime
) -> RotaPolicyVersion:
    """Keep a declared result as the next version, and enact the rules that follow from it.

    The same vote a second time gives the version it made. Branches with limits of their own keep
    those; the weights are the members' everywhere.

    Raises
    ------
    RuleValuesError
        The weights are not 1000 in all, or a limit is one that the rota cannot hold.
    PolicyDeclaredOtherwiseError
        The vote was carried out before, with another result.
    """
    organisation = Organisation.objects.select_for_update().get(pk=declared.organisation_id)
    made = _made_before(organisation, declared)
    if made is not None:
        return made
    if sum(declared.weights.values()) != THOUSAND:
        raise RuleValuesError(f"the weights must be {THOUSAND} in all")
    require_limits(declared.limits)
    scales = scales_of(declared.scales)
    points = solver_weights(declared.weights, scales)
    versions = RotaPolicyVersion.objects.filter(organisation=organisation)
    last = versions.aggregate(number=Max("number"))["number"] or 0
    version = RotaPolicyVersion.objects.create(
        organisation=organisation,
        number=last + 1,
        ballot=declared.ballot,
        method=declared.method,
        declared_at=declared.declared_at,
        weights=dict(declared.weights),
        scales=scales,
        limits=dict(declared.limits),
        inputs_hash=declared.inputs_hash,
        result_hash=declared.result_hash,
        effective_from=first_monday(organisation, declared.declared_at, now=now),
        enacted_by=actor,
        enacted_at=now,
    )
    for base in list_rules_in_force(organisation, version.effective_from):
        if base.area == RuleArea.ROTA_POLICY:
            limits = {} if base.branch_id else declared.limits
            values = with_limits({**base.values, "weights": points}, limits)
            _enact(version, base, values, actor, now)
        elif base.area == RuleArea.NOTICE and _is_voted(base, declared):
            days = declared.limits[NOTICE_DAYS]
            _enact(version, base, {**base.values, NOTICE_DAYS: days}, actor, now)
    # Rows only: workers make the weeks after the commit, and the page waits for them.
    note_promise(version, now=now)
    record(
        "policy.enacted",
        actor=actor,
        subject=f"rota_policy_version:{version.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
        body={
            "number": version.number,
            "ballot": version.ballot,
            "effective_from": version.effective_from.isoformat(),
            "weights": version.weights,
            "limits": version.limits,
            "inputs_hash": version.inputs_hash,
            "result_hash": version.result_hash,
        },
    )
    return version


def _made_before(organisation: Organisation, declared: DeclaredPolicy) -> RotaPolicyVersion | None:
    key = {"ballot": declared.ballot} if declared.ballot else {"result_hash": declared.result_hash}
    made = RotaPolicyVersion.objects.filter(organisation=organisation, **key).first()
    if made is not None and made.result_hash != declared.result_hash:
        raise PolicyDeclaredOtherwiseError(number=made.number)
    return made


def first_monday(organisation: Organisation, declared_at: datetime, *, now: datetime) -> date:
    """Return the first Monday with full notice, after all weeks that people were told of.

    It is never a week that has begun: a challenge may take longer than the notice. No version
    begins before one that was declared earlier.
    """
    to_come = Week.containing(today_in(organisation, now)).ends_before
    noticed = today_in(organisation, declared_at) + NOTICE_OF_POLICY
    monday = Week.containing(noticed + timedelta(days=WEEK_DAYS - 1)).starts_on
    told = Rota.objects.filter(
        branch__organisation=organisation, publications__isnull=False
    ).aggregate(last=Max("week_starts_on"))["last"]
    earlier = RotaPolicyVersion.objects.filter(organisation=organisation).aggregate(
        last=Max("effective_from")
    )["last"]
    after_told = Week(told).ends_before if told else monday
    return max(monday, to_come, after_told, earlier or monday)


def _enact(
    version: RotaPolicyVersion,
    base: RuleSet,
    values: Mapping[str, object],
    actor: User | None,
    now: datetime,
) -> None:
    voted_on = today_in(version.organisation, version.declared_at)
    enact_rules(
        organisation=version.organisation,
        branch=base.branch,
        area=RuleArea(base.area),
        starts_on=version.effective_from,
        values=values,
        decided_by=f"the members' vote declared on {voted_on:%d %B %Y} (policy {version.number})",
        policy_version=version,
        actor=actor,
        now=now,
    )


def _is_voted(notice: RuleSet, declared: DeclaredPolicy) -> bool:
    return NOTICE_DAYS in declared.limits and notice.branch_id is None
