"""The tables of membership and control, by subject."""

from backend.membership.models.bodies import (
    EntityKind,
    EntityRelation,
    FormerName,
    Holder,
    HolderKind,
    LegalEntity,
    OrganisationForm,
    RelationKind,
)
from backend.membership.models.meetings import (
    Attendance,
    Meeting,
    MeetingKind,
    Resolution,
    ResolutionKind,
)
from backend.membership.models.members import (
    ON_THE_REGISTER,
    OPEN_STATUSES,
    CeaseReason,
    ClassKind,
    EventKind,
    MemberClass,
    Membership,
    MembershipEvent,
    MembershipStatus,
    Voting,
)
from backend.membership.models.promises import Covenant, CovenantKind, TrustShares
from backend.membership.models.seats import Appointment, Constituency, Seat, SeatHow
from backend.membership.models.shares import (
    ShareClass,
    ShareDividend,
    ShareEntry,
    ShareEntryKind,
    ShareVotes,
)

__all__ = [
    "ON_THE_REGISTER",
    "OPEN_STATUSES",
    "Appointment",
    "Attendance",
    "CeaseReason",
    "ClassKind",
    "Constituency",
    "Covenant",
    "CovenantKind",
    "EntityKind",
    "EntityRelation",
    "EventKind",
    "FormerName",
    "Holder",
    "HolderKind",
    "LegalEntity",
    "Meeting",
    "MeetingKind",
    "MemberClass",
    "Membership",
    "MembershipEvent",
    "MembershipStatus",
    "OrganisationForm",
    "RelationKind",
    "Resolution",
    "ResolutionKind",
    "Seat",
    "SeatHow",
    "ShareClass",
    "ShareDividend",
    "ShareEntry",
    "ShareEntryKind",
    "ShareVotes",
    "TrustShares",
    "Voting",
]
