"""S2: few and familiar faces for each client."""

from collections.abc import Iterable, Mapping
from typing import Final

from scheduler.model import Client, Policy
from scheduler.rules.plan import Plan
from scheduler.units import Points

CODE: Final = "S2"
TERMS: Final[tuple[str, ...]] = ("S2 unfamiliar", "S2 extra carers")


def penalty(plan: Plan) -> dict[str, Points]:
    """Return the points of visits by unfamiliar carers, and of carers beyond the target."""
    policy, clients = plan.problem.policy, plan.problem.client_of
    unfamiliar = extra = 0.0
    for client_id, carers in visiting_carers(plan).items():
        client = clients[client_id]
        unfamiliar += unfamiliar_points(client, carers, policy)
        extra += extra_points(client, len(set(carers)), policy)
    return {TERMS[0]: unfamiliar, TERMS[1]: extra}


def visiting_carers(plan: Plan) -> Mapping[str, list[str]]:
    """Return client id to the carer of each carer-visit; clients without a visit are left out."""
    found: dict[str, list[str]] = {}
    for row in plan.given.values():
        found.setdefault(plan.problem.visit_of[row.visit].client, []).extend(row.carers)
    return found


def unfamiliar_points(client: Client, carers: Iterable[str], policy: Policy) -> Points:
    """Return the points of carer-visits by carers whom the client does not know."""
    return policy.weights.unfamiliar * sum(carer not in client.familiar for carer in carers)


def extra_points(client: Client, different: int, policy: Policy) -> Points:
    """Return the points of so many different carers in the week."""
    return policy.weights.extra_carer * max(0, different - client.target_carers)
