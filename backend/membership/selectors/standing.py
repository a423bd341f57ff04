"""Who has a vote in a body's general meeting on a date, and how many shares are held."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from backend.membership.models import (
    ClassKind,
    EntityKind,
    LegalEntity,
    Membership,
    MembershipStatus,
    ShareClass,
    ShareEntry,
    ShareVotes,
    Voting,
)
from backend.membership.shares import ShareHolding, gives_a_vote, holding_on
from backend.organisation.models import Organisation
from backend.organisation.selectors import membership_rules


def own_entity(organisation: Organisation) -> LegalEntity:
    """Return the organisation's own legal entity.

    Raises
    ------
    LegalEntity.DoesNotExist
        Its legal form has not been recorded yet.
    """
    return LegalEntity.objects.select_related("kept_by").get(
        kept_by=organisation, kind=EntityKind.OWN
    )


def members_with_a_vote(
    entity: LegalEntity, day: date, *, kinds: Collection[ClassKind] | None = None
) -> list[Membership]:
    """Return the members of a body with a vote at the end of a day, by member number.

    Applicants, probationers, suspended members and classes without votes are left out; so are
    members who have not paid for the share on which the rules make their vote depend.

    Parameters
    ----------
    kinds
        Only these kinds of classes; None: all.
    """
    memberships = (
        Membership.objects.being([MembershipStatus.MEMBER], day)
        .filter(entity=entity)
        .exclude(member_class__voting=Voting.NONE)
        .select_related("holder__carer", "member_class")
        .order_by("number")
    )
    if kinds is not None:
        memberships = memberships.filter(member_class__kind__in=kinds)
    paid = _holders_with_a_voting_share(entity, day)
    return [
        membership
        for membership in memberships
        if paid is None
        or membership.member_class.voting != Voting.ONE_EACH
        or membership.holder_id in paid
    ]


def holdings_on(
    share_classes: Iterable[ShareClass], day: date
) -> Mapping[tuple[int, int], ShareHolding]:
    """Return what is held at the end of a day by (share class, holder), whoever ever held."""
    entries: defaultdict[tuple[int, int], list[ShareEntry]] = defaultdict(list)
    for entry in ShareEntry.objects.filter(
        share_class__in=list(share_classes), on__lte=day
    ).order_by("on", "pk"):
        entries[entry.share_class_id, entry.holder_id].append(entry)
    return {key: holding_on(rows, day) for key, rows in entries.items()}


def _holders_with_a_voting_share(entity: LegalEntity, day: date) -> set[int] | None:
    """Return whose share carries its vote; None where no share is needed for one."""
    classes = {row.pk: row for row in entity.share_classes.filter(votes=ShareVotes.PER_MEMBER)}
    if not classes:
        return None
    votes_from = membership_rules(entity.kept_by, day).votes_from
    if votes_from == "admission":
        return None
    return {
        holder_id
        for (class_id, holder_id), holding in holdings_on(classes.values(), day).items()
        if gives_a_vote(
            holding, nominal_pence=classes[class_id].nominal_pence, votes_from=votes_from
        )
    }
