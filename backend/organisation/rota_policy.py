"""From the members' vote to the solver: seven rules become points, and points become rules again.

This is the only place that knows how. `docs/rota-policy.md` says the same in words. Everything
is whole numbers and fractions until the last step, so that the same vote gives the same points
on every machine.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final

from backend.counting.shares import largest_remainder
from backend.organisation import voted_limits
from backend.organisation.rules import RotaPolicy, RuleValuesError

THOUSAND: Final = 1000
TOKENS: Final = 20
"""What one ballot places. One token is fifty thousandths."""

MILLION: Final = 1_000_000
DECIMALS: Final = 10_000
"""Points are rounded to the ten-thousandth, halves upwards."""


@dataclass(frozen=True, slots=True)
class VotedRule:
    """One rule of the ballot, and what of the solver's price list it is.

    Attributes
    ----------
    weights, wishes
        The solver's weights and kinds of wishes that it sets: name to how many units one counts.
    unit_points
        What one unit costs before the first vote.
    scale
        How many units a usual week of one branch has, as long as none was measured.
    in_one_visit
        The most units that planning one more visit can add.
    """

    name: str
    weights: Mapping[str, Fraction]
    wishes: Mapping[str, Fraction]
    unit_points: Fraction
    scale: int
    in_one_visit: int


def _rule(
    name: str, unit_points: str, points: Mapping[str, str], *, scale: int, in_one_visit: int
) -> VotedRule:
    unit = Fraction(unit_points)
    parts = {part: Fraction(value) / unit for part, value in points.items()}
    kinds = {part.removeprefix("wish "): value for part, value in parts.items() if " " in part}
    plain = {part: value for part, value in parts.items() if " " not in part}
    return VotedRule(name, plain, kinds, unit, scale, in_one_visit)


RULES: Final = (
    # One unit: a visit by somebody the client does not know.
    _rule("continuity", "6", {"unfamiliar": "6", "extra_carer": "15"}, scale=7300, in_one_visit=4),
    # A minute of travel.
    _rule("travel", "1", {"travel": "1"}, scale=59_000, in_one_visit=60),
    # A weekend worked by somebody who wished it off, by the strength of the wish.
    _rule("weekend_fairness", "90", {"wish weekend_off": "90"}, scale=66, in_one_visit=3),
    # A guaranteed minute that is not filled; a minute above counts half.
    _rule(
        "contract_hours",
        "0.5",
        {"shortfall": "0.5", "overtime": "0.25"},
        scale=22_000,
        in_one_visit=60,
    ),
    # A day worked that somebody wished off, by the strength of the wish.
    _rule(
        "preferred_times",
        "60",
        {
            "wish day_off": "60",
            "wish avoid_window": "0.6",
            "wish avoid_client": "25",
            "wish prefer_client": "5",
            "wish no_split": "30",
        },
        scale=180,
        in_one_visit=6,
    ),
    # A minute of waiting.
    _rule("gaps", "0.3", {"idle": "0.3", "split": "20"}, scale=44_000, in_one_visit=160),
    # A carer or a start that changes after it was published.
    _rule("rota_stability", "8", {"stability": "8"}, scale=800, in_one_visit=4),
)
"""The rules in the order of the paper.

