"""Change what a package asks for, from a date on; what was agreed before stays on record."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import Criticality, PackageLine
from backend.clients.selectors import lines_for_office
from backend.clients.services.short_visits import check_short_visit
from backend.core.errors import RefusalError
from backend.organisation.selectors import quality


class LineNotInForceError(RefusalError):
    """The line does not hold on the date from which it is to change.

    `starts_on` and `ends_before` say when it does.
    """

    code = "clients.line_not_in_force"


class LineReplacedError(RefusalError):
    """The line was changed already, in another way or from another date.

    `replaced_by` is the line to change instead.
    """

    code = "clients.line_already_changed"


@dataclass(frozen=True, slots=True)
class LineChange:
    """What a line is to say from a date on; the fields of `PackageLine` that can change.

    Weekday, cycle and what it follows stay: another day is another line.
    """

    target_minute: int
    earliest_minute: int
    latest_minute: int
    minutes: int
    carers_required: int
    criticality: Criticality
    tasks: tuple[str, ...] = ()
    short_visit_reason: str = ""
    short_visit_agreed_on: date | None = None

    @classmethod
    def of(cls, line: PackageLine) -> "LineChange":
        """Return what a line says now."""
        values = {field.name: getattr(line, field.name) for field in fields(cls)}
        return cls(**{**values, "tasks": tuple(line.tasks)})


@transaction.atomic
def change_package_line(
    *, line_id: int, from_on: date, change: LineChange, actor: User, now: datetime
) -> PackageLine:
    """End a line before a date and let a new one say what holds from then on.

    Lines that follow this one on the same day are replaced too, so that the gap between the two
    visits still holds. The same change asked for again returns the line it made.

    Raises
    ------
    PackageLine.DoesNotExist
        The line is not of a branch whose office the actor works in.
    LineNotInForceError, LineReplacedError
        There is nothing to change on that date, or it was changed already.
    ShortVisitError
        The new length needs a reason and a date of agreement (NICE-01).
    """
    visible = lines_for_office(actor).filter(pk=line_id)
    line = PackageLine.objects.select_for_update().get(pk__in=visible)
    branch = line.package.client.branch
    before = PackageLine.objects.filter(replaces=line).first()
    if before is not None:
        if before.starts_on == from_on and LineChange.of(before) == change:
            return before
        raise LineReplacedError(replaced_by=before.pk)
    _check_in_force(line, from_on)
    check_short_visit(
        minutes=change.minutes,
        reason=change.short_visit_reason,
        agreed_on=change.short_visit_agreed_on,
        rules=quality(branch, from_on),
    )
    new = _replace(line, from_on, change, follows=line.follows)
    record(
        "package_line.changed",
        actor=actor,
        subject=f"package_line:{line.pk}",
        at=now,
        chain=f"branch:{branch.pk}",
        body={"from": from_on.isoformat(), "replaced_by": new.pk, **_figures(change)},
    )
    return new


def _check_in_force(line: PackageLine, on: date) -> None:
    if on < line.starts_on or (line.ends_before is not None and on >= line.ends_before):
        raise LineNotInForceError(
            starts_on=line.starts_on.isoformat(),
            ends_before=line.ends_before.isoformat() if line.ends_before else None,
        )


def _replace(
    line: PackageLine, from_on: date, change: LineChange, *, follows: PackageLine | None
) -> PackageLine:
    new = PackageLine(
        package_id=line.package_id,
        external_id=_next_external_id(line),
        weekday=line.weekday,
        follows=follows,
        gap_minutes=line.gap_minutes,
        cycle_weeks=line.cycle_weeks,
        cycle_week=line.cycle_week,
        cycle_anchor_on=line.cycle_anchor_on,
        starts_on=from_on,
        ends_before=line.ends_before,
        replaces=line,
        **{field.name: getattr(change, field.name) for field in fields(change)},
    )
    new.tasks = list(change.tasks)
    new.save()
    new.skills.set(line.skills.all())
    line.ends_before = from_on
    line.save(update_fields=["ends_before"])
    for follower in line.followers.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=from_on), replaced_by__isnull=True
    ):
        start = max(from_on, follower.starts_on)
        _replace(follower, start, LineChange.of(follower), follows=new)
    return new


def _next_external_id(line: PackageLine) -> str:
    """Return `a~2`, `a~3` and so on for the versions of a line whose first is called `a`."""
    first, _, number = line.external_id.partition("~")
    return f"{first}~{int(number) + 1 if number.isdigit() else 2}"


def _figures(change: LineChange) -> dict[str, int]:
    """Return what goes on record: times and lengths, no tasks, which can be health data."""
    return {
        "target_minute": change.target_minute,
        "earliest_minute": change.earliest_minute,
        "latest_minute": change.latest_minute,
        "minutes": change.minutes,
        "carers_required": change.carers_required,
    }
