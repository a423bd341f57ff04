"""How a plan differs from what people were told, and whom to phone about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from scheduler.model import Assignment
from scheduler.repair.answer import Call, Item, Told, VisitChange
from scheduler.units import Minute


def visit_changes(
    before: Mapping[str, Assignment],
    after: Mapping[str, Assignment],
    client_of: Mapping[str, str],
) -> tuple[VisitChange, ...]:
    """Return the visits that are not as they were told, in order of time.

    Parameters
    ----------
    client_of
        Visit id to client id, of the visits of the week before and after the changes.
    """
    found = [
        VisitChange(visit, client_of.get(visit), before.get(visit), after.get(visit))
        for visit in before.keys() | after.keys()
        if _differs(before.get(visit), after.get(visit))
    ]
    return tuple(
        sorted(found, key=lambda change: (_moment(change.before, change.after), change.visit))
    )


def calls_about(
    changes: Iterable[VisitChange], in_week: Iterable[str], absent: Iterable[str]
) -> tuple[Call, ...]:
    """Return whom to phone about changes: carers first, each by id, then clients.

    Parameters
    ----------
    in_week
        The visits that are still in the week; the client of another one asked for its end.
    absent
        Carers who said themselves that they are away; nobody tells them.
    """
    known = set(in_week)
    carers: dict[str, list[Item]] = defaultdict(list)
    clients: dict[str, list[Item]] = defaultdict(list)
    for change in changes:
        for carer, told in _told_to_carers(change):
            carers[carer].append(Item(told, change.visit, change.before, change.after))
        if change.client is not None and change.visit in known:
            told = _told_to_client(change)
            clients[change.client].append(Item(told, change.visit, change.before, change.after))
    away = set(absent)
    return (
        *(
            Call("carer", name, tuple(items))
            for name, items in sorted(carers.items())
            if name not in away
        ),
        *(Call("client", name, tuple(items)) for name, items in sorted(clients.items())),
    )


def _differs(before: Assignment | None, after: Assignment | None) -> bool:
    if before is None or after is None:
        return before is not after
    return before.start != after.start or set(before.carers) != set(after.carers)


def _moment(before: Assignment | None, after: Assignment | None) -> Minute:
    row = before or after
    return row.start if row else 0


def _told_to_carers(change: VisitChange) -> Iterable[tuple[str, Told]]:
    was = set(change.before.carers) if change.before else set()
    now = set(change.after.carers) if change.after else set()
    yield from ((carer, "taken") for carer in sorted(was - now))
    yield from ((carer, "given") for carer in sorted(now - was))
    is_moved = change.before and change.after and change.before.start != change.after.start
    if is_moved:
        yield from ((carer, "moved") for carer in sorted(was & now))


def _told_to_client(change: VisitChange) -> Told:
    if change.after is None:
        return "open"
    if change.before is None:
        return "given"
    return "moved" if change.before.start != change.after.start else "other_carer"
