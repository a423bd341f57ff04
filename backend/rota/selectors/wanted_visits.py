"""The visits that packages ask for in a week, with all that a visit of the rota holds."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backend.clients.models import Criticality, PackageLine, RiskClass
from backend.commitments.selectors import owed_visits
from backend.core.periods import Week, at_wall_minute
from backend.organisation.models import Branch

CRITICAL, USUAL, CAN_WAIT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Needs:
    """What a visit's plan depends on; when one of these changes, the plan no longer fits."""

    target_minute: int
    earliest_minute: int
    latest_minute: int
    minutes: int
    carers_required: int
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedVisit:
    """One visit that a line asks for on a date.

    `is_away`: the client is away then. `has_pin`: somebody confirmed where the client lives.
    """

    line: int
    client: int
    client_name: str
    on: date
    needs: Needs
    priority: int
    target_at: datetime
    is_away: bool
    has_pin: bool


def wanted_visits(
    branch: Branch, week: Week, zone: ZoneInfo, first_lines: Mapping[int, int]
) -> dict[tuple[int, date], WantedVisit]:
    """Return what a branch's packages ask for in a week, by first line and date.

    Parameters
    ----------
    first_lines
        See `first_lines`: a changed line and the one it replaces are the same to a visit.
    """
    lines, skills = _lines(branch), _skills(branch)
    wanted: dict[tuple[int, date], WantedVisit] = {}
    for owed in owed_visits([branch], week, zone):
        line = lines[owed.line]
        wanted[first_lines[owed.line], owed.on] = WantedVisit(
            line=owed.line,
            client=owed.client,
            client_name=line.client_name,
            on=owed.on,
            needs=Needs(
                target_minute=owed.target_minute,
                earliest_minute=line.earliest_minute,
                latest_minute=line.latest_minute,
                minutes=owed.minutes,
                carers_required=owed.carers,
                skills=tuple(sorted(skills.get(owed.line, ()))),
            ),
            priority=priority_of(line.criticality, line.risk_class),
            target_at=at_wall_minute(owed.on, owed.target_minute, zone),
            is_away=owed.is_suspended,
            has_pin=line.pin_confirmed_at is not None,
        )
    return wanted


def first_lines(branch: Branch) -> dict[int, int]:
    """Return, for each line of a branch, the line it goes back to through its changes."""
    replaces = dict(
        PackageLine.objects.filter(package__client__branch=branch).values_list("pk", "replaces_id")
    )
    return {line: _first(line, replaces) for line in replaces}


def _first(line: int, replaces: Mapping[int, int | None]) -> int:
    before = replaces.get(line)
    return line if before is None else _first(before, replaces)


class _Line(NamedTuple):
    """What the rota needs of a line and its client beyond what is owed."""

    pk: int
    earliest_minute: int
    latest_minute: int
    criticality: str
    client_name: str
    risk_class: str
    pin_confirmed_at: datetime | None


def _lines(branch: Branch) -> dict[int, _Line]:
    rows = PackageLine.objects.filter(package__client__branch=branch).values_list(
        "pk",
        "earliest_minute",
        "latest_minute",
        "criticality",
        "package__client__name",
        "package__client__risk_class",
        "package__client__pin_confirmed_at",
    )
    return {row[0]: _Line._make(row) for row in rows}


def _skills(branch: Branch) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for line, code in PackageLine.objects.filter(
        package__client__branch=branch, skills__isnull=False
    ).values_list("pk", "skills__code"):
        found[line].append(code)
    return found


def priority_of(criticality: str, risk_class: str) -> int:
    """Return how much harm it does when a visit is late or missed: 1 most, 3 least."""
    if criticality == Criticality.TIME_CRITICAL or risk_class == RiskClass.R1:
        return CRITICAL
    if criticality == Criticality.FLEXIBLE or risk_class == RiskClass.R4:
        return CAN_WAIT
    return USUAL
