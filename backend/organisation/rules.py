"""The shape of each area of rules: frozen, typed, and checked when made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from backend.core.periods import Week
from backend.organisation import voted_limits
from backend.organisation.models import RuleArea
from backend.organisation.peaks import fault_of
from backend.organisation.wish_periods import WISH_PERIOD_DAYS, WishPeriod

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMULA: Final = "formula"
TRAVEL_PROVIDERS: Final = (FORMULA, "osrm", "valhalla")
"""Who knows how long ways take."""
MINUTES_PER_DAY = 1440
LEAST_OFF_DUTY_MINUTES = 60
LEAST_UNPAID_BREAK_MINUTES = 20
MOST_WISH_POINTS: Final = 100

Shape = TypeVar("Shape", bound="DataclassInstance")


class RuleValuesError(ValueError):
    """Values do not have the shape of their area; the message names what to mend."""


@dataclass(frozen=True, slots=True)
class RotaPolicy:
    """Limits and weights that the solver must honour (the `policy` of a rota problem).

    All limits are minutes; weights are points, see `docs/rota-rules.md`. `voted` holds what members
    voted of the limits of `voted_limits.py`, each only where there is one.
    """

    max_day_minutes: int
    daily_rest_minutes: int
    weekly_rest_minutes: int
    stretch_minutes: int
    break_minutes: int
    split_gap_minutes: int
    weights: Mapping[str, Any]
    voted: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as a policy, or say what is wrong with them."""
        policy = _shaped(cls, {"voted": {}, **values})
        for limit in fields(cls):
            if limit.name not in {"weights", "voted"} and getattr(policy, limit.name) < 0:
                raise RuleValuesError(f"{limit.name} must not be negative")
        if not isinstance(policy.weights, Mapping):
            raise RuleValuesError("weights must be a table of names and points")
        fault = voted_limits.fault_of(policy.voted)
        if fault is not None:
            raise RuleValuesError(f"voted {fault}")
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


WEEKLY_REST_MODES = ("7d_24h", "14d_48h", "14d_2x24h")
"""WTR-04: one day of rest in a week, or two days together or apart in a fortnight."""

STRICTNESS = ("warn", "hard")
"""Whether a rule warns, or refuses."""


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """WTR-01, WTR-04, WTR-09: when a week is long, how it rests, whether ways from home count.

    A way from or to home counts with at most `longest_home_journey_minutes`: nobody walks two hours
    to the first visit, whoever is that far on foot takes the bus or a lift.
    """

    warn_week_hours: int
    weekly_rest_mode: str
    count_home_journeys: bool
    longest_home_journey_minutes: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as rules of a working week, or say what is wrong with them."""
        rules = _shaped(cls, values)
        _require_word("weekly_rest_mode", rules.weekly_rest_mode, WEEKLY_REST_MODES)
        return rules


@dataclass(frozen=True, slots=True)
class NightWork:
    """WTR-06: the night in wall-clock minutes of the day, and the limits of night workers.

    The night runs over midnight, from `starts_minute` to `ends_minute`. `assessment` says
    whether night visits without a health assessment of the last `assessment_months` warn or are
    refused.
    """

    starts_minute: int
    ends_minute: int
    average_hours: int
    hazard_hours: int
    assessment: str
    assessment_months: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as rules of night work, or say what is wrong with them."""
        rules = _shaped(cls, values)
        _require_word("assessment", rules.assessment, STRICTNESS)
        _require_night(rules.starts_minute, rules.ends_minute)
        return rules


@dataclass(frozen=True, slots=True)
class YoungWorkers:
    """WTR-07: the limits of workers below `adult_age`, in minutes; nights as in `NightWork`."""

    adult_age: int
    max_day_minutes: int
    max_week_minutes: int
    daily_rest_minutes: int
    weekly_rest_minutes: int
    stretch_minutes: int
    break_minutes: int
    night_starts_minute: int
    night_ends_minute: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as rules for young workers, or say what is wrong with them."""
        rules = _shaped(cls, values)
        _require_night(rules.night_starts_minute, rules.night_ends_minute)
        return rules


@dataclass(frozen=True, slots=True)
class Notice:
    """ERA-02: days before a week by which its rota is out, hours below which notice is short."""

    rota_days: int
    short_hours: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as rules of notice, or say what is wrong with them."""
        return _shaped(cls, values)


