"""Who could cast how many votes in a body's general meeting, and in the bodies below it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from backend.counting.chains import DEEPEST, VotesHeld
from backend.membership.models import (
    ClassKind,
    HolderKind,
    LegalEntity,
    Membership,
    MembershipStatus,
    ShareVotes,
    Voting,
)
from backend.membership.selectors.standing import holdings_on, members_with_a_vote

NOBODY_KNOWN = ("", ClassKind.UNDISCLOSED.value, None)
"""The line of shares whose holder is no member."""


def votes_held(entity: LegalEntity, day: date) -> list[VotesHeld]:
    """Return who could cast how many votes in a body's general meeting, most votes first.

    Persons of one class are counted together; bodies stand alone. Shares with votes whose holder
    is no recorded member count as undisclosed.
    """
    found: Counter[tuple[str, str, int | None]] = Counter()
    members = members_with_a_vote(entity, day)
    for membership in members:
        if membership.member_class.voting == Voting.ONE_EACH:
            found[_line_of(membership)] += 1
    for holder, quantity in _votes_by_shares(entity, day):
        found[NOBODY_KNOWN if holder is None else _line_of(holder)] += quantity
    rows = [VotesHeld(name, kind, votes, body) for (name, kind, body), votes in found.items()]
    return sorted(rows, key=lambda row: (-row.votes, row.kind, row.holder))


def _line_of(membership: Membership) -> tuple[str, str, int | None]:
    holder, of_class = membership.holder, membership.member_class
    if holder.kind == HolderKind.PERSON:
        return of_class.name, of_class.kind, None
    return holder.name, of_class.kind, holder.entity_id


def _votes_by_shares(entity: LegalEntity, day: date) -> Iterable[tuple[Membership | None, int]]:
    """Yield the votes of shares that carry one each, with the holder's membership or None."""
    classes = list(entity.share_classes.filter(votes=ShareVotes.PER_SHARE))
    if not classes:
        return
    holders = {
        membership.holder_id: membership
        for membership in Membership.objects.being([MembershipStatus.MEMBER], day)
        .filter(entity=entity)
        .select_related("holder", "member_class")
    }
    for (_, holder_id), holding in sorted(holdings_on(classes, day).items()):
        if holding.quantity:
            yield holders.get(holder_id), holding.quantity


def registers_below(held: Sequence[VotesHeld], day: date) -> Mapping[int, Sequence[VotesHeld]]:
    """Return the registers of every body on the way down, as deep as chains are followed."""
    found: dict[int, Sequence[VotesHeld]] = {}
    wanted = {row.body for row in held if row.body is not None}
    for _ in range(DEEPEST + 1):
        bodies = LegalEntity.objects.select_related("kept_by").filter(pk__in=wanted - set(found))
        for body in bodies:
            found[body.pk] = votes_held(body, day)
        below = {row.body for register in found.values() for row in register}
        wanted = {body for body in below if body is not None and body not in found}
        if not wanted:
            break
    return found
