"""What may have happened to a week that people were told of, in keys of rows."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from backend.core.periods import at_wall_minute


@dataclass(frozen=True, slots=True)
class WallPeriod:
    """From a wall-clock minute of one date until one of another; `ends_on` None: no end known."""

    starts_on: date
    start_minute: int
    ends_on: date | None
    end_minute: int

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
        """Return the UTC moments of both ends."""
        ends_at = (
            None if self.ends_on is None else at_wall_minute(self.ends_on, self.end_minute, zone)
        )
        return at_wall_minute(self.starts_on, self.start_minute, zone), ends_at


@dataclass(frozen=True, slots=True)
class CarerIsAway:
    """A carer cannot work. `reason` is the kind of the absence."""

    carer_id: int
    period: WallPeriod
    reason: str


@dataclass(frozen=True, slots=True)
class ClientIsAway:
    """A client needs no visits, in hospital for example."""

    client_id: int
    period: WallPeriod
    reason: str


@dataclass(frozen=True, slots=True)
class VisitsAreCancelled:
    """These visits are not to be made; the package goes on."""

    visit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PackageEnds:
    """A package asks for nothing from a date on."""

    package_id: int
    ends_before: date


@dataclass(frozen=True, slots=True)
class VisitsAreAdded:
    """A client needs a visit more on each of some days, besides what the packages ask for.

    Minutes are wall-clock minutes of each day; `skills` are codes.
    """

    client_id: int
    days: tuple[date, ...]
    target_minute: int
    earliest_minute: int
    latest_minute: int
    minutes: int
    carers_required: int
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageStarts:
    """A client's package asks for visits that the week does not have, or that nobody makes yet."""

    client_id: int


@dataclass(frozen=True, slots=True)
class RoadsAreSlow:
    """On these days every journey takes so many percent of its usual time; above 100."""

    days: tuple[date, ...]
    percent: int


Happening: TypeAlias = (
    CarerIsAway
    | ClientIsAway
    | VisitsAreCancelled
    | PackageEnds
    | VisitsAreAdded
    | PackageStarts
    | RoadsAreSlow
)


def described(happening: Happening) -> dict[str, Any]:
    """Return a happening as JSON, equal for equal ones."""
    return {"happened": type(happening).__name__, **_plain(asdict(happening))}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case date():
            return value.isoformat()
    return value
