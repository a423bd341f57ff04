"""The shape of a row of the policy table."""

from dataclasses import dataclass
from enum import Enum

from backend.accounts.models import OFFICE_ROLES, Role


class Reach(Enum):
    """Which objects an operation reaches. Whatever lies outside is "not found" (404)."""

    PUBLIC = "public"
    """Nothing that needs to be known about; nobody has to be signed in."""

    ORGANISATION = "organisation"
    """What belongs to the viewer's own organisation."""

    BRANCH = "branch"
    """What belongs to a branch for which the viewer holds one of the rule's roles."""

    EVERY_BRANCH = "every_branch"
    """What belongs to an organisation for each of whose branches the viewer holds a role."""

    OFFICER = "officer"
    """Ballots of which the viewer is the returning officer."""

    SCRUTINEER = "scrutineer"
    """Ballots whose key the viewer keeps with two others."""

    OFFICES = "offices"
    """Ballots of which the viewer is the returning officer or a scrutineer."""

    OWN = "own"
    """What belongs to the viewer as a carer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use an operation.

    Who is not signed in is told 401; who holds none of `roles` anywhere 403, whatever the
    object; who holds one, but not for this object, 404, as if it were not there.
    """

    roles: frozenset[Role]
    reach: Reach

    @property
    def is_public(self) -> bool:
        """Whether nobody has to be signed in."""
        return self.reach is Reach.PUBLIC


PUBLIC = Rule(frozenset(), Reach.PUBLIC)
OFFICE = Rule(frozenset(OFFICE_ROLES), Reach.BRANCH)
OFFICE_OF_ALL = Rule(frozenset(OFFICE_ROLES), Reach.EVERY_BRANCH)
OFFICE_OR_ADMIN = Rule(frozenset({*OFFICE_ROLES, Role.ADMIN}), Reach.BRANCH)
EVERYBODY = Rule(frozenset(Role), Reach.ORGANISATION)
OWN_CARER = Rule(frozenset({Role.CARER}), Reach.OWN)
MEMBERS = Rule(frozenset({Role.MEMBER, Role.ADMIN}), Reach.ORGANISATION)
OFFICE_OF_REGISTER = Rule(frozenset({Role.ADMIN}), Reach.ORGANISATION)
BALLOT_OFFICER = Rule(frozenset(Role), Reach.OFFICER)
BALLOT_SCRUTINEER = Rule(frozenset(Role), Reach.SCRUTINEER)
BALLOT_OFFICES = Rule(frozenset(Role), Reach.OFFICES)
