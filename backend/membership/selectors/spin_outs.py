"""A spin-out case against the conditions of the best-practice agreement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.counting.control import Verdict
from backend.counting.thresholds import StaffBallot, StaffBallotResult, count_staff_ballot
from backend.membership.forms import rules_of
from backend.membership.models import (
    Condition,
    CovenantKind,
    Evidence,
    InitiatedBy,
    SpinOutCase,
    Waiver,
)
from backend.membership.selectors.control import control_statement
from backend.membership.statement import ControlStatement


class ConditionState(StrEnum):
    """Whether a condition is met."""

    MET = "met"
    OPEN = "open"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class ConditionCheck:
    """One condition, how it stands, and on what that rests.

    `is_automatic` conditions follow from the case's own figures and can never be waived.
    """

    condition: Condition
    state: ConditionState
    is_automatic: bool
    evidence: tuple[Evidence, ...]
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class CaseReport:
    """A case as at a date. `ballot` None until it is declared."""

    case: SpinOutCase
    control: ControlStatement
    ballot: StaffBallotResult | None
    conditions: tuple[ConditionCheck, ...]

    @property
    def open_conditions(self) -> list[Condition]:
        """What still stands in the way of an approval."""
        return [row.condition for row in self.conditions if row.state is ConditionState.OPEN]


def spin_outs_for(viewer: User) -> QuerySet[SpinOutCase]:
    """Return the cases in the books of the viewer's organisation, newest first."""
    return (
        SpinOutCase.objects.filter(parent__kept_by_id=viewer.organisation_id)
        .select_related("parent", "proposed__kept_by")
        .order_by("-pk")
    )


def case_report(case: SpinOutCase, day: date) -> CaseReport:
    """Return how a case stands at the end of a day, condition by condition."""
    evidence: dict[Condition, list[Evidence]] = {condition: [] for condition in Condition}
    for row in case.evidence.filter(on__lte=day).order_by("on", "pk"):
        evidence[Condition(row.condition)].append(row)
    waivers = {Condition(row.condition): row for row in case.waivers.filter(on__lte=day)}
    control = control_statement(case.proposed, day)
    facts = _Facts(case, control, ballot_of(case), evidence, day)
    return CaseReport(
        case=case,
        control=control,
        ballot=facts.ballot,
        conditions=tuple(
            _check(condition, facts, waivers.get(condition)) for condition in Condition
        ),
    )


def ballot_of(case: SpinOutCase) -> StaffBallotResult | None:
    """Return what the staff's ballot says; None until it is declared."""
    if case.eligible is None or case.votes_yes is None or case.votes_no is None:
        return None
    return count_staff_ballot(
        StaffBallot(
            eligible=case.eligible,
            yes=case.votes_yes,
            no=case.votes_no,
            spoilt=case.votes_spoilt or 0,
        )
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    case: SpinOutCase
    control: ControlStatement
    ballot: StaffBallotResult | None
    evidence: Mapping[Condition, list[Evidence]]
    day: date


def _unions_involved(facts: _Facts) -> bool:
    """At least one piece of evidence from before the options were chosen."""
    chosen_on = facts.case.options_chosen_on
    rows = facts.evidence[Condition.UNIONS_INVOLVED]
    return any(chosen_on is None or row.on < chosen_on for row in rows)


def _ballot_of_staff(facts: _Facts) -> bool:
    case = facts.case
    return (
        facts.ballot is not None
        and case.is_ballot_secret
        and case.staff_list_on is not None
        and case.ballot_reference != ""
    )


def _covenant(facts: _Facts, *kinds: CovenantKind) -> bool:
    return (
        facts.case.proposed.covenants.filter(kind__in=kinds, starts_on__lte=facts.day)
        .filter(Q(ends_before__isnull=True) | Q(ends_before__gt=facts.day))
        .exists()
    )


def _no_dilution(facts: _Facts) -> bool:
    kinds = (CovenantKind.NO_DILUTION, CovenantKind.TRUST_MINIMUM)
    broken = [row for row in facts.control.covenants if row.kind in kinds and row.is_kept is False]
    return not broken and _covenant(facts, *kinds)


def _assets(facts: _Facts) -> bool:
    proposed = facts.case.proposed
    return (
        proposed.has_asset_lock
        or rules_of(proposed.form).has_asset_lock
        or _covenant(facts, CovenantKind.ASSET_LOCK)
    )


AUTOMATIC: Mapping[Condition, Callable[[_Facts], bool]] = {
    Condition.FROM_THE_WORKERS: lambda facts: (
        facts.case.initiated_by in (InitiatedBy.WORKERS, InitiatedBy.JOINT)
    ),
    Condition.BALLOT_OF_STAFF: _ballot_of_staff,
    Condition.MAJORITY_OF_STAFF: lambda facts: (
        facts.ballot is not None and facts.ballot.majority_of_staff
    ),
    Condition.CONTROL: lambda facts: facts.control.verdict.verdict is Verdict.GENUINE,
    Condition.NO_DILUTION: _no_dilution,
    Condition.ASSETS_PROTECTED: _assets,
}
"""Conditions that follow from the case itself; all the others rest on evidence."""


def _check(condition: Condition, facts: _Facts, waiver: Waiver | None) -> ConditionCheck:
    rows = facts.evidence[condition]
    if condition in AUTOMATIC:
        is_met = AUTOMATIC[condition](facts)
    elif condition is Condition.UNIONS_INVOLVED:
        is_met = _unions_involved(facts)
    else:
        is_met = bool(rows)
    state = ConditionState.MET if is_met else ConditionState.OPEN
    if not is_met and waiver is not None and condition not in AUTOMATIC:
        state = ConditionState.WAIVED
    return ConditionCheck(condition, state, condition in AUTOMATIC, tuple(rows), waiver)
