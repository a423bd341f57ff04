"""The scheduler's sentences with the names of people: it knows keys only."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from backend.rota.solver.live_check import plain_words

OTHER_CARER = re.compile(r"\bcarer c(\d+)\b")
OTHER_VISIT = re.compile(r"\b([Vv])isit v(\d+)\b")


def with_names(
    sentence: str,
    clients: Mapping[int, str],
    carers: Mapping[int, str] = MappingProxyType({}),
) -> str:
    """Return a sentence in which other visits are named by their clients, and carers by name.

    Parameters
    ----------
    clients
        The client's name by visit; a visit that is not there is named by no name.
    carers
        The carers' names; one who is not there is "somebody else".
    """

    def named(found: re.Match[str]) -> str:
        client = clients.get(int(found[2]))
        return f"{found[1]}isit to {client}" if client else f"{found[1]}isit"

    told = OTHER_CARER.sub(lambda found: carers.get(int(found[1]), "somebody else"), sentence)
    return OTHER_VISIT.sub(named, plain_words(told))
