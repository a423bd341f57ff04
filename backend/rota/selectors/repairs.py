"""What a proposal of a repair changes, as a person reads it: names, and whom to phone."""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.clients.models import Client
from backend.people.models import Carer
from backend.rota.law import Finding
from backend.rota.models import RotaProposal, Visit
from backend.rota.selectors.publishing import named_findings


def repair_of(proposal: RotaProposal) -> dict[str, Any] | None:
    """Return a repair with the names of people, as `RepairOut` says; None for any other run."""
    found = proposal.repair
    if found is None:
        return None
    proof = found["proof"]
    is_first = "fewest_changes" in found["stands_for"]
    is_least_open = bool(proof and proof["is_least_open"])
    return {
        **{name: value for name, value in found.items() if name not in {"calls", "proof"}},
        "least_open_proven": is_first and is_least_open,
        "proven": is_first and is_least_open and bool(proof["is_fewest_changes"]),
        "changes_at_least": proof["any_plan"]["changes"] if proof else None,
        "calls": _calls(found["calls"]),
        # A proposal of an earlier release has none.
        "law_warnings": named_findings([Finding(**row) for row in found.get("law_warnings", ())]),
    }


def _calls(calls: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return whom to phone: carers, then clients, each by name."""
    items = [item for call in calls for item in call["items"]]
    visits = {
        pk: (client, on)
        for pk, client, on in Visit.objects.filter(
            pk__in={item["visit_id"] for item in items}
        ).values_list("pk", "client__name", "on")
    }
    carers = dict(Carer.objects.filter(pk__in=_carers_in(calls, items)).values_list("pk", "name"))
    clients = dict(
        Client.objects.filter(
            pk__in={call["id"] for call in calls if call["who"] == "client"}
        ).values_list("pk", "name")
    )
    rows = [
        {
            "who": call["who"],
            "id": call["id"],
            "name": (carers if call["who"] == "carer" else clients).get(call["id"], ""),
            "items": [
                {
                    "told": item["told"],
                    "visit_id": item["visit_id"],
                    "client_name": visits[item["visit_id"]][0],
                    "on": visits[item["visit_id"]][1],
                    "before": _row(item["before"], carers),
                    "after": _row(item["after"], carers),
                }
                for item in call["items"]
                if item["visit_id"] in visits
            ],
        }
        for call in calls
    ]
    return sorted(rows, key=lambda row: (row["who"], row["name"], row["id"]))


def _carers_in(calls: Iterable[Mapping[str, Any]], items: Iterable[Mapping[str, Any]]) -> set[int]:
    rows = (item[name] for item in items for name in ("before", "after"))
    named = {carer for row in rows if row for carer in row["carer_ids"]}
    return named | {call["id"] for call in calls if call["who"] == "carer"}


def _row(row: Mapping[str, Any] | None, carers: Mapping[int, str]) -> dict[str, Any] | None:
    if row is None:
        return None
    names = [carers[pk] for pk in row["carer_ids"] if pk in carers]
    return {"start_minute": row["start_minute"], "carer_names": names}
