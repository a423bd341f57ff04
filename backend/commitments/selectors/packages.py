"""The rows behind a branch's hours owed: packages, and their lines with dates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.clients.models import CarePackage
from backend.commitments.selectors.owed import OwedVisit, owed_visits
from backend.core.periods import Week
from backend.organisation.models import Branch
from backend.organisation.selectors import zone_of


@dataclass(frozen=True, slots=True)
class LineCommitment:
    """One line's visits of the week."""

    line_id: int
    weekday: int
    target_minute: int
    minutes: int
    carers_required: int
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PackageCommitment:
    """What one package asks for in a week."""

    package: CarePackage
    carer_minutes: int
    visits: int
    double_ups: int
    lines: tuple[LineCommitment, ...]


def package_commitments(
    branch: Branch, week: Week, *, funder_id: int | None = None
) -> list[PackageCommitment]:
    """Return the packages that ask for something in a week, by client name.

    They add up to the branch's figure of carer minutes owed: who is away is left out here, too.
    """
    due: dict[int, list[OwedVisit]] = defaultdict(list)
    for visit in owed_visits([branch], week, zone_of(branch.organisation)):
        if not visit.is_suspended and funder_id in (None, visit.funder):
            due[visit.package].append(visit)
    packages = (
        CarePackage.objects.filter(client__branch=branch)
        .select_related("client", "funder")
        .order_by("client__name", "pk")
    )
    return [_package(package, due[package.pk]) for package in packages if package.pk in due]


def _package(package: CarePackage, visits: Sequence[OwedVisit]) -> PackageCommitment:
    return PackageCommitment(
        package=package,
        carer_minutes=sum(visit.carer_minutes for visit in visits),
        visits=len(visits),
        double_ups=sum(visit.carers > 1 for visit in visits),
        lines=tuple(
            LineCommitment(
                line_id=visit.line,
                weekday=visit.on.weekday(),
                target_minute=visit.target_minute,
                minutes=visit.minutes,
                carers_required=visit.carers,
                dates=(visit.on,),
            )
            for visit in sorted(visits, key=lambda visit: (visit.on, visit.target_minute))
        ),
    )
