"""Reads of branches and of the rules in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from backend.accounts.models import User
from backend.accounts.selectors import branch_ids
from backend.organisation import rules
from backend.organisation.models import (
    Branch,
    Organisation,
    PolicyOverride,
    RuleArea,
    RuleSet,
    Skill,
)
from backend.organisation.rota_policy import relaxed


class NoRuleInForceError(LookupError):
    """No rule set of an area holds on a date; the organisation was not seeded."""


def branches_for_office(viewer: User) -> QuerySet[Branch]:
    """Return the branches whose rota the viewer may see and change, by name."""
    return Branch.objects.filter(pk__in=branch_ids(viewer)).order_by("name")


def organisation_of(viewer: User) -> Organisation:
    """Return the viewer's organisation.

    Raises
    ------
    Organisation.DoesNotExist
        The viewer belongs to none.
    """
    return Organisation.objects.get(users=viewer)


def zone_of(organisation: Organisation) -> ZoneInfo:
    """Return the organisation's time zone."""
    return ZoneInfo(organisation.time_zone)


def rule_set_on(branch: Branch, area: RuleArea, on: date) -> RuleSet:
    """Return the rule set in force for a branch on a date: its own, else the organisation's.

    Raises
    ------
    NoRuleInForceError
        Nothing was in force on that date.
    """
    found = (
        RuleSet.objects.filter(
            Q(branch=branch) | Q(branch__isnull=True),
            organisation_id=branch.organisation_id,
            area=area,
            starts_on__lte=on,
        )
        .select_related("policy_version__organisation")
        .order_by(F("branch").desc(nulls_last=True), "-starts_on", "-version")
        .first()
    )
    if found is None:
        raise NoRuleInForceError(f"no {area} rules were in force on {on}")
    return found


def rules_on(branch: Branch, on: date) -> dict[RuleArea, RuleSet]:
    """Return every area's rule set in force for a branch on a date, in one query."""
    found: dict[RuleArea, RuleSet] = {}
    # The last one of an area stays: the branch's own after the organisation's, newer after older.
    for rule_set in RuleSet.objects.filter(
        Q(branch=branch) | Q(branch__isnull=True),
        organisation_id=branch.organisation_id,
        starts_on__lte=on,
    ).order_by(F("branch").asc(nulls_first=True), "starts_on", "version"):
        found[RuleArea(rule_set.area)] = rule_set
    return found


def list_rules_in_force(organisation: Organisation, on: date) -> list[RuleSet]:
    """Return every rule set in force on a date, by area; each area's own branch sets after it."""
    found: dict[tuple[str, int | None], RuleSet] = {}
    for rule_set in (
        RuleSet.objects.filter(organisation=organisation, starts_on__lte=on)
        .select_related("branch")
        .order_by("starts_on", "version")
    ):
        found[rule_set.area, rule_set.branch_id] = rule_set
    return sorted(
        found.values(),
        key=lambda row: (row.area, row.branch is not None, row.branch.name if row.branch else ""),
    )


def list_skills(viewer: User) -> QuerySet[Skill]:
    """Return the skills of the viewer's organisation, by name."""
    return Skill.objects.filter(organisation=organisation_of(viewer)).order_by("name", "pk")


def today_in(organisation: Organisation, now: datetime) -> date:
    """Return the local date of a moment."""
    return now.astimezone(zone_of(organisation)).date()


def rota_policy(branch: Branch, on: date) -> rules.RotaPolicy:
    """Return the limits and weights of a branch's rota on a date."""
    return rules.RotaPolicy.of(rule_set_on(branch, RuleArea.ROTA_POLICY, on).values)


def continuity(branch: Branch, on: date) -> rules.Continuity:
    """Return the continuity rules of a branch on a date."""
    return rules.Continuity.of(rule_set_on(branch, RuleArea.CONTINUITY, on).values)


def travel_rules(branch: Branch, on: date) -> rules.TravelRules:
    """Return the travel speeds of a branch on a date."""
    return rules.TravelRules.of(rule_set_on(branch, RuleArea.TRAVEL, on).values)


