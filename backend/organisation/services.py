"""Found an organisation and enact its rules."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Max

from backend.accounts.models import User
from backend.audit.services import record
from backend.organisation.models import (
    Branch,
    Organisation,
    RotaPolicyVersion,
    RuleArea,
    RuleSet,
)
from backend.organisation.rules import SHAPES

SEED = Path(__file__).with_name("seed_rules.yaml")


@transaction.atomic
def found_organisation(
    *, external_id: str, name: str, actor: User | None, now: datetime
) -> Organisation:
    """Create an organisation with the rules every new one starts with.

    A second call with the same `external_id` returns the organisation as it is.
    """
    organisation, created = Organisation.objects.get_or_create(
        external_id=external_id, defaults={"name": name}
    )
    if not created:
        return organisation
    for area, versions in yaml.safe_load(SEED.read_text(encoding="utf-8")).items():
        for version in versions:
            enact_rules(
                organisation=organisation,
                area=RuleArea(area),
                starts_on=version["from"],
                values=version["values"],
                decided_by=version["decided_by"],
                actor=actor,
                now=now,
            )
    record(
        "organisation.founded",
        actor=actor,
        subject=f"organisation:{organisation.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
    )
    return organisation


@transaction.atomic
def enact_rules(
    *,
    organisation: Organisation,
    area: RuleArea,
    starts_on: date,
    values: Mapping[str, Any],
    decided_by: str,
    actor: User | None,
    now: datetime,
    branch: Branch | None = None,
    policy_version: RotaPolicyVersion | None = None,
) -> RuleSet:
    """Add a new version of an area's rules, in force from a date on.

    Raises
    ------
    RuleValuesError
        The values do not have the shape of their area.
    """
    if area in SHAPES:
        SHAPES[area].of(values)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    latest = RuleSet.objects.filter(organisation=organisation, area=area).aggregate(
        version=Max("version")
    )
    rule_set = RuleSet.objects.create(
        organisation=organisation,
        branch=branch,
        area=area,
        version=(latest["version"] or 0) + 1,
        starts_on=starts_on,
        values=dict(values),
        decided_by=decided_by,
        policy_version=policy_version,
        enacted_by=actor,
        enacted_at=now,
    )
    record(
        "rules.enacted",
        actor=actor,
        subject=f"rule_set:{rule_set.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
        body={"area": area, "version": rule_set.version, "starts_on": starts_on.isoformat()},
    )
    return rule_set
