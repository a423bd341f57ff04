"""From seven voted rules to the solver's points, and back."""

from fractions import Fraction
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backend.organisation.rota_policy import (
    LEAST_OPEN_VISIT,
    NOT_VOTED,
    RULE_NAMES,
    RULES,
    coefficient,
    coverage_factor,
    scales_of,
    solver_weights,
    thousandths_of,
    tokens_of,
    unit_points,
    weights_of_tokens,
    worth_of_tokens,
)
from backend.organisation.rules import RotaPolicy, RuleValuesError
from backend.organisation.services import SEED

SEEDED: dict[str, Any] = yaml.safe_load(SEED.read_text(encoding="utf-8"))["rota_policy"][0]
POINTS: dict[str, Any] = SEEDED["values"]["weights"]
SCALES = scales_of()

shares = st.fixed_dictionaries({name: st.integers(0, 1000) for name in RULE_NAMES})
some_scales = st.fixed_dictionaries({name: st.integers(1, 200_000) for name in RULE_NAMES})


def flat(weights: dict[str, Any]) -> dict[str, float]:
    return {
        **{name: value for name, value in weights.items() if not isinstance(value, dict)},
        **{f"wish {name}": value for name, value in weights["preferences"].items()},
        **{f"open {name}": value for name, value in weights["unassigned"].items()},
    }


def set_by(name: str) -> set[str]:
    rule = next(rule for rule in RULES if rule.name == name)
    return {*rule.weights, *(f"wish {kind}" for kind in rule.wishes)}


def test_every_price_of_the_solver_is_set_by_one_rule_or_is_not_voted_on() -> None:
    voted = [part for name in RULE_NAMES for part in set_by(name)]
    rest = {*NOT_VOTED, "open 1", "open 2", "open 3"}

    assert len(voted) == len(set(voted))
    assert {*voted, *rest} == set(flat(POINTS))
    assert not rest & set(voted)


@pytest.mark.parametrize(
    ("thousandths", "scale", "expected"),
    [
        (200, 410, 487_805),
        (120, 18_500, 6_486),
        (200, 96, 2_083_333),
        (150, 2_400, 62_500),
        (150, 1_350, 111_111),
        (100, 9_200, 10_870),
        (80, 160, 500_000),
        (1, 2_000_000, 1),
    ],
)
def test_a_coefficient_is_rounded_half_up(thousandths: int, scale: int, expected: int) -> None:
    assert coefficient(thousandths, scale) == expected


@given(
    weights=shares, scales=some_scales, name=st.sampled_from(RULE_NAMES), to=st.integers(0, 1000)
)
def test_a_changed_weight_changes_the_points_of_its_rule_and_nothing_else(
    weights: dict[str, int], scales: dict[str, int], name: str, to: int
) -> None:
    before = flat(solver_weights(weights, scales))
    after = flat(solver_weights({**weights, name: to}, scales))

    changed = {part for part in before if before[part] != after[part]}
    assert changed <= set_by(name)
    if abs(to - weights[name]) * 10 >= 1000 and unit_points(name, 100, scales) > 1:
        assert changed == set_by(name)


def test_a_rule_without_votes_costs_nothing() -> None:
    found = flat(solver_weights({**dict.fromkeys(RULE_NAMES, 0), "travel": 1000}, SCALES))

    assert {part for name in RULE_NAMES for part in set_by(name) if found[part]} == {"travel"}


