"""Areas in which a branch's clients live: the sectors of their postcodes, such as "LS9 6"."""

from collections import defaultdict

from backend.organisation.models import Branch


def area_of(postcode: str) -> str:
    """Return the sector of a postcode; empty where there is no whole postcode."""
    outward, _, inward = postcode.strip().upper().rpartition(" ")
    return f"{outward} {inward[0]}" if outward and inward[:1].isdigit() else ""


def clients_by_area(branch: Branch) -> dict[str, set[int]]:
    """Return the ids of a branch's clients by area, in the order of the areas."""
    found: dict[str, set[int]] = defaultdict(set)
    for pk, postcode in branch.clients.values_list("pk", "postcode"):
        if area := area_of(postcode):
            found[area].add(pk)
    return dict(sorted(found.items()))
