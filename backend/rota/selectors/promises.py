"""What a version of the members' policy was to make of recent weeks, beside what happened.

The promise is the change between the same weeks made under the policy before and under the version.
What happened is the change between the weeks published before it and under it. All figures are
those of one week of a branch; several weeks count by their mean.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import Any, Final

from django.db.models import Min, TextChoices

from backend.organisation.models import Organisation, RotaPolicyVersion
from backend.rota.models import PolicyWeek, PolicyWeekPart, RunState
from backend.rota.selectors.leased_work import MOST_CLAIMS
from backend.rota.selectors.policy_tries import RECENT
from backend.rota.selectors.runs import HEAVY
from backend.rota.selectors.scenarios import state_of

WEEKS: Final = 4
"""So many weeks a promise rests on at most, and what happened at least."""

FOLLOWED: Final = RECENT
"""So long after a version began its four weeks are waited for."""

FEWEST_CARERS: Final = 5
"""A branch with fewer is left out altogether: its sums would speak of persons."""

SUMMED: Final[Mapping[str, float]] = {
    "unassigned visits": 1,
    "unassigned critical": 1,
    "new faces": 1,
    "travel minutes": 1,
    "weekends worked": 1,
    "splits": 1,
    "carers without work": 1,
}
"""Figures that branches have together as a sum, with the least that is a change."""

AVERAGED: Final[Mapping[str, float]] = {
    "carers per client": 0.05,
    "contract hours filled %": 0.5,
    "wishes kept % (by strength)": 0.5,
}
"""Figures that branches have together as a mean, by their visits; with the least change."""

LEAST: Final[Mapping[str, float]] = {**SUMMED, **AVERAGED}

CLEAR: Final = 0.02
"""A change of less than two in a hundred of what was before is no change."""


class PromiseState(TextChoices):
    """How far the weeks of a promise are made."""

    NONE = "none", "There was no published week to make"
    WAITING = "waiting", "Weeks are still being made"
    FAILED = "failed", "No week could be made"
    FINISHED = "finished", "Made"


class PromiseVerdict(TextChoices):
    """How what happened stands to what was promised."""

    TOO_EARLY = "too_early", "Fewer than four weeks yet"
    TOO_SHORT = "too_short", "There will not be four weeks"
    NOT_KNOWN = "not_known", "There is no promise, or nothing to compare with"
    AS_PROMISED = "as_promised", "The same way, between half and double; or no change, as promised"
    LESS = "less", "The same way, less than half"
    MORE = "more", "The same way, more than double"
    NO_CHANGE = "no_change", "A change was promised, and none came"
    UNPROMISED = "unpromised", "A change came that was not promised"
    OTHER_WAY = "other_way", "It went the other way"


Figures = Mapping[str, float]


@dataclass(slots=True)
class _Branch:
    """What is known of one branch; weeks by their Mondays."""

    name: str
    present: dict[date, Figures] = field(default_factory=dict)
    tried: dict[date, Figures] = field(default_factory=dict)
    before: dict[date, Figures] = field(default_factory=dict)
    after: dict[date, Figures] = field(default_factory=dict)
    failed: int = 0
    open: int = 0
    is_small: bool = False

    def is_whole(self) -> bool:
        return bool(self.present and self.before) and len(self.after) >= WEEKS

    def state(self) -> PromiseState:
        if self.open:
            return PromiseState.WAITING
        if self.present:
            return PromiseState.FINISHED
        return PromiseState.FAILED if self.failed else PromiseState.NONE


def ends_of(version: RotaPolicyVersion) -> date | None:
    """Return the Monday from which another version holds; None while there is none."""
    later = RotaPolicyVersion.objects.filter(
        organisation=version.organisation_id, number__gt=version.number
    )
    found: date | None = later.aggregate(first=Min("effective_from"))["first"]
    return found


def promises_of(
    organisation: Organisation, versions: Sequence[RotaPolicyVersion], today: date
) -> dict[int, dict[str, Any]]:
    """Return the promise of each version by its key, see `PromiseOut`; one query for all.

    Parameters
    ----------
    versions
        All of the organisation, the newest first.
    """
    rows: dict[int, list[PolicyWeek]] = defaultdict(list)
    for row in _weeks_of(organisation):
        rows[row.version_id].append(row)
    found, followed_from = {}, None
    for version in versions:
        last = version.effective_from + FOLLOWED
        ends = last if followed_from is None else min(last, followed_from)
        found[version.pk] = _promise(rows[version.pk], has_ended=ends <= today)
        followed_from = version.effective_from
    return found


def _weeks_of(organisation: Organisation) -> Iterable[PolicyWeek]:
    heavy = [f"scenario__{run}__{column}" for run in ("present", "tried") for column in HEAVY]
    return (
        PolicyWeek.objects.filter(
            version__organisation=organisation, rota__branch__organisation=organisation
        )
        .select_related("rota__branch", "scenario__present", "scenario__tried")
        .defer(*heavy)
        .order_by("rota__branch__name", "rota__branch", "rota__week_starts_on", "pk")
    )


def _promise(rows: Iterable[PolicyWeek], *, has_ended: bool) -> dict[str, Any]:
    branches = _branches(rows)
    whole = [branch for branch in branches if branch.is_whole()]
    counted = whole or [branch for branch in branches if branch.present] or branches
    return {
        "state": _state_of_all(branches),
        "weeks_needed": WEEKS,
        "weeks": max((len(branch.after) for branch in branches), default=0),
        "has_ended": has_ended,
        "figures": _rows(counted, has_ended=has_ended),
        "branches": [
            {
                "branch_name": branch.name,
                "state": branch.state(),
                "failed_weeks": branch.failed,
                "is_counted": branch in counted,
                "made_weeks": sorted(branch.present),
                "weeks_before": sorted(branch.before),
                "weeks_after": sorted(branch.after),
                "figures": _rows([branch], has_ended=has_ended),
            }
            for branch in branches
        ],
    }


def _branches(rows: Iterable[PolicyWeek]) -> list[_Branch]:
    """Sort the weeks by branch; branches that are too small in any of them are left out."""
    found: dict[int, _Branch] = {}
    for row in rows:
        branch = found.setdefault(row.rota.branch_id, _Branch(row.rota.branch.name))
        branch.is_small |= row.carers is not None and row.carers < FEWEST_CARERS
        _put(row, branch)
    return [branch for branch in found.values() if not branch.is_small]


def _put(row: PolicyWeek, branch: _Branch) -> None:
    week = row.rota.week_starts_on
    if row.part != PolicyWeekPart.PROMISED:
        if row.figures is not None:
            side = branch.before if row.part == PolicyWeekPart.BEFORE else branch.after
            side[week] = row.figures
        return
    state = _state_of_week(row)
    if state is PromiseState.FINISHED:
        result: Any = row.scenario and row.scenario.result
        for side, name in ((branch.present, "present"), (branch.tried, "tried")):
            side[week] = {one["name"]: one["value"] for one in result[name]["figures"]}
    elif state is PromiseState.FAILED:
        branch.failed += 1
    else:
        branch.open += 1


def _state_of_week(row: PolicyWeek) -> PromiseState:
    if row.scenario is None:
        gave_up = row.done_at is not None or row.claims >= MOST_CLAIMS
        return PromiseState.FAILED if gave_up else PromiseState.WAITING
    state = state_of(row.scenario)
    if state == RunState.FINISHED:
        return PromiseState.FINISHED
    if state in (RunState.FAILED, RunState.CANCELLED):
        return PromiseState.FAILED
    return PromiseState.WAITING


def _state_of_all(branches: Sequence[_Branch]) -> PromiseState:
    states = {branch.state() for branch in branches}
    for first in (PromiseState.WAITING, PromiseState.FINISHED, PromiseState.FAILED):
        if first in states:
            return first
    return PromiseState.NONE


def _rows(branches: Sequence[_Branch], *, has_ended: bool) -> list[dict[str, Any]]:
    present, tried, before, after = (
        [_mean_week(getattr(branch, side).values()) for branch in branches]
        for side in ("present", "tried", "before", "after")
    )
    is_early = any(len(branch.after) < WEEKS for branch in branches)
    found = []
    for name in LEAST:
        was = _together(name, before)
        sides = (_together(name, present), _together(name, tried))
        promised = None if None in sides else _change(*sides)
        happened = None if is_early else _together(name, after)
        change = None if happened is None or was is None else _change(was, happened)
        found.append(
            {
                "name": name,
                "is_sum": name in SUMMED,
                "before": was,
                "promised_change": promised,
                "after": happened,
                "change": change,
                "verdict": _verdict(
                    name, was, promised, change, is_early=is_early, has_ended=has_ended
                ),
            }
        )
    return found


def _mean_week(weeks: Iterable[Figures]) -> Figures | None:
    rows = list(weeks)
    if not rows:
        return None
    return {name: fmean(row[name] for row in rows) for name in (*LEAST, "visits")}


def _together(name: str, branches: Sequence[Figures | None]) -> float | None:
    """Return a figure of several branches' mean weeks; None where one of them has none."""
    rows = [row for row in branches if row is not None]
    if not rows or len(rows) < len(branches):
        return None
    if name in SUMMED:
        return round(sum(row[name] for row in rows), 3)
    visits = sum(row["visits"] for row in rows)
    return round(sum(row[name] * row["visits"] for row in rows) / max(1, visits), 3)


def _change(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else round(second - first, 3)


def _verdict(
    name: str,
    before: float | None,
    promised: float | None,
    change: float | None,
    *,
    is_early: bool,
    has_ended: bool,
) -> PromiseVerdict:
    if is_early:
        return PromiseVerdict.TOO_SHORT if has_ended else PromiseVerdict.TOO_EARLY
    if before is None or promised is None or change is None:
        return PromiseVerdict.NOT_KNOWN
    return verdict_of(promised, change, least=max(LEAST[name], CLEAR * abs(before)))


def verdict_of(promised: float, change: float, *, least: float) -> PromiseVerdict:
    """Say how a change stands to the one that was promised; below `least` it is none."""
    if abs(promised) < least:
        is_still = abs(change) < least
        return PromiseVerdict.AS_PROMISED if is_still else PromiseVerdict.UNPROMISED
    if abs(change) < least:
        return PromiseVerdict.NO_CHANGE
    if (change > 0) != (promised > 0):
        return PromiseVerdict.OTHER_WAY
    if abs(change) < abs(promised) / 2:
        return PromiseVerdict.LESS
    return PromiseVerdict.MORE if abs(change) > 2 * abs(promised) else PromiseVerdict.AS_PROMISED