@given(shares)
def test_twice_the_weight_is_twice_the_points(weights: dict[str, int]) -> None:
    halves = {name: value // 2 for name, value in weights.items()}
    doubled = {name: 2 * value for name, value in halves.items()}
    once, twice = (flat(solver_weights(row, SCALES)) for row in (halves, doubled))

    for part in {part for name in RULE_NAMES for part in set_by(name)}:
        # A coefficient is rounded to the millionth of a thousandth, points to four decimals.
        assert twice[part] == pytest.approx(2 * once[part], rel=0.005, abs=0.0005)


def test_the_first_policy_comes_back_from_its_own_thousandths() -> None:
    weights = thousandths_of(POINTS, SCALES)
    back = flat(solver_weights(weights, SCALES))

    assert sum(weights.values()) == 1000
    for name in RULE_NAMES:
        for part in set_by(name):
            assert back[part] == pytest.approx(flat(POINTS)[part], rel=0.02), part
    assert {name: back[name] for name in NOT_VOTED} == {name: POINTS[name] for name in NOT_VOTED}


@given(
    st.lists(st.integers(0, 300), min_size=7, max_size=7),
    st.lists(st.integers(0, 300), min_size=7, max_size=7),
)
def test_weeks_that_cost_clearly_less_under_the_first_policy_still_do(
    one: list[int], other: list[int]
) -> None:
    """`one` and `other` are percentages of a usual week's amount of every rule."""
    weights = thousandths_of(POINTS, SCALES)

    def cost(week: list[int], *, voted: bool) -> Fraction:
        return sum(
            (
                Fraction(SCALES[rule.name] * amount, 100)
                * (
                    unit_points(rule.name, weights[rule.name], SCALES)
                    if voted
                    else rule.unit_points
                )
                for rule, amount in zip(RULES, week, strict=True)
            ),
            Fraction(0),
        )

    if cost(one, voted=False) * 105 < cost(other, voted=False) * 100:
        assert cost(one, voted=True) < cost(other, voted=True)


@given(st.lists(st.integers(0, 6), min_size=19, max_size=19))
def test_tokens_come_back_from_the_points_they_made(placed: list[int]) -> None:
    # Every rule has a token that shows what a unit costs; the rest lie anywhere.
    tokens = dict.fromkeys(RULE_NAMES, 0)
    for rule in [*placed, 0]:
        tokens[RULE_NAMES[rule]] += 1

    points = solver_weights(weights_of_tokens(tokens), SCALES)

    assert tokens_of(thousandths_of(points, SCALES)) == tokens


@given(shares, some_scales)
def test_no_vote_makes_it_worth_leaving_a_visit_open(
    weights: dict[str, int], scales: dict[str, int]
) -> None:
    if not (total := sum(weights.values())):
        return
    open_visit = solver_weights(weights, scales)["unassigned"]["3"] * LEAST_OPEN_VISIT

    planned = sum(
        unit_points(rule.name, weights[rule.name], scales) * rule.in_one_visit for rule in RULES
    )
    # Shares are thousandths of the whole; rounding of coefficients is all that can be missing.
    assert planned * 1000 / total <= open_visit * Fraction(1001, 1000) + 1


def test_what_is_left_open_does_not_depend_on_the_vote() -> None:
    found = [
        solver_weights(weights_of_tokens({**dict.fromkeys(RULE_NAMES, 0), name: 20}), SCALES)
        for name in RULE_NAMES
    ]

    assert {row["unassigned"]["1"] for row in found} == {40 * coverage_factor(SCALES)}


def test_the_solver_can_read_what_a_vote_gives() -> None:
    weights = solver_weights(weights_of_tokens(dict.fromkeys(RULE_NAMES, 1)), SCALES)

    assert RotaPolicy.of({**SEEDED["values"], "weights": weights}).weights == weights


def test_a_token_is_worth_as_much_everywhere_in_a_usual_week() -> None:
    present = thousandths_of(POINTS, SCALES)

    worth = worth_of_tokens(SCALES, present)

    in_a_week = [row.points * SCALES[row.name] for row in worth]
    assert in_a_week == [pytest.approx(in_a_week[0], rel=0.01)] * len(RULES)
    weekend = next(row for row in worth if row.name == "weekend_fairness")
    assert weekend.travel_minutes == pytest.approx(weekend.points, rel=0.01)


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {**dict.fromkeys(RULE_NAMES, 100), "naps": 1},
        {**dict.fromkeys(RULE_NAMES, 100), "travel": -1},
        {**dict.fromkeys(RULE_NAMES, 100), "travel": 1001},
    ],
)
def test_what_is_no_vote_on_the_seven_rules_is_refused(weights: dict[str, int]) -> None:
    with pytest.raises(RuleValuesError):
        solver_weights(weights, SCALES)
