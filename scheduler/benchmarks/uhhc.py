"""UHHC (Ceschia and others, 2026): a day with shifts, lunches, wishes and optional patients."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from scheduler.flexible import (
    Break,
    FlexibleCarer,
    FlexiblePlan,
    FlexibleProblem,
    Part,
    Prices,
    Route,
    Shift,
    Stop,
    Visit,
    Window,
)
from scheduler.flexible_price import minutes_of

LUNCH: Final = "lunch_break"
PRICE_OF: Final = {
    "travel": "travel_time",
    "late": "total_tardiness",
    "latest": "highest_tardiness",
    "waiting": "total_waiting_time",
    "overtime": "total_extra_time",
    "idle": "max_idle_time",
}


def problem_of(document: Mapping[str, Any], name: str) -> FlexibleProblem:
    """Return the instance as a flexible problem; a unit of time is a minute.

    Where lateness counts at the end of a service, its windows close earlier by its duration.
    """
    weights = document["metadata"]["cost_components"]
    points = document.get("terminal_points") or document["departing_points"]
    place_of = {point["id"]: point["distance_matrix_index"] for point in points}
    return FlexibleProblem(
        name=name,
        days=1,
        travel=tuple(map(tuple, document["distances"])),
        carers=tuple(_carer(carer, place_of, document) for carer in document["caregivers"]),
        visits=tuple(_visit(patient, document) for patient in document["patients"]),
        prices=Prices(**{price: weights.get(word) or 0 for price, word in PRICE_OF.items()}),
    )


def _counts_at_end(document: Mapping[str, Any]) -> bool:
    return bool(document["metadata"]["time_window_met"] == "at_service_end")


def _carer(
    carer: Mapping[str, Any], place_of: Mapping[str, int], document: Mapping[str, Any]
) -> FlexibleCarer:
    missed = document["metadata"]["cost_components"].get("missed_lunch_break")
    spec = document.get("lunch_breaks")
    rest = None
    if carer.get("lunch_break") and spec and missed is not None:
        latest = spec["end"] - (spec["min_duration"] if _counts_at_end(document) else 0)
        rest = Break(spec["start"], latest, spec["min_duration"], missed)
    shift = carer["working_shift"]
    leaves_from = place_of[carer["departing_point"]]
    returns_to = place_of[carer.get("arrival_point") or carer["departing_point"]]
    day = Shift(shift["start"], shift["end"], rest=rest)
    return FlexibleCarer(carer["id"], leaves_from, returns_to, (day,))


def _visit(patient: Mapping[str, Any], document: Mapping[str, Any]) -> Visit:
    weights = document["metadata"]["cost_components"]
    tie = patient.get("synchronization")
    gap = None
    if tie and len(patient["required_services"]) == 2 and tie["type"] != "independent":
        bounds = tie.get("distance")
        gap = (0, 0) if tie["type"] == "simultaneous" else (bounds["min"], bounds["max"])
    return Visit(
        patient["id"],
        tuple(_part(patient, wanted, document) for wanted in patient["required_services"]),
        gap=gap,
        left_out=(weights.get("optional_patients") or 0) if patient.get("optional") else None,
    )


def _part(
    patient: Mapping[str, Any], wanted: Mapping[str, Any], document: Mapping[str, Any]
) -> Part:
    minutes = wanted["duration"]
    early = minutes if _counts_at_end(document) else 0
    dislike = document["metadata"]["cost_components"].get("caregiver_preferences") or 0
    liked, unfit = patient.get("preferred_caregivers"), patient.get("incompatible_caregivers") or ()
    return Part(
        place=patient["distance_matrix_index"],
        minutes=minutes,
        windows=tuple(
            Window(window["start"], window["end"] - early) for window in patient["time_windows"]
        ),
        carers=tuple(
            (row, 0 if liked is None or carer["id"] in liked else dislike)
            for row, carer in enumerate(document["caregivers"])
            if wanted["service"] in carer["abilities"] and carer["id"] not in unfit
        ),
    )


def document_of(
    document: Mapping[str, Any], problem: FlexibleProblem, plan: FlexiblePlan
) -> dict[str, Any]:
    """Return the plan in the layout that the benchmark's scorer reads."""
    carers = document["caregivers"]
    return {
        "instance": problem.name,
        "routes": [
            {
                "caregiver": carers[route.carer]["id"],
                "visits": list(_entries(document, problem, route)),
            }
            for route in plan.routes
        ],
    }


def _entries(
    document: Mapping[str, Any], problem: FlexibleProblem, route: Route
) -> Iterator[dict[str, Any]]:
    for number, stop in enumerate(route.stops):
        if stop.visit is not None:
            patient = document["patients"][stop.visit]
            service = patient["required_services"][stop.part]["service"]
            yield {"patient": patient["id"], "service": service, "start": stop.start}
            continue
        home = _home(document, stop, route.stops[max(0, number - 1) : number + 2])
        end = stop.start + minutes_of(problem, route, stop)
        yield {"patient": home, "service": LUNCH, "start": stop.start, "end": end}


def _home(document: Mapping[str, Any], lunch: Stop, around: tuple[Stop, ...]) -> str | None:
    """Return the patient at whose home lunch is taken; None at the start point."""
    for stop in around:
        if stop.visit is not None and stop.place == lunch.place:
            return str(document["patients"][stop.visit]["id"])
    return None
