"""Fill seats on the board or council, and end terms."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.membership.models import Appointment, Holder, Seat, SeatHow
from backend.membership.terms import months_after


class SeatTakenError(RefusalError):
    """Somebody sits there on that day; `holder_id` does, None where the name is not recorded."""

    code = "membership.seat_taken"


class SeatNotThereError(RefusalError):
    """The seat did not exist on that day, or its end lies before it."""

    code = "membership.seat_not_there"


@transaction.atomic
def fill_seat(
    *,
    seat_id: int,
    holder_id: int,
    chosen_by: str,
    elected_on: date | None,
    starts_on: date,
    actor: User | None,
    now: datetime,
) -> Appointment:
    """Put somebody in a seat for its term. The same appointment again changes nothing.

    Parameters
    ----------
    elected_on
        The day of the declaration for an elected seat; the term runs from `starts_on`.
    """
    seat = _locked(seat_id, actor)
    holder = Holder.objects.get(pk=holder_id, kept_by_id=seat.entity.kept_by_id)
    if starts_on < seat.starts_on or (seat.ends_before and starts_on >= seat.ends_before):
        raise SeatNotThereError
    sitting = seat.appointments.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=starts_on)
    ).first()
    if sitting is not None:
        if (sitting.holder_id, sitting.starts_on) == (holder.pk, starts_on):
            return sitting
        raise SeatTakenError(holder_id=sitting.holder_id)
    is_elected = seat.how == SeatHow.ELECTED
    appointment = Appointment.objects.create(
        seat=seat,
        holder=holder,
        chosen_by=chosen_by,
        elected_on=elected_on if is_elected else None,
        starts_on=starts_on,
        ends_before=months_after(starts_on, seat.term_months) if seat.term_months else None,
    )
    _record("seat.filled", appointment, actor, now)
    return appointment


@transaction.atomic
def end_appointment(
    *, appointment_id: int, ends_before: date, actor: User | None, now: datetime
) -> Appointment:
    """End a term early, or set its end. The same end again changes nothing."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("seat__entity")
    if actor is not None:
        rows = rows.filter(seat__entity__kept_by_id=actor.organisation_id)
    appointment = rows.get(pk=appointment_id)
    if ends_before <= appointment.starts_on:
        raise SeatNotThereError
    if appointment.ends_before != ends_before:
        appointment.ends_before = ends_before
        appointment.save(update_fields=["ends_before"])
        _record("seat.term_ended", appointment, actor, now)
    return appointment


def _locked(seat_id: int, actor: User | None) -> Seat:
    rows = Seat.objects.select_for_update(of=("self",)).select_related("entity")
    if actor is not None:
        rows = rows.filter(entity__kept_by_id=actor.organisation_id)
    return rows.get(pk=seat_id)


def _record(event: str, appointment: Appointment, actor: User | None, now: datetime) -> None:
    ends_before = appointment.ends_before
    record(
        event,
        actor=actor,
        subject=f"seat:{appointment.seat_id}",
        at=now,
        chain=f"organisation:{appointment.seat.entity.kept_by_id}",
        body={
            "appointment": appointment.pk,
            "holder": appointment.holder_id,
            "starts_on": appointment.starts_on.isoformat(),
            "ends_before": ends_before.isoformat() if ends_before else None,
        },
    )
