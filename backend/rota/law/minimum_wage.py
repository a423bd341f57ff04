"""PAY-01 to PAY-10, section 2.3: whether a planned week's pay covers the minimum wage."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from backend.organisation.rules import Mileage, MinimumWage
from backend.rota.law.record import Finding, Pay, WorkRecord, age_on
from backend.rota.law.working_day import Clocks

CODE = "PAY-01"
METRES_PER_MILE = Decimal("1609.344")
MINUTES_PER_HOUR = 60
PENCE = 100


class WageStatus(StrEnum):
    """Whether pay covers the minimum wage with something to spare, just so, or not."""

    OK = "ok"
    TIGHT = "tight"
    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class WageForecast:
    """The minimum-wage check of a week. Money in pence, miles as travelled.

    `gross` is basic pay, `counted` what of it counts after the cost of miles that the refund
    leaves with the carer, `required` the minimum wage of all paid time, `top_up` what is
    missing, rounded up to the penny.
    """

    clocks: Clocks
    miles: Decimal
    gross: Decimal
    counted: Decimal
    required: Decimal
    top_up: int
    status: WageStatus


def breaches(record: WorkRecord) -> Iterator[Finding]:  # noqa: ARG001  # the face
    """Yield nothing: what is missing can be topped up; closing the pay run is what refuses."""
    yield from ()


def warnings(record: WorkRecord) -> Iterator[Finding]:
    """Yield a week whose pay is tight, or below the minimum wage."""
    forecast = wage_forecast(record)
    if forecast is None or forecast.status == WageStatus.OK:
        return
    clocks = forecast.clocks
    if forecast.status == WageStatus.BREACH:
        kind = "wage_below_minimum"
        message = f"Pay is £{forecast.top_up / PENCE:.2f} below the minimum wage of the week."
    else:
        kind, message = "wage_tight", "Pay only just covers the minimum wage of the week."
    yield Finding(
        CODE,
        kind,
        record.carer,
        message,
        excess=forecast.top_up,
        figures={
            "contact_minutes": clocks.contact,
            "travel_minutes": clocks.travel,
            "waiting_minutes": clocks.waiting,
            "unpaid_minutes": clocks.unpaid,
            "miles": str(forecast.miles.quantize(Decimal("0.1"))),
            "gross_pence": _down(forecast.gross),
            "counted_pence": _down(forecast.counted),
            "required_pence": _up(forecast.required),
            "top_up_pence": forecast.top_up,
        },
    )


def wage_forecast(record: WorkRecord) -> WageForecast | None:
    """Return the check of a carer's planned week; None without a rate of pay or without work."""
    if record.pay is None or not record.clocks.paid:
        return None
    age = None if record.born_on is None else age_on(record.born_on, record.week.starts_on)
    return forecast_of(
        record.clocks,
        record.pay,
        wage=hourly_wage(record.rules.wage, age),
        mile=cost_of_a_mile(record.rules.mileage, record.pay.travel_mode),
        tight_share=Decimal(record.rules.pay.tight_share),
    )


def forecast_of(
    clocks: Clocks, pay: Pay, *, wage: Decimal, mile: Decimal, tight_share: Decimal
) -> WageForecast:
    """Return the check of given time and pay.

    Parameters
    ----------
    wage
        Minimum wage, pounds an hour.
    mile
        What a mile costs the carer, pounds.
    """
    gross = Decimal(
        clocks.contact * pay.contact_pence
        + clocks.travel * pay.travel_pence
        + clocks.waiting * pay.waiting_pence
    ) / Decimal(MINUTES_PER_HOUR)
    miles = Decimal(clocks.metres) / METRES_PER_MILE
    # A refund above the cost is no pay (PAY-08).
    counted = gross - miles * max(Decimal(0), mile * PENCE - pay.mileage_pence)
    required = wage * PENCE * clocks.paid / MINUTES_PER_HOUR
    if counted >= tight_share * required:
        status = WageStatus.OK
    else:
        status = WageStatus.TIGHT if counted >= required else WageStatus.BREACH
    top_up = _up(max(Decimal(0), required - counted))
    return WageForecast(clocks, miles, gross, counted, required, top_up, status)


def hourly_wage(wage: MinimumWage, age: int | None) -> Decimal:
    """Return the minimum wage in pounds an hour; an age that is not known is taken as adult."""
    if age is None or age >= wage.adult_min_age:
        return Decimal(wage.adult)
    if age >= 21 and wage.a21_22 is not None:  # the ages of the table itself
        return Decimal(wage.a21_22)
    return Decimal(wage.a18_20) if age >= 18 else Decimal(wage.u18)


def cost_of_a_mile(mileage: Mileage, mode: str) -> Decimal:
    """Return what a mile is taken to cost the carer, in pounds (PAY-09)."""
    costs = {"car": mileage.car_first_10000, "cycle": mileage.bicycle}
    return Decimal(costs.get(mode, "0"))


def _up(pence: Decimal) -> int:
    return int(pence.to_integral_value(ROUND_CEILING))


def _down(pence: Decimal) -> int:
    return int(pence.to_integral_value(ROUND_FLOOR))
