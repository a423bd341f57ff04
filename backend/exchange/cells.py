"""The kinds of cells: how each is read from a file, and how it is written to one.

What is written can be read again as the same value, through XLSX as well as CSV. Reading is
kinder than writing: `08:00`, `8:00` and a spreadsheet's own time are the same.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.core.periods import DAY_MINUTES
from backend.core.spreadsheets import MARK, neutral, plain
from backend.exchange.problems import CellError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Not allowed in XML, and nothing a person types.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cell: `read` gets what the file holds, never None or blank; `write` a value."""

    name: str
    read: Callable[[Any, ZoneInfo], Any]
    write: Callable[[Any, ZoneInfo], str | int | float]
    empty: Any = None
    """The value of an empty cell."""


def is_blank(value: object) -> bool:
    """Say whether a cell is empty; spaces are nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def choice(names: Iterable[str]) -> Kind:
    """Return the kind that holds one of a few words, in any letter case."""
    allowed = {name.lower(): name for name in names}

    def read(value: Any, _: ZoneInfo) -> str:
        found = allowed.get(_text(value).strip().lower())
        if found is None:
            raise CellError("Not one of the words allowed here.", f"Use {_either(allowed)}.")
        return found

    return Kind("choice", read, lambda value, _: str(value), empty="")


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # spreadsheets keep an id such as 17 as a number
    return str(value)


def _read_text(value: Any, _: ZoneInfo) -> str:
    text = plain(_text(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(text):
        raise CellError("Holds invisible control characters.", "Type the text anew.")
    if len(text) > LONGEST_TEXT:
        raise CellError("The text is too long.", f"Use at most {LONGEST_TEXT} characters.")
    return text


def _write_text(value: Any, _: ZoneInfo) -> str:
    return neutral(CONTROL.sub("", str(value)))


def _read_whole(value: Any, _: ZoneInfo) -> int:
    number = _number(value)
    if not number.is_integer():
        raise CellError("Not a whole number.", "Use a number without a fraction.")
    if not -(10**9) < number < 10**9:
        raise CellError("Far too large a number.", "Look whether it stands in the right column.")
    return int(number)


def _read_decimal(value: Any, _: ZoneInfo) -> float:
    return _number(value)


def _number(value: Any) -> float:
    try:
        if isinstance(value, (bool, datetime, date, time, timedelta)):
            raise TypeError
        number = float(str(value).strip().removeprefix(MARK))
        if not math.isfinite(number):
            raise ValueError
    except (TypeError, ValueError):
        raise CellError("Not a number.", "Use digits only.") from None
    return number


def _write_decimal(value: Any, _: ZoneInfo) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


def _read_date(value: Any, _: ZoneInfo) -> date:
    if isinstance(value, datetime):
        if value.time() != time():
            raise CellError("Has a time of day; a date is wanted.", "Use a date alone.")
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise CellError("Not a date.", "Write it as 2026-11-30 or 30/11/2026.")


def _read_minute(value: Any, _: ZoneInfo) -> int:
    """Return minutes since midnight; 24:00 is the end of the day."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
        value = timedelta(days=float(value))  # a spreadsheet's own time, as a share of the day
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        if seconds % 60 == 0 and 0 <= seconds <= DAY_MINUTES * 60:
            return seconds // 60
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(:00)?", str(value).strip())
    if found:
        hours, minutes = int(found[1]), int(found[2])
        if minutes < 60 and hours * 60 + minutes <= DAY_MINUTES:
            return hours * 60 + minutes
    raise CellError("Not a time of day.", "Write it as 08:30; the end of the day is 24:00.")


def _write_minute(value: Any, _: ZoneInfo) -> str:
    return f"{value // 60:02d}:{value % 60:02d}"


def _read_weekday(value: Any, _: ZoneInfo) -> int:
    text = str(value).strip().lower()
    for number, name in enumerate(WEEKDAYS):
        if len(text) >= 3 and name.lower().startswith(text):
            return number
    raise CellError("Not a day of the week.", "Use Monday, Tuesday and so on.")


def _write_weekday(value: Any, _: ZoneInfo) -> str:
    return WEEKDAYS[value]


def _read_moment(value: Any, zone: ZoneInfo) -> datetime:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        text = str(value).strip()
        try:
            value = datetime.fromisoformat(text)
        except ValueError:
            raise CellError(
                "Not a date with a time.", "Write it as 2026-11-30 14:00, in local time."
            ) from None
    moment: datetime = value
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _write_moment(value: Any, zone: ZoneInfo) -> str:
    """Return local time; with its distance from UTC where local time alone is not enough."""
    local = value.astimezone(zone)
    bare = local.replace(tzinfo=None, fold=0)
    is_plain = bare.replace(tzinfo=zone).astimezone(UTC) == value.astimezone(UTC)
    text: str = (bare if is_plain else local).isoformat(sep=" ")
    return text.removesuffix(":00") if is_plain and not bare.second else text


def _read_yes_no(value: Any, _: ZoneInfo) -> bool:
    found = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(
        _text(value).strip().lower()
    )
    if found is None:
        raise CellError("Neither yes nor no.", "Use yes or no; empty means no.")
    return found


def _read_items(value: Any, zone: ZoneInfo) -> list[str]:
    return [item.strip() for item in _read_text(value, zone).split("\n") if item.strip()]


def _write_items(value: Any, _: ZoneInfo) -> str:
    return neutral("\n".join(CONTROL.sub("", item) for item in value))


def _read_codes(value: Any, zone: ZoneInfo) -> list[str]:
    return sorted({item.strip() for item in _read_text(value, zone).split(",") if item.strip()})


TEXT = Kind("text", _read_text, _write_text, empty="")
WHOLE = Kind("whole number", _read_whole, lambda value, _: int(value))
DECIMAL = Kind("number", _read_decimal, _write_decimal)
DATE = Kind("date", _read_date, lambda value, _: value.isoformat())
MINUTE = Kind("time of day", _read_minute, _write_minute)
WEEKDAY = Kind("day of the week", _read_weekday, _write_weekday)
YES_NO = Kind("yes or no", _read_yes_no, lambda value, _: "yes" if value else "no", empty=False)
MOMENT = Kind("date and time", _read_moment, _write_moment)
ITEMS = Kind("texts, one on each line", _read_items, _write_items, empty=[])
CODES = Kind("codes with commas between", _read_codes, lambda v, _: neutral(", ".join(v)), empty=[])
