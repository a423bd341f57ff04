"""The `rota-changes/1` document: what has happened to a published week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scheduler.changes import (
    CarerAway,
    Change,
    ClientAway,
    SlowerTravel,
    VisitsAdded,
    VisitsCancelled,
)
from scheduler.exchange.fields import Fields, as_whole, check_format
from scheduler.exchange.problem import (
    client_from,
    client_to,
    place_from,
    place_to,
    visit_from,
    visit_to,
)
from scheduler.model import ProblemError
from scheduler.units import Minute

CHANGES_FORMAT: Final = "rota-changes/1"


@dataclass(frozen=True, slots=True)
class Happened:
    """Changes, and the moment before which nothing may be changed; 0 when all may."""

    changes: tuple[Change, ...]
    now: Minute


def changes_from(document: Mapping[str, Any]) -> Happened:
    """Read a `rota-changes/1` document. Raises `ProblemError` that says where the fault is."""
    fields = Fields(document)
    check_format(fields, CHANGES_FORMAT)
    now = fields.whole("now") if fields.optional("now") else 0
    changes = fields.rows("changes", _change)
    fields.finish()
    return Happened(changes, now)


def changes_to(changes: Sequence[Change], now: Minute = 0) -> dict[str, Any]:
    """Return the `rota-changes/1` document; `changes_from` gives it back equal."""
    return {
        "format": CHANGES_FORMAT,
        "now": now,
        "changes": [_change_to(change) for change in changes],
    }


def _change(fields: Fields) -> Change:
    kind = fields.text("kind")
    match kind:
        case "carer_away":
            return CarerAway(fields.text("carer"), fields.whole("since"), fields.whole("until"))
        case "client_away":
            return ClientAway(fields.text("client"), fields.whole("since"), fields.whole("until"))
        case "visits_cancelled":
            return VisitsCancelled(fields.texts("visits"))
        case "visits_added":
            return VisitsAdded(
                visits=fields.rows("visits", visit_from),
                clients=fields.rows("clients", client_from) if fields.optional("clients") else (),
                places=fields.rows("places", place_from) if fields.optional("places") else (),
            )
        case "slower_travel":
            days = enumerate(fields.items("days"))
            return SlowerTravel(
                tuple(as_whole(day, f"days[{index}]") for index, day in days),
                fields.whole("percent"),
            )
    raise ProblemError(
        "kind",
        f"{kind!r} is not one of carer_away, client_away, visits_cancelled, visits_added, "
        "slower_travel",
    )


def _change_to(change: Change) -> dict[str, Any]:
    match change:
        case CarerAway():
            period = {"since": change.since, "until": change.until}
            return {"kind": "carer_away", "carer": change.carer, **period}
        case ClientAway():
            period = {"since": change.since, "until": change.until}
            return {"kind": "client_away", "client": change.client, **period}
        case VisitsCancelled():
            return {"kind": "visits_cancelled", "visits": list(change.visits)}
        case VisitsAdded():
            return {
                "kind": "visits_added",
                "visits": [visit_to(visit) for visit in change.visits],
                "clients": [client_to(client) for client in change.clients],
                "places": [place_to(place) for place in change.places],
            }
        case SlowerTravel():
            days = list(change.days)
            return {"kind": "slower_travel", "days": days, "percent": change.percent}
