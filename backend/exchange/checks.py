"""What must hold inside one row, beyond each cell by itself; the tables enforce the same."""

from collections.abc import Iterator

from backend.core.periods import DAY_MINUTES
from backend.exchange.sheets import Complaint, Row
from backend.rota.models import WishKind

OFFICE_MINIMUM_MINUTES = 30


def days_in_order(row: Row) -> Iterator[Complaint]:
    """A period of days ends after it starts; it may be empty only in that it never began."""
    starts, ends = row.get("starts_on"), row.get("ends_before")
    if starts and ends and ends < starts:
        yield "ends_before", "Ends before it starts.", "Give the first day after the last."


def package_days_in_order(row: Row) -> Iterator[Complaint]:
    """As `days_in_order`, for the columns of a package."""
    starts, ends = row.get("package_starts_on"), row.get("package_ends_before")
    if starts and ends and ends < starts:
        yield "package_ends_before", "Ends before it starts.", "Give the first day after the last."


def moments_in_order(row: Row) -> Iterator[Complaint]:
    """A period of moments has some length."""
    starts, ends = row.get("starts_at"), row.get("ends_at")
    if starts and ends and ends <= starts:
        yield "ends_at", "Ends before it starts.", "Give the moment at which it is over."


def cycle(row: Row) -> Iterator[Complaint]:
    """A cycle has up to eight weeks, and the row stands for one of them."""
    weeks, week = row.get("cycle_weeks"), row.get("cycle_week")
    if weeks is not None and week is not None and week > weeks:
        yield "cycle_week", "There are fewer weeks in the cycle.", f"Use 1 to {weeks}."


def contract_hours(row: Row) -> Iterator[Complaint]:
    """Nobody is guaranteed more than they may work."""
    guaranteed, most = row.get("guaranteed_minutes"), row.get("maximum_minutes")
    if guaranteed is not None and most is not None and guaranteed > most:
        yield (
            "maximum_minutes",
            "Less than the guaranteed minutes.",
            f"Use {guaranteed} or more, or guarantee less.",
        )


def night_hazard(row: Row) -> Iterator[Complaint]:
    """Only night work can have a special hazard at night."""
    if row.get("has_night_hazard") and not row.get("is_night_worker"):
        yield "has_night_hazard", "The carer is no night worker.", "Say yes to both or to neither."


def stretch(row: Row) -> Iterator[Complaint]:
    """A stretch of a day has some length."""
    start, end = row.get("from"), row.get("to")
    if start is not None and end is not None and start >= end:
        yield "to", "Not after the beginning.", "Stretches over midnight need a row for each day."


def line_window(row: Row) -> Iterator[Complaint]:
    """The window holds the preferred start, and the visit ends on its day."""
    target, earliest, latest = (row.get(name) for name in ("target", "earliest", "latest"))
    if target is not None and earliest is not None and earliest > target:
        yield "earliest", "After the preferred start.", "Use the preferred start or earlier."
    if target is not None and latest is not None and latest < target:
        yield "latest", "Before the preferred start.", "Use the preferred start or later."
    minutes = row.get("minutes")
    if latest is not None and minutes is not None and latest + minutes > DAY_MINUTES:
        yield "latest", "The visit could end after midnight.", "Let it end by 24:00."


def short_visit(row: Row) -> Iterator[Complaint]:
    """NICE-01: a visit under half an hour says why, and when that was agreed."""
    minutes = row.get("minutes")
    if minutes is None or minutes >= OFFICE_MINIMUM_MINUTES:
        return
    if not row.get("short_visit_reason"):
        yield "short_visit_reason", "A visit under 30 minutes needs a reason.", "Say why."
    if not row.get("short_visit_agreed_on"):
        yield "short_visit_agreed_on", "It was not said when this was agreed.", "Give the date."


def follows_another(row: Row) -> Iterator[Complaint]:
    """A line neither follows nor replaces itself."""
    for name in ("follows", "replaces"):
        if row.get(name) and row.get(name) == row.get("line"):
            yield name, "Names the line itself.", "Name another line, or leave it empty."


def wish_says_what(row: Row) -> Iterator[Complaint]:
    """Each kind of wish has the columns it needs, and no others."""
    needs: dict[str, tuple[str, ...]] = {
        WishKind.DAY_OFF: ("weekday",),
        WishKind.AVOID_WINDOW: ("from", "to"),
        WishKind.AVOID_CLIENT: ("client",),
        WishKind.PREFER_CLIENT: ("client",),
    }
    kind = row.get("kind")
    if kind is None:
        return
    wanted = needs.get(kind, ())
    for name in ("weekday", "from", "to", "client"):
        is_there = row.get(name) not in (None, "")
        if name in wanted and not is_there:
            yield name, f"A wish of the kind {kind} needs this.", "Fill it in."
        elif name not in wanted and is_there:
            yield name, f"Means nothing for a wish of the kind {kind}.", "Leave it empty."
