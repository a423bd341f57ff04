"""What a viewer may reach: the bodies in their organisation's books, and their own memberships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from backend.accounts.models import User
from backend.membership.models import EntityKind, LegalEntity, Membership, MembershipEvent
from backend.membership.selectors.register import RegisterCopy, RegisterEntry, register_on


def entities_for(viewer: User) -> QuerySet[LegalEntity]:
    """Return the bodies in the books of the viewer's organisation: the own one first, by name."""
    return (
        LegalEntity.objects.filter(kept_by_id=viewer.organisation_id)
        .select_related("kept_by")
        .annotate(is_other=~Q(kind=EntityKind.OWN))
        .order_by("is_other", F("kind").desc(), "name")
    )


def entity_for(viewer: User, entity_id: int | None) -> LegalEntity:
    """Return one of those bodies; None: the organisation's own.

    Raises
    ------
    LegalEntity.DoesNotExist
        It is not there, not theirs, or the own legal form is not recorded yet.
    """
    entities = entities_for(viewer)
    if entity_id is None:
        return entities.get(kind=EntityKind.OWN)
    return entities.get(pk=entity_id)


@dataclass(frozen=True, slots=True)
class MyMembership:
    """One of the viewer's memberships, with all that was recorded of it, newest first.

    `entry` is the line in the register; None for whoever is not on it.
    """

    membership: Membership
    events: Sequence[MembershipEvent]
    entry: RegisterEntry | None


def my_memberships(viewer: User, day: date) -> list[MyMembership]:
    """Return the viewer's memberships in their own organisation's entity, the oldest first."""
    found = []
    for membership in (
        Membership.objects.on(day)
        .filter(
            Q(holder__user=viewer) | Q(holder__carer__user=viewer),
            entity__kept_by_id=viewer.organisation_id,
            entity__kind=EntityKind.OWN,
        )
        .select_related("entity__kept_by", "member_class")
        .order_by("pk")
    ):
        register = register_on(
            membership.entity,
            day,
            copy=RegisterCopy.FULL,
            with_former=True,
            holder_id=membership.holder_id,
        )
        entry = next((row for row in register.members if row.number == membership.number), None)
        events = list(membership.events.select_related("branch").order_by("-on", "-pk"))
        found.append(MyMembership(membership, events, entry))
    return found
