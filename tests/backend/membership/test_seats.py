"""Seats filled for their term."""

from datetime import date

import pytest

from backend.membership.models import Appointment, Seat
from backend.membership.services.seats import (
    SeatNotThereError,
    SeatTakenError,
    end_appointment,
    fill_seat,
)
from tests.backend.factories import NOW
from tests.backend.factories.accounts import admin_of
from tests.backend.factories.membership import HolderFactory, SeatFactory
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def _fill(seat: Seat, holder_id: int, on: date = DAY) -> Appointment:
    return fill_seat(
        seat_id=seat.pk,
        holder_id=holder_id,
        chosen_by="council-2026",
        elected_on=date(2026, 5, 20),
        starts_on=on,
        actor=None,
        now=NOW,
    )


def test_an_elected_member_sits_for_the_term_and_nobody_else_meanwhile() -> None:
    seat = SeatFactory(term_months=24)
    first = HolderFactory(kept_by=seat.entity.kept_by)
    second = HolderFactory(kept_by=seat.entity.kept_by)

    appointment = _fill(seat, first.pk)

    assert appointment.ends_before == date(2028, 6, 1)
    assert _fill(seat, first.pk) == appointment
    with pytest.raises(SeatTakenError) as refused:
        _fill(seat, second.pk, date(2028, 5, 31))
    assert refused.value.params == {"holder_id": first.pk}
    assert _fill(seat, second.pk, date(2028, 6, 1)).holder == second


def test_a_term_that_ends_early_frees_the_seat() -> None:
    seat = SeatFactory(term_months=24)
    holder = HolderFactory(kept_by=seat.entity.kept_by)
    appointment = _fill(seat, holder.pk)

    with pytest.raises(SeatNotThereError):
        end_appointment(appointment_id=appointment.pk, ends_before=DAY, actor=None, now=NOW)
    for _ in range(2):
        end_appointment(
            appointment_id=appointment.pk, ends_before=date(2026, 9, 1), actor=None, now=NOW
        )

    assert _fill(seat, holder.pk, date(2026, 9, 1)) != appointment


def test_a_seat_is_not_filled_before_it_exists_or_by_strangers() -> None:
    seat = SeatFactory(starts_on=DAY)
    holder = HolderFactory(kept_by=seat.entity.kept_by)

    with pytest.raises(SeatNotThereError):
        _fill(seat, holder.pk, date(2026, 5, 31))
    with pytest.raises(Seat.DoesNotExist):
        fill_seat(
            seat_id=seat.pk,
            holder_id=holder.pk,
            chosen_by="",
            elected_on=None,
            starts_on=DAY,
            actor=admin_of(OrganisationFactory()),
            now=NOW,
        )
