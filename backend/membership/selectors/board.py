"""Who sat on a body's board on a date."""

from datetime import date

from django.db.models import Q

from backend.membership.models import Appointment, LegalEntity, Seat, SeatHow
from backend.membership.terms import FilledSeat


def filled_seats(entity: LegalEntity, day: date) -> list[tuple[Seat, Appointment]]:
    """Return the voting seats in which somebody sat on a day, by name."""
    sitting = (
        Appointment.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=day),
            Q(seat__ends_before__isnull=True) | Q(seat__ends_before__gt=day),
            seat__entity=entity,
            seat__has_vote=True,
            seat__starts_on__lte=day,
            starts_on__lte=day,
        )
        .select_related("seat")
        .prefetch_related("seat__appointments")
        .order_by("seat__name", "seat_id", "starts_on")
    )
    # Where two terms overlap by mistake, a seat still has one vote.
    return list({row.seat_id: (row.seat, row) for row in sitting}.values())


def as_filled(seat: Seat, sitting: Appointment) -> FilledSeat:
    """Return what the test of accountability asks about a seat."""
    return FilledSeat(
        name=seat.name,
        is_elected=seat.how == SeatHow.ELECTED,
        since=sitting.starts_on,
        elected_on=sitting.elected_on,
        term_months=seat.term_months,
        terms_in_a_row=_terms_in_a_row(seat, sitting),
        max_terms=seat.max_terms,
    )


def _terms_in_a_row(seat: Seat, sitting: Appointment) -> int:
    if sitting.holder_id is None:
        return 1
    count = 0
    earlier = [row for row in seat.appointments.all() if row.starts_on <= sitting.starts_on]
    for row in sorted(earlier, key=lambda row: row.starts_on, reverse=True):
        if row.holder_id != sitting.holder_id:
            break
        count += 1
    return count
