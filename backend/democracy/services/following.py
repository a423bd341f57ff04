"""What follows from a policy ballot whose result is final: the rota's next policy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.democracy.models import Ballot, BallotKind
from backend.democracy.papers import AskedWeights
from backend.democracy.policy_paper import speaks_of_the_rota
from backend.democracy.services.preparing import paper_of
from backend.democracy.services.public_log import SYSTEM
from backend.democracy.services.steps import note
from backend.organisation.models import RotaPolicyVersion
from backend.organisation.rota_policy import RULE_NAMES
from backend.organisation.rules import RuleValuesError
from backend.organisation.selectors import today_in
from backend.rota.selectors.policy import policy_on
from backend.rota.services.enact_policy import DeclaredPolicy, enact_policy


class PolicyNotPossibleError(RefusalError):
    """The rota cannot hold what was voted, since its own bounds changed meanwhile: `wrong`."""

    code = "democracy.policy_not_possible"


def enact_what_follows(
    ballot: Ballot, *, actor: User | None, now: datetime
) -> RotaPolicyVersion | None:
    """Make a final policy ballot the rota's next policy, in the transaction that makes it final.

    Other ballots, and papers of an earlier version that do not speak of the rota by its keys,
    lead to nothing: None. The same ballot a second time gives the version it made.

    Raises
    ------
    PolicyNotPossibleError, PolicyDeclaredOtherwiseError
        Nothing was changed; the ballot is not final either.
    """
    if ballot.kind != BallotKind.POLICY or not speaks_of_the_rota(paper_of(ballot)):
        return None
    try:
        version = enact_policy(_declared_policy(ballot, now), actor=actor, now=now)
    except RuleValuesError as error:
        raise PolicyNotPossibleError(wrong=str(error)) from error
    data: dict[str, object] = {
        "policy": version.number,
        "effective_from": version.effective_from.isoformat(),
    }
    note(ballot, "policy.followed", office=SYSTEM, actor=actor, now=now, data=data)
    return version


def _declared_policy(ballot: Ballot, now: datetime) -> DeclaredPolicy:
    assert ballot.declared_at is not None  # noqa: S101  the database holds it for declared ones
    package: Any = ballot.declaration.package
    answers = package["declared"]["result"]["answers"]
    results: Mapping[str, Any] = {row["id"]: row["result"] for row in answers}
    asked = paper_of(ballot).questions
    (weights,) = (one.id for one in asked if isinstance(one, AskedWeights))
    organisation = ballot.organisation
    # Of the policy in force, so that a changed weight changes its own points and no others.
    before = policy_on(organisation, today_in(organisation, now)).policy_version
    return DeclaredPolicy(
        organisation_id=organisation.pk,
        ballot=ballot.code,
        method=", ".join(dict.fromkeys(row["method"] for row in answers)),
        declared_at=ballot.declared_at,
        weights=dict(zip(RULE_NAMES, results[weights]["weights"], strict=True)),
        limits={one.id: results[one.id]["value"] for one in asked if one.id != weights},
        scales=before.scales if before else {},
        inputs_hash=package["declared"]["result"]["inputs_hash"],
        result_hash=ballot.declaration.result_hash,
    )
