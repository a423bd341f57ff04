"""The scheduler's sentences with the names of people: it knows keys only."""

import re
from collections.abc import Mapping

from backend.rota.solver.live_check import plain_words

OTHER_VISIT = re.compile(r"\b([Vv])isit v(\d+)\b")


def with_names(sentence: str, clients: Mapping[int, str]) -> str:
    """Return a sentence in which other visits are named by their clients.

    Parameters
    ----------
    clients
        The client's name by visit; a visit that is not there is named by no name.
    """

    def named(found: re.Match[str]) -> str:
        client = clients.get(int(found[2]))
        return f"{found[1]}isit to {client}" if client else f"{found[1]}isit"

    return OTHER_VISIT.sub(named, plain_words(sentence))
