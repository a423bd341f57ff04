"""NICE-01 where a funder demands it: a short visit is only for carers whom the client has met.

A problem knows no such rule. So such a visit asks for a skill that stands for having met the client
before this week, and those who have are given it.
"""

from collections.abc import Iterable, Mapping, Sequence

from backend.core.periods import Week
from backend.people.models import Carer
from backend.rota.solver.ids import client_id
from backend.rota.solver.law_facts import met_before
from backend.rota.solver.skill_days import SEPARATOR

KNOWN_TO_CLIENT = "known-to-client"


def need_of(client: int) -> str:
    """Return the need that only carers meet whom this client has met."""
    return f"{KNOWN_TO_CLIENT}{SEPARATOR}{client_id(client)}"


def needs_met(
    clients: Iterable[int], carers: Sequence[Carer], week: Week
) -> Mapping[int, set[str]]:
    """Return which of these clients' needs each carer meets, by carer id. One query, or none."""
    wanted = set(clients)
    if not wanted:
        return {}
    met = met_before(carers, week)
    return {carer: {need_of(client) for client in known & wanted} for carer, known in met.items()}