The points are those of a new organisation. The scales were measured in synthetic weeks of a branch
with 3,000 hours and 142 carers; `rota_stability` stands for 800 changes, which such weeks, not yet
published, do not have.
"""

RULE_NAMES: Final = tuple(rule.name for rule in RULES)

NOT_VOTED: Final = {"lateness": 0.2, "fairness": 0.002}
"""Times promised to clients, and that wishes not kept do not gather on a few."""

UNASSIGNED: Final = {"1": 40, "2": 20, "3": 10}
"""Points of a minute of a visit left open, by priority, before `coverage_factor`."""

LEAST_OPEN_VISIT: Final = 60
"""Minutes that the shortest usual visit counts when it is left open: 30, and 30 for the way."""


NOTICE_DAYS: Final = "rota_days"
"""The voted limit that is no limit of the rota policy but of the rules of notice."""

OF_THE_WEEK: Final = {
    "max_day_minutes": (60, 780),
    "daily_rest_minutes": (660, 1440),
    "weekly_rest_minutes": (1440, 4320),
    "stretch_minutes": (60, 360),
    "break_minutes": (20, 180),
    "split_gap_minutes": (0, 600),
}
"""The limits that every rota policy holds, with both ends; none is laxer than WTR-03 to WTR-05."""

VOTED_LIMITS: Final = {**OF_THE_WEEK, **voted_limits.SCALES, NOTICE_DAYS: (7, 28)}
"""What can be voted on or tried, with both ends."""


def require_limits(limits: Mapping[str, int]) -> None:
    """Refuse limits that the rota cannot hold, or that no vote may pass.

    Raises
    ------
    RuleValuesError
        Names the first of them.
    """
    for name, value in limits.items():
        if name not in VOTED_LIMITS:
            raise RuleValuesError(f"the rota does not know the limit {name}")
        least, most = VOTED_LIMITS[name]
        if not least <= value <= most:
            raise RuleValuesError(f"{name} must be between {least} and {most}, not {value}")


def with_limits(values: Mapping[str, Any], limits: Mapping[str, int]) -> dict[str, Any]:
    """Return the values of a rota policy under voted limits; that of notice is not among them."""
    own = {name: value for name, value in limits.items() if name in OF_THE_WEEK}
    voted = {name: value for name, value in limits.items() if name in voted_limits.SCALES}
    return {**values, **own, "voted": {**values.get("voted", {}), **voted}}


LAXER: Final[Mapping[str, Callable[[int, int], int]]] = {
    "max_day_minutes": max,
    "daily_rest_minutes": min,
    "weekly_rest_minutes": min,
    "stretch_minutes": max,
    "break_minutes": min,
}
"""The limits that a coordinator may relax for a week, and which of two values is the laxer."""


def relaxed(policy: RotaPolicy, relief: Iterable[tuple[str, int]]) -> RotaPolicy:
    """Return a policy with rules and limits relaxed; nothing ever becomes stricter by it.

    Parameters
    ----------
    relief
        Names of rules with the percentage of their points that is left, and of limits with their
        minutes.
    """
    for name, value in relief:
        if name in LAXER:
            laxer: dict[str, Any] = {name: LAXER[name](getattr(policy, name), value)}
            policy = replace(policy, **laxer)
        else:
            policy = replace(policy, weights=_eased(policy.weights, name, min(value, 100)))
    return policy


def _eased(weights: Mapping[str, Any], name: str, percent: int) -> dict[str, Any]:
    rule = next(rule for rule in RULES if rule.name == name)

    def part(points: float) -> float:
        return _rounded(Fraction(str(points)) * percent / 100)

    plain = {key: part(weights[key]) for key in rule.weights}
    wishes = {kind: part(weights["preferences"][kind]) for kind in rule.wishes}
    return {**weights, **plain, "preferences": {**weights["preferences"], **wishes}}


def scales_of(measured: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return the scale of every rule: as measured, else the usual one; never below one."""
    given = measured or {}
    return {rule.name: max(1, given.get(rule.name) or rule.scale) for rule in RULES}


def stake(scales: Mapping[str, int]) -> Fraction:
    """Return the points that a usual week costs in all voted rules before the first vote.

    Every vote divides this same sum: more for one rule is less for the others, and what is not
    voted on keeps its size beside them.
    """
    return sum((rule.unit_points * scales[rule.name] for rule in RULES), Fraction(0))


def coefficient(thousandths: int, scale: int) -> int:
    """Return a rule's coefficient, `round_half_up(w * 1 000 000 / s)`."""
    return _half_up(Fraction(thousandths * MILLION, scale))


def unit_points(name: str, thousandths: int, scales: Mapping[str, int]) -> Fraction:
    """Return the points of one unit of a rule that has so many thousandths of the whole."""
    found = coefficient(thousandths, scales[name])
    return found * stake(scales) / (MILLION * THOUSAND)


