"""Change a draft one writer at a time: hold its row, know its version, raise it."""

from collections.abc import Collection

from backend.accounts.models import User
from backend.core.errors import RefusalError
from backend.people.models import Carer
from backend.rota.models import Rota, Visit
from backend.rota.selectors.visibility import rotas_for_office, visits_for_office


class RotaStaleError(RefusalError):
    """The draft was changed since the caller saw it; `version` is the present one."""

    code = "rota.stale"


def held_rota(rota_id: int, *, actor: User) -> Rota:
    """Return a rota in the actor's sight, its row locked until the transaction ends.

    Rows are always locked in the order rota, visit, assignment, carer.
    """
    return rotas_for_office(actor).select_for_update(of=("self",)).get(pk=rota_id)


def held_visit(visit_id: int, *, actor: User) -> Visit:
    """Return a visit in the actor's sight, its rota's row locked before its own."""
    visits = visits_for_office(actor)
    rota = held_rota(visits.values_list("rota_id", flat=True).get(pk=visit_id), actor=actor)
    visit = visits.select_for_update(of=("self",)).get(pk=visit_id)
    visit.rota = rota
    return visit


def require_version(rota: Rota, version: int) -> None:
    """Refuse a change that was made from an older state of the draft.

    Raises
    ------
    RotaStaleError
        Somebody changed the draft in between.
    """
    if rota.version != version:
        raise RotaStaleError(version=rota.version)


def raise_version(rota: Rota) -> None:
    """Count a change of a draft whose row is held."""
    rota.version += 1
    rota.save(update_fields=["version"])


def hold_carers(carers: Collection[int]) -> None:
    """Let nobody else give these carers visits until the transaction ends.

    Two branches may send a carer to different places at once; the second waits here, and then
    sees what the first has written. On SQLite there is one writer at a time as it is.
    """
    rows = Carer.objects.select_for_update(no_key=True).filter(pk__in=carers).order_by("pk")
    list(rows.values_list("pk"))
