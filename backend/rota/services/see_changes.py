"""A carer has looked at what changed in their week."""

from datetime import date, datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.rota.models import CarerLook, Publication, Rota
from backend.rota.selectors.visibility import carer_of


@transaction.atomic
def mark_changes_seen(*, week: date, number: int, actor: User, now: datetime) -> None:
    """Remember that a carer has seen a week's changes up to a publication.

    Seeing an older one again changes nothing.

    Raises
    ------
    Publication.DoesNotExist
        The carer's branch has no such publication of that week.
    """
    carer = carer_of(actor)
    publication = Publication.objects.get(
        rota__branch=carer.branch_id, rota__week_starts_on=week, number=number
    )
    # The rota's row is what two phones of one carer wait for; the look may not exist yet.
    Rota.objects.select_for_update().get(pk=publication.rota_id)
    look = CarerLook.objects.filter(carer=carer, rota=publication.rota_id).first()
    if look is not None and look.number >= number:
        return
    CarerLook.objects.update_or_create(
        carer=carer, rota_id=publication.rota_id, defaults={"number": number, "looked_at": now}
    )
    record(
        "changes.seen",
        actor=actor,
        subject=f"rota:{publication.rota_id}",
        at=now,
        chain=f"branch:{carer.branch_id}",
        body={"carer": carer.pk, "number": number},
    )
