"""Weekly hours owed: to clients by package, to carers by contract; the gap between."""

from backend.commitments.selectors.figures import (
    BranchCommitments,
    FunderCommitment,
    Guarantee,
    Owed,
    branch_commitments,
    organisation_commitments,
)
from backend.commitments.selectors.guaranteed import CarerCommitment, carer_commitments
from backend.commitments.selectors.owed import OwedVisit, owed_visits
from backend.commitments.selectors.packages import (
    LineCommitment,
    PackageCommitment,
    package_commitments,
)

__all__ = [
    "BranchCommitments",
    "CarerCommitment",
    "FunderCommitment",
    "Guarantee",
    "LineCommitment",
    "Owed",
    "OwedVisit",
    "PackageCommitment",
    "branch_commitments",
    "carer_commitments",
    "organisation_commitments",
    "owed_visits",
    "package_commitments",
]
