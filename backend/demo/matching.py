"""What ties a branch's carers to clients and times: declines and wishes."""

from random import Random

from backend.clients.models import Client, WantedGender
from backend.demo.carers import MadeCarers
from backend.demo.clients import MadeClients
from backend.people.models import Carer
from backend.rota.models import CarerWish, Decline, DeclinedBy, WishKind

AVOIDED_TIMES = ((405, 450), (1230, 1380), (840, 960), (405, 540), (1140, 1380))


def make_declines(rng: Random, carers: MadeCarers, clients: MadeClients) -> list[Decline]:
    """Return who is not to be sent to whom: about one client in sixteen has said so."""
    made = []
    for client, needs in zip(clients.clients, clients.needs, strict=True):
        if rng.random() >= 0.06:
            continue
        able = [
            carer
            for place, carer in enumerate(carers.carers)
            if needs <= carers.codes[place] and _suits(client, carer)
        ]
        # Where few could come at all, nobody is turned away.
        if len(able) < 12:
            continue
        who = DeclinedBy.CLIENT if rng.random() < 0.8 else DeclinedBy.CARER
        made.append(Decline(client=client, carer=rng.choice(able), declined_by=who))
    return made


def make_wishes(rng: Random, carers: MadeCarers, clients: MadeClients) -> list[CarerWish]:
    """Return what each carer would like, most of them one or two things."""
    made = []
    for carer in carers.carers:
        if rng.random() < 0.35:
            made.append(_wish(rng, carer, WishKind.DAY_OFF, weekday=rng.randrange(7)))
        if rng.random() < 0.30:
            start, end = rng.choice(AVOIDED_TIMES)
            made.append(_wish(rng, carer, WishKind.AVOID_WINDOW, from_minute=start, to_minute=end))
        if rng.random() < 0.12:
            client = rng.choice(clients.clients)
            made.append(_wish(rng, carer, WishKind.AVOID_CLIENT, client=client))
        if rng.random() < 0.30:
            client = rng.choice(clients.clients)
            made.append(_wish(rng, carer, WishKind.PREFER_CLIENT, client=client))
        if rng.random() < 0.35:
            made.append(_wish(rng, carer, WishKind.NO_SPLIT))
        if rng.random() < 0.10:
            made.append(_wish(rng, carer, WishKind.WEEKEND_OFF))
    return made


def _wish(rng: Random, carer: Carer, kind: WishKind, **what: object) -> CarerWish:
    return CarerWish(carer=carer, kind=kind, strength=rng.randint(1, 3), **what)


def _suits(client: Client, carer: Carer) -> bool:
    return client.wanted_gender in (WantedGender.ANY, carer.gender)