def quality(branch: Branch, on: date) -> rules.Quality:
    """Return the quality rules of a branch on a date."""
    return rules.Quality.of(rule_set_on(branch, RuleArea.QUALITY, on).values)


def access_rules(branch: Branch, on: date) -> rules.Access:
    """Return who sees a client when, for a branch on a date."""
    return rules.Access.of(rule_set_on(branch, RuleArea.ACCESS, on).values)


def membership_rules(organisation: Organisation, on: date) -> rules.Membership:
    """Return the membership rules of an organisation on a date.

    Dates before the first version are judged by the first: the past has to be judged by something,
    and members can see by what.

    Raises
    ------
    NoRuleInForceError
        The organisation was not seeded.
    """
    return rules.Membership.of(_of_all_branches(organisation, RuleArea.MEMBERSHIP, on).values)


def wish_rules(organisation: Organisation, on: date) -> rules.WishRules:
    """Return how many points members place on wishes, and when; the same in all branches.

    Raises
    ------
    NoRuleInForceError
        The organisation was not seeded.
    """
    return rules.WishRules.of(_of_all_branches(organisation, RuleArea.WISHES, on).values)


def _of_all_branches(organisation: Organisation, area: RuleArea, on: date) -> RuleSet:
    """Return the version of a date; for dates before the first version, the first."""
    versions = RuleSet.objects.filter(
        organisation=organisation, area=area, branch__isnull=True
    ).order_by("starts_on", "version")
    found = versions.filter(starts_on__lte=on).last() or versions.first()
    if found is None:
        raise NoRuleInForceError(f"no {area} rules were ever in force")
    return found


def list_overrides(organisation: Organisation) -> QuerySet[PolicyOverride]:
    """Return what coordinators of an organisation relaxed, the newest first."""
    return (
        PolicyOverride.objects.filter(branch__organisation=organisation)
        .select_related("branch", "made_by")
        .order_by("-starts_on", "-pk")
    )


def _relief_on(branch: Branch, on: date) -> list[tuple[str, int]]:
    found = PolicyOverride.objects.filter(branch=branch, starts_on__lte=on, ends_before__gt=on)
    return list(found.order_by("pk").values_list("name", "value"))


@dataclass(frozen=True, slots=True)
class LawRules:
    """The rules of one branch and date that judge a week beyond the rota's own limits."""

    rota: rules.RotaPolicy
    working_time: rules.WorkingTime
    working_week: rules.WorkingWeek
    nights: rules.NightWork
    young: rules.YoungWorkers
    notice: rules.Notice
    checks: rules.Checks
    pay: rules.PayRules
    quality: rules.Quality
    wage: rules.MinimumWage
    mileage: rules.Mileage


def law_rules(branch: Branch, on: date) -> LawRules:
    """Return all rules of law of a branch on a date, and what a coordinator relaxed of them.

    Raises
    ------
    NoRuleInForceError
        Nothing of some area was in force on that date.
    """
    found = rules_on(branch, on)

    def values(area: RuleArea) -> Mapping[str, Any]:
        if area not in found:
            raise NoRuleInForceError(f"no {area} rules were in force on {on}")
        values: Mapping[str, Any] = found[area].values
        return values

    return LawRules(
        rota=relaxed(rules.RotaPolicy.of(values(RuleArea.ROTA_POLICY)), _relief_on(branch, on)),
        working_time=rules.WorkingTime.of(values(RuleArea.WORKING_TIME)),
        working_week=rules.WorkingWeek.of(values(RuleArea.WORKING_WEEK)),
        nights=rules.NightWork.of(values(RuleArea.NIGHT_WORK)),
        young=rules.YoungWorkers.of(values(RuleArea.YOUNG_WORKERS)),
        notice=rules.Notice.of(values(RuleArea.NOTICE)),
        checks=rules.Checks.of(values(RuleArea.CHECKS)),
        pay=rules.PayRules.of(values(RuleArea.PAY_RULES)),
        quality=rules.Quality.of(values(RuleArea.QUALITY)),
        wage=rules.MinimumWage.of(values(RuleArea.MINIMUM_WAGE)),
        mileage=rules.Mileage.of(values(RuleArea.MILEAGE)),
    )
