"""An organisation never loses its last administrator, who alone could name another."""

from backend.accounts.models import Role, User
from backend.core.errors import RefusalError


class LastAdminError(RefusalError):
    """Nobody would be left who may name users and roles."""

    code = "accounts.last_admin"


def keep_an_administrator(leaving: User) -> None:
    """Refuse when nobody but `leaving` administers their organisation.

    Locks the administrators until the transaction ends: of two who remove each other at the same
    time, the second finds only themselves left.
    """
    if leaving.organisation_id is None:
        return  # who belongs to none administers none
    administrators = (
        User.objects.select_for_update()
        .filter(organisation_id=leaving.organisation_id, is_active=True, grants__role=Role.ADMIN)
        .order_by("pk")
    )
    if [user.pk for user in administrators] == [leaving.pk]:
        raise LastAdminError