def coverage_factor(scales: Mapping[str, int]) -> int:
    """Return by what every visit left open is multiplied, so that no ballot outweighs one.

    What planning one visit can cost is a mixture of the rules by their weights, so it is never
    more than it would cost if one rule had them all. It does not depend on the vote.
    """
    dearest = max(unit_points(rule.name, THOUSAND, scales) * rule.in_one_visit for rule in RULES)
    return max(1, ceil(dearest / (UNASSIGNED["3"] * LEAST_OPEN_VISIT)))


def solver_weights(weights: Mapping[str, int], scales: Mapping[str, int]) -> dict[str, Any]:
    """Return the `weights` of a rota policy for thousandths of each rule.

    Raises
    ------
    RuleValuesError
        A rule is missing or unknown, or its figure is no share.
    """
    _require_rules(weights)
    factor = coverage_factor(scales)
    found: dict[str, Any] = {
        "unassigned": {priority: points * factor for priority, points in UNASSIGNED.items()},
        **NOT_VOTED,
        "preferences": {},
    }
    for rule in RULES:
        points = unit_points(rule.name, weights[rule.name], scales)
        found.update({name: _rounded(points * units) for name, units in rule.weights.items()})
        found["preferences"].update(
            {kind: _rounded(points * units) for kind, units in rule.wishes.items()}
        )
    return found


def thousandths_of(points: Mapping[str, Any], scales: Mapping[str, int]) -> dict[str, int]:
    """Return the inverse of `solver_weights`: how a price list divides a usual week, in all 1000.

    Each rule is read from the weights or wishes that it sets, by what they count in units.
    """
    sizes = [_unit_in(rule, points) * scales[rule.name] for rule in RULES]
    return dict(zip(RULE_NAMES, largest_remainder(THOUSAND, sizes), strict=True))


def tokens_of(weights: Mapping[str, int], tokens: int = TOKENS) -> dict[str, int]:
    """Return the ballot that comes nearest to weights; whole tokens, all of them placed."""
    shares = largest_remainder(tokens, [weights[name] for name in RULE_NAMES])
    return dict(zip(RULE_NAMES, shares, strict=True))


def weights_of_tokens(tokens: Mapping[str, int]) -> dict[str, int]:
    """Return one ballot as thousandths, as if everybody had cast it.

    Raises
    ------
    RuleValuesError
        A rule is missing or unknown, or nothing is placed.
    """
    _require_rules(tokens)
    if not any(tokens.values()):
        raise RuleValuesError("no tokens are placed")
    shares = largest_remainder(THOUSAND, [tokens[name] for name in RULE_NAMES])
    return dict(zip(RULE_NAMES, shares, strict=True))


@dataclass(frozen=True, slots=True)
class TokenWorth:
    """What one token on a rule buys: points of one unit, and the same as minutes of travel.

    The minutes are of travel as it counts under the policy that is compared with; None where
    travel counts nothing.
    """

    name: str
    points: float
    travel_minutes: float | None


def worth_of_tokens(
    scales: Mapping[str, int], present: Mapping[str, int], tokens: int = TOKENS
) -> list[TokenWorth]:
    """Return what one token buys on each rule, in the order of the paper."""
    travel = unit_points("travel", present["travel"], scales)
    found = []
    for name in RULE_NAMES:
        points = unit_points(name, THOUSAND // tokens, scales)
        minutes = float(round(points / travel, 1)) if travel else None
        found.append(TokenWorth(name, _rounded(points), minutes))
    return found


def _unit_in(rule: VotedRule, points: Mapping[str, Any]) -> Fraction:
    """Return what one unit costs in a price list: the mean over what the rule sets."""
    found = [Fraction(str(points[name])) / units for name, units in rule.weights.items()]
    wishes = points["preferences"]
    found += [Fraction(str(wishes[kind])) / units for kind, units in rule.wishes.items()]
    return sum(found, Fraction(0)) / len(found)


def _require_rules(given: Mapping[str, int]) -> None:
    if set(given) != set(RULE_NAMES):
        raise RuleValuesError(f"weights are needed for {', '.join(RULE_NAMES)}, and no others")
    for name, value in given.items():
        if not 0 <= value <= THOUSAND:
            raise RuleValuesError(f"{name} must be between 0 and {THOUSAND}, not {value}")


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _rounded(points: Fraction) -> float:
    return _half_up(points * DECIMALS) / DECIMALS