@dataclass(frozen=True, slots=True)
class Checks:
    """Section 9: days before a check or a training runs out from which that is said."""

    right_to_work_warn_days: int
    dbs: str
    training_warn_days: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as rules of checks, or say what is wrong with them."""
        rules = _shaped(cls, values)
        _require_word("dbs", rules.dbs, STRICTNESS)
        return rules


@dataclass(frozen=True, slots=True)
class PayRules:
    """PAY-01, PAY-06, PAY-07: which gaps are unpaid, and when pay is tight.

    `unpaid_break_minutes` None: no gap is an unpaid break, because none is marked as such.
    `tight_share` is the share of the minimum wage below which pay is tight.
    """

    off_duty_minutes: int
    unpaid_break_minutes: int | None
    tight_share: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as pay rules, or say what is wrong with them."""
        rules = _shaped(cls, values)
        try:
            share = Decimal(rules.tight_share)
        except (InvalidOperation, TypeError):
            raise RuleValuesError("tight_share must be a number in quotes, such as 1.02") from None
        if share < 1:
            raise RuleValuesError("tight_share must be 1 or more")
        # The thresholds may only be made kinder to the carer (PAY-06, PAY-07).
        if rules.off_duty_minutes < LEAST_OFF_DUTY_MINUTES:
            raise RuleValuesError(f"off_duty_minutes must be {LEAST_OFF_DUTY_MINUTES} or more")
        unpaid = rules.unpaid_break_minutes
        if unpaid is not None and unpaid < LEAST_UNPAID_BREAK_MINUTES:
            raise RuleValuesError(
                f"unpaid_break_minutes must be empty, or {LEAST_UNPAID_BREAK_MINUTES} or more"
            )
        return rules


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """Section 2.1: pounds an hour by age, as text so that no penny is lost."""

    adult: str
    adult_min_age: int
    a18_20: str
    u18: str
    apprentice: str
    a21_22: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as minimum wages, or say what is wrong with them."""
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Mileage:
    """PAY-10: pounds a mile, as text."""

    car_first_10000: str
    car_after: str
    motorcycle: str
    bicycle: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as mileage rates, or say what is wrong with them."""
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


VOTES_FROM: Final = ("admission", "first_payment", "full_payment")
"""From when a member has a vote, where members hold a share that gives one."""


@dataclass(frozen=True, slots=True)
class Membership:
    """How workers become members, when they vote, and what the control test asks.

    `inside_classes` are kinds of member classes that the rules count as inside besides workers,
    their trust, users and families. A seat is accountable for `election_valid_months`.
    """

    service_months: int
    induction_steps: int
    admission_needs_vote: bool
    votes_from: str
    repay_months: int
    inside_classes: tuple[str, ...]
    election_valid_months: int

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as membership rules, or say what is wrong with them."""
        classes = tuple(values.get("inside_classes", ()))
        rules = _shaped(cls, {**values, "inside_classes": classes})
        for name in ("service_months", "induction_steps", "repay_months"):
            if getattr(rules, name) < 0:
                raise RuleValuesError(f"{name} must not be negative")
        if rules.election_valid_months < 1:
            raise RuleValuesError("election_valid_months must be at least 1")
        _require_word("votes_from", rules.votes_from, VOTES_FROM)
        return rules


@dataclass(frozen=True, slots=True)
class WishRules:
    """How many points each member places on wishes in a period of four weeks.

    Periods follow each other without a gap from `first_period_on`, a Monday, and before it, too.
    """

    points: int
    first_period_on: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Return the values as rules of wishes, or say what is wrong with them."""
        rules = _shaped(cls, values)
        if not 1 <= rules.points <= MOST_WISH_POINTS:
            raise RuleValuesError(f"points must be 1 to {MOST_WISH_POINTS}")
        try:
            Week(rules.anchor_on)
        except (TypeError, ValueError):
            raise RuleValuesError(
                "first_period_on must be a Monday in quotes, such as 2026-01-05"
            ) from None
        return rules

    @property
    def anchor_on(self) -> date:
        """The Monday from which periods are counted."""
        return date.fromisoformat(self.first_period_on)

    def period_of(self, on: date) -> WishPeriod:
        """Return the period that holds a date."""
        since = (on - self.anchor_on).days % WISH_PERIOD_DAYS
        return WishPeriod(on - timedelta(days=since))


SHAPES: Mapping[RuleArea, Any] = {
    RuleArea.ROTA_POLICY: RotaPolicy,
    RuleArea.TRAVEL: TravelRules,
    RuleArea.WORKING_TIME: WorkingTime,
    RuleArea.WORKING_WEEK: WorkingWeek,
    RuleArea.NIGHT_WORK: NightWork,
    RuleArea.YOUNG_WORKERS: YoungWorkers,
    RuleArea.NOTICE: Notice,
    RuleArea.CHECKS: Checks,
    RuleArea.PAY_RULES: PayRules,
    RuleArea.QUALITY: Quality,
    RuleArea.CONTINUITY: Continuity,
    RuleArea.ACCESS: Access,
    RuleArea.MEMBERSHIP: Membership,
    RuleArea.WISHES: WishRules,
}


def _require_word(name: str, value: object, words: tuple[str, ...]) -> None:
    if value not in words:
        raise RuleValuesError(f"{name} must be one of {', '.join(words)}")


def _require_night(starts: int, ends: int) -> None:
    if not 0 < ends <= starts < MINUTES_PER_DAY:
        raise RuleValuesError("the night must begin in the evening and end in the morning after")


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
