"""The shape of each area of rules: frozen, typed, and checked when made."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from backend.organisation.models import RuleArea
from backend.organisation.peaks import fault_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMULA: Final = "formula"
TRAVEL_PROVIDERS: Final = (FORMULA, "osrm", "valhalla")
"""Who knows how long ways take."""

Shape = TypeVar("Shape", bound="DataclassInstance")


class RuleValuesError(ValueError):
    """Values do not have the shape of their area; the message names what to mend."""


@dataclass(frozen=True, slots=True)
class RotaPolicy:
    """Limits and weights that the solver must honour (the `policy` of a rota problem).

    All limits are minutes; weights are points, see `docs/rota-rules.md`.
    """

    max_day_minutes: int
    daily_rest_minutes: int
    weekly_rest_minutes: int
    stretch_minutes: int
    break_minutes: int
    split_gap_minutes: int
    weights: Mapping[str, Any]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as a policy, or say what is wrong with them."""
        policy = _shaped(cls, values)
        for field in fields(cls):
            if field.name != "weights" and getattr(policy, field.name) < 0:
                raise RuleValuesError(f"{field.name} must not be negative")
        if not isinstance(policy.weights, Mapping):
            raise RuleValuesError("weights must be a table of names and points")
        return policy


@dataclass(frozen=True, slots=True)
class TravelRules:
    """Speed of each way of travel: km/h, road distance over straight line, minutes to set off.

    A mode may have `peaks`, see `peaks.py`. `provider` says who knows how long ways take: the
    formula of these speeds, or a route service, with the formula where it knows nothing.
    """

    modes: Mapping[str, Mapping[str, Any]]
    provider: str = FORMULA

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as travel rules, or say what is wrong with them."""
        rules = _shaped(cls, {"provider": FORMULA, **values})
        for name, mode in rules.modes.items():
            if set(mode) - {"peaks"} != {"kmh", "detour", "overhead_min"} or mode["kmh"] <= 0:
                raise RuleValuesError(f"modes.{name} needs kmh above 0, detour and overhead_min")
            fault = fault_of(mode.get("peaks", ()))
            if fault is not None:
                raise RuleValuesError(f"modes.{name}.peaks {fault}")
        if rules.provider not in TRAVEL_PROVIDERS:
            raise RuleValuesError(f"provider must be one of {', '.join(TRAVEL_PROVIDERS)}")
        return rules


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """WTR-01 to WTR-06: hours and minutes as the regulations state them."""

    avg_hours: int
    ref_weeks: int
    warn_avg_hours: int
    opt_out_max_week_hours: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as working-time rules, or say what is wrong with them."""
        return _shaped(cls, values)


@dataclass(frozen=True, slots=True)
class Continuity:
    """How familiar carers follow from past visits, and how many carers a client should meet.

    A past visit counts `0.5 ** (age in days / half_life_days)`; a carer whose sum reaches
    `familiar_score` is familiar. `targets` are (visits a week at most, carers) pairs;
    `double_up_factor` multiplies them for clients with double-ups.
    """

    history_days: int
    half_life_days: int
    familiar_score: float
    targets: tuple[tuple[int, int], ...]
    double_up_factor: float

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as continuity rules, or say what is wrong with them."""
        pairs = tuple((int(visits), int(carers)) for visits, carers in values["targets"])
        return _shaped(cls, {**values, "targets": pairs})


@dataclass(frozen=True, slots=True)
class Access:
    """DP-03: a carer sees a client from this long before to this long after an own visit."""

    client_hours_before: int
    client_hours_after: int
    key_safe_minutes_before: int
    key_safe_minutes_after: int
    key_safe_reveals_an_hour: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as access rules, or say what is wrong with them."""
        return _shaped(cls, values)


@dataclass(frozen=True, slots=True)
class Quality:
    """NICE-01, PKG and ECM figures: minutes, and the share of a visit below which it is clipped."""

    min_visit_min: int
    on_time_windows_min: tuple[int, ...]
    time_critical_min: int
    parkinsons_min: int
    missed_after_min: int
    clipped_below: float

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as quality rules, or say what is wrong with them."""
        windows = tuple(values.get("on_time_windows_min", ()))
        return _shaped(cls, {**values, "on_time_windows_min": windows})


SHAPES: Mapping[RuleArea, Any] = {
    RuleArea.ROTA_POLICY: RotaPolicy,
    RuleArea.TRAVEL: TravelRules,
    RuleArea.WORKING_TIME: WorkingTime,
    RuleArea.QUALITY: Quality,
    RuleArea.CONTINUITY: Continuity,
    RuleArea.ACCESS: Access,
}


def _shaped(shape: type[Shape], values: Mapping[str, Any]) -> Shape:
    names = {field.name for field in fields(shape)}
    missing, unknown = sorted(names - set(values)), sorted(set(values) - names)
    if missing or unknown:
        raise RuleValuesError(
            "; ".join(
                [f"missing: {', '.join(missing)}"] * bool(missing)
                + [f"unknown: {', '.join(unknown)}"] * bool(unknown)
            )
        )
    return shape(**values)
