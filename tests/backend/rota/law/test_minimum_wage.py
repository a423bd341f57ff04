"""PAY-01 to PAY-10: the worked example of the domain rules, and the edges of its status."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backend.organisation.rules import PayRules, RuleValuesError
from backend.rota.law import minimum_wage
from backend.rota.law.minimum_wage import (
    METRES_PER_MILE,
    WageStatus,
    cost_of_a_mile,
    forecast_of,
    hourly_wage,
    wage_forecast,
)
from backend.rota.law.record import Pay
from backend.rota.law.working_day import Clocks
from tests.backend.rota.law.records import HOUR, kinds, record, seeded, worked

PAY = Pay(1350, 0, 0, 25, "car")
FROM_APRIL = date(2026, 4, 6)


def _forecast(clocks: Clocks, pay: Pay = PAY, share: str = "1.02") -> minimum_wage.WageForecast:
    rules = seeded(FROM_APRIL)
    return forecast_of(
        clocks,
        pay,
        wage=hourly_wage(rules.wage, 30),
        mile=cost_of_a_mile(rules.mileage, pay.travel_mode),
        tight_share=Decimal(share),
    )


def test_the_worked_example_comes_out_to_the_penny() -> None:
    clocks = Clocks(
        contact=30 * HOUR, travel=6 * HOUR, waiting=2 * HOUR, metres=float(120 * METRES_PER_MILE)
    )

    found = _forecast(clocks)

    assert found.gross == 40_500
    assert found.counted.quantize(Decimal("0.01")) == 38_100
    assert found.required == 48_298
    assert found.top_up == 10_198
    assert found.status == WageStatus.BREACH


@pytest.mark.parametrize(
    ("pence", "status", "top_up"),
    [
        (1271, WageStatus.TIGHT, 0),
        (1270, WageStatus.BREACH, 1),
        (1296, WageStatus.TIGHT, 0),
        (1297, WageStatus.OK, 0),
    ],
)
def test_pay_is_tight_from_the_minimum_to_two_per_cent_above(
    pence: int, status: WageStatus, top_up: int
) -> None:
    found = _forecast(Clocks(contact=HOUR), replace(PAY, contact_pence=pence))

    assert (found.status, found.top_up) == (status, top_up)


def test_part_of_a_penny_missing_is_topped_up_by_a_whole_one() -> None:
    assert _forecast(Clocks(contact=1), replace(PAY, contact_pence=1270)).top_up == 1


@pytest.mark.parametrize(
    ("age", "pounds"),
    [(None, "12.71"), (21, "12.71"), (20, "10.85"), (18, "10.85"), (17, "8.00")],
)
def test_the_rate_is_that_of_the_age(age: int | None, pounds: str) -> None:
    assert hourly_wage(seeded(FROM_APRIL).wage, age) == Decimal(pounds)


@pytest.mark.parametrize(
    ("age", "pounds"), [(23, "10.42"), (22, "10.18"), (21, "10.18"), (20, "7.49")]
)
def test_in_2023_the_full_rate_began_at_23(age: int, pounds: str) -> None:
    assert hourly_wage(seeded(date(2023, 4, 3)).wage, age) == Decimal(pounds)


def test_the_april_rate_holds_for_weeks_that_begin_in_april() -> None:
    day = worked(3, (480, 540), monday=date(2026, 3, 30))
    before = wage_forecast(record([day], monday=date(2026, 3, 30), pay=PAY))
    after = wage_forecast(record([day], monday=FROM_APRIL, pay=PAY))

    assert before is not None
    assert before.required == 1221
    assert after is not None
    assert after.required == 1271


def test_a_refund_above_the_cost_of_a_mile_is_no_pay() -> None:
    far = Clocks(contact=HOUR, metres=float(10 * METRES_PER_MILE))

    assert _forecast(far, replace(PAY, mileage_pence=60)).counted == 1350
    assert _forecast(far, replace(PAY, travel_mode="walk")).counted == 1350


@pytest.mark.parametrize(
    ("gap", "by_home", "paid", "unpaid"),
    [
        (60, 40, 120, 60),  # home and back within the hour: the gap is the carer's
        (59, 40, 120 + 59, 0),  # too short to be theirs: the way and the waiting are paid
        (60, 61, 120 + 60, 0),  # long enough, and home is out of reach
        (60, 60, 120, 60),
    ],
)
def test_a_gap_is_unpaid_only_when_home_can_be_reached_both_ways_in_it(
    gap: int, by_home: int, paid: int, unpaid: int
) -> None:
    day = worked(0, (480, 540), (540 + gap, 600 + gap), travel=10, by_home=by_home)

    clocks = record([day]).clocks

    assert (clocks.paid, clocks.unpaid) == (paid, unpaid)


def test_breaks_are_unpaid_only_where_the_cooperative_marks_them() -> None:
    rules = seeded()
    marked = replace(rules, pay=replace(rules.pay, unpaid_break_minutes=20))
    long = worked(0, (480, 540), (580, 600), travel=10)
    short = worked(0, (480, 540), (579, 600), travel=10)

    assert record([long]).clocks.waiting == 30
    assert record([long], rules=marked).clocks.waiting == 0
    assert record([short], rules=marked).clocks.waiting == 29


@pytest.mark.parametrize(
    "values",
    [
        {"off_duty_minutes": 59, "unpaid_break_minutes": None, "tight_share": "1.02"},
        {"off_duty_minutes": 60, "unpaid_break_minutes": 19, "tight_share": "1.02"},
        {"off_duty_minutes": 60, "unpaid_break_minutes": None, "tight_share": "0.99"},
        {"off_duty_minutes": 60, "unpaid_break_minutes": None, "tight_share": "much"},
    ],
)
def test_the_thresholds_may_only_be_made_kinder(values: dict[str, object]) -> None:
    with pytest.raises(RuleValuesError):
        PayRules.of(values)


def test_who_has_no_rate_of_pay_has_no_forecast_and_no_warning() -> None:
    day = worked(0, (480, 540))

    assert kinds(minimum_wage.warnings(record([day]))) == []
    assert kinds(minimum_wage.warnings(record([], pay=PAY))) == []


def test_the_warning_says_how_much_is_missing() -> None:
    day = worked(0, (480, 540), (570, 630), travel=20)

    [finding] = minimum_wage.warnings(record([day], pay=PAY))

    assert finding.kind == "wage_below_minimum"
    assert finding.figures["contact_minutes"] == 120
    assert finding.figures["travel_minutes"] == 20
    assert finding.figures["waiting_minutes"] == 10
    assert finding.figures["top_up_pence"] == 478  # 2.5 h at £12.71 against £27.00
    assert "£4.78" in finding.message
