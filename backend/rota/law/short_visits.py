"""NICE-01: a visit under half an hour is made by somebody the client has met."""

from collections.abc import Iterator

from backend.rota.law.record import Finding, WorkRecord

CODE = "NICE-01"


def breaches(record: WorkRecord) -> Iterator[Finding]:  # noqa: ARG001  # the face
    """Yield nothing: by default the rule only warns."""
    yield from ()


def warnings(record: WorkRecord) -> Iterator[Finding]:
    """Yield each short visit by a carer whom the client has not met before this week."""
    shortest = record.rules.quality.min_visit_min
    for day in record.days:
        for stop in day.stops:
            minutes = stop.end - stop.start
            if minutes < shortest and stop.client not in record.met:
                message = f"A visit of {minutes} minutes by a carer the client has not met."
                yield Finding(
                    CODE,
                    "short_visit_new_face",
                    record.carer,
                    message,
                    visit=stop.visit,
                    day=record.day_number(day),
                    excess=shortest - minutes,
                )
