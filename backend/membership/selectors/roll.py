"""Who may vote on a date, and where: what a ballot's roll is copied from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from backend.membership.models import ClassKind, EntityKind, LegalEntity, Membership
from backend.membership.selectors.standing import members_with_a_vote
from backend.organisation.models import Organisation

BY_DEFAULT = frozenset({ClassKind.WORKER})


@dataclass(frozen=True, slots=True)
class RollMember:
    """One member with a vote. `user_id` None: nobody who signs in, so a paper ballot.

    `constituency_id` None: the rules name no constituency for this class and branch; `branch_id`
    None: the office, or somebody outside.
    """

    membership_id: int
    number: int
    name: str
    class_kind: ClassKind
    branch_id: int | None
    constituency_id: int | None
    user_id: int | None


def members_on(
    organisation: Organisation, day: date, *, classes: Collection[ClassKind] = BY_DEFAULT
) -> list[RollMember]:
    """Return the organisation's members with a vote at the end of a day, by member number.

    See `members_with_a_vote` for who has one. Empty where the organisation's own legal entity is
    not recorded.
    """
    entity = LegalEntity.objects.filter(kept_by=organisation, kind=EntityKind.OWN).first()
    if entity is None:
        return []
    places = {(row.member_class_id, row.branch_id): row.pk for row in entity.constituencies.all()}
    return [
        _roll_member(membership, places)
        for membership in members_with_a_vote(entity, day, kinds=classes)
    ]


def _roll_member(
    membership: Membership, places: Mapping[tuple[int, int | None], int]
) -> RollMember:
    holder, branch_id = membership.holder, membership.branch_id_on
    user_id = holder.user_id or (holder.carer.user_id if holder.carer else None)
    of_class = membership.member_class_id
    # The database has seen to it that whoever is a member has a number.
    return RollMember(
        membership_id=membership.pk,
        number=membership.number or 0,
        name=holder.name,
        class_kind=ClassKind(membership.member_class.kind),
        branch_id=branch_id,
        constituency_id=places.get((of_class, branch_id), places.get((of_class, None))),
        user_id=user_id,
    )
