"""H3: a carer has every skill a visit needs, is not excluded, and meets the gender requirement."""

from collections.abc import Iterator
from typing import Final

from scheduler.model import Carer, Client, Problem, Visit
from scheduler.rules.breach import Breach
from scheduler.rules.week import CarerWeek
from scheduler.units import DAY

CODE: Final = "H3"


def breaches(week: CarerWeek, problem: Problem) -> Iterator[Breach]:
    """Yield one breach for each thing that makes the carer unfit for each visit."""
    for stop in week.stops():
        client = problem.client_of[stop.visit.client]
        for shortfall, message in misfits(week.carer, stop.visit, client):
            day = stop.start // DAY
            yield Breach(CODE, week.carer.id, stop.visit.id, day, shortfall, message)


def misfits(carer: Carer, visit: Visit, client: Client) -> Iterator[tuple[int, str]]:
    """Yield how much and what is missing before a carer can make a visit, at whatever time."""
    missing = [skill for skill in visit.skills if skill not in carer.skills]
    if missing:
        yield len(missing), f"The carer lacks {', '.join(missing)}."
    if carer.id in client.excluded:
        yield 1, "The client and the carer are not to be matched."
    if client.gender not in {None, carer.gender}:
        word = {"f": "woman", "m": "man"}[client.gender or ""]
        yield 1, f"The client asks for a {word}."
