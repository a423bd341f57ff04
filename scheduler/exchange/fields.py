"""Reading JSON field by field, with complaints that say where the fault is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from scheduler.exchange.limits import (
    LARGEST_NUMBER,
    LARGEST_WHOLE,
    LONGEST_TEXT,
    MOST_IN_A_ROW,
    MOST_ROWS,
    shown,
)
from scheduler.model import ProblemError

Value = TypeVar("Value")
Reader = Callable[["Fields"], Value]


class Fields:
    """One JSON object that is being read; knows its fields and complains by name.

    `finish` refuses what nobody asked for: an unknown field could be a rule that the answer
    would silently break, or the misspelling of an optional one.
    """

    def __init__(self, document: object) -> None:
        if not isinstance(document, Mapping):
            raise ProblemError("", f"must be an object, not {_kind(document)}")
        self.document: Mapping[str, Any] = document
        self._asked: set[str] = set()

    def value(self, name: str) -> Any:
        """Return a required field as it is."""
        self._asked.add(name)
        if name not in self.document:
            raise ProblemError(name, "is missing")
        return self.document[name]

    def optional(self, name: str) -> bool:
        """Say whether a field is there; null counts as not there."""
        self._asked.add(name)
        return self.document.get(name) is not None

    def text(self, name: str) -> str:
        """Return a required text."""
        return as_text(self.value(name), name)

    def whole(self, name: str) -> int:
        """Return a required whole number."""
        return as_whole(self.value(name), name)

    def number(self, name: str) -> float:
        """Return a required number, whole or not, exactly as written."""
        return as_number(self.value(name), name)

    def flag(self, name: str) -> bool:
        """Return a required true or false."""
        value = self.value(name)
        if not isinstance(value, bool):
            raise ProblemError(name, f"must be true or false, not {_kind(value)}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a required list of texts."""
        values = as_list(self.value(name), name, most=MOST_IN_A_ROW)
        return tuple(as_text(value, f"{name}[{index}]") for index, value in enumerate(values))

    def items(self, name: str) -> Sequence[Any]:
        """Return a required list."""
        return as_list(self.value(name), name)

    def rows(self, name: str, read: Reader[Value]) -> tuple[Value, ...]:
        """Read each object of a required list; a complaint names its place in the list."""
        return tuple(
            read_at(f"{name}[{index}]", row, read) for index, row in enumerate(self.items(name))
        )

    def part(self, name: str, read: Reader[Value]) -> Value:
        """Read a required object."""
        return read_at(name, self.value(name), read)

    def table(self, name: str, read: Callable[[Any, str], Value]) -> dict[str, Value]:
        """Read every value of a required object by its key."""
        table = self.value(name)
        if not isinstance(table, Mapping):
            raise ProblemError(name, f"must be an object, not {_kind(table)}")
        if len(table) > MOST_IN_A_ROW:
            raise ProblemError(name, f"must not have more than {MOST_IN_A_ROW:,} entries")
        keys = (as_text(key, f"{name}.{shown(str(key))}") for key in table)
        return {key: read(table[key], f"{name}.{key}") for key in keys}

    def finish(self) -> None:
        """Refuse any field that was not read."""
        for name in self.document:
            if name not in self._asked:
                reason = "is not a field of this format; remove or rename it"
                raise ProblemError(shown(str(name)), reason)


def check_format(fields: Fields, *known: str) -> str:
    """Return a document's format; refuse another one, or a version that is not known."""
    found = fields.text("format")
    if found not in known:
        names = " and ".join(repr(name) for name in known)
        raise ProblemError("format", f"is {found!r}; this version reads {names} only")
    return found


@contextmanager
def _inside(path: str) -> Iterator[None]:
    try:
        yield
    except ProblemError as error:
        raise error.inside(path) from error


def read_at(path: str, document: object, read: Reader[Value]) -> Value:
    """Read one object whole; complaints about it begin with `path`."""
    with _inside(path):
        fields = Fields(document)
        value = read(fields)
        fields.finish()
        return value


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a text", int: "a number", float: "a number"}
    return names.get(type(value), "a list" if isinstance(value, list | tuple) else "an object")


def as_text(value: object, path: str) -> str:
    """Return a value that must be a text."""
    if not isinstance(value, str):
        raise ProblemError(path, f"must be a text, not {_kind(value)}")
    if len(value) > LONGEST_TEXT:
        raise ProblemError(path, f"must not be longer than {LONGEST_TEXT} characters")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise ProblemError(path, "has half a character, which no file can hold")
    return value


def as_whole(value: object, path: str) -> int:
    """Return a value that must be a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        found = value if isinstance(value, float) else _kind(value)
        raise ProblemError(path, f"must be a whole number, not {found}")
    if abs(value) > LARGEST_WHOLE:
        raise ProblemError(path, f"must be between {-LARGEST_WHOLE:,} and {LARGEST_WHOLE:,}")
    return value


def as_number(value: object, path: str) -> float:
    """Return a value that must be a number, whole or not, as it is."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ProblemError(path, f"must be a number, not {_kind(value)}")
    # So written, NaN is refused as well.
    if not abs(value) <= LARGEST_NUMBER:
        raise ProblemError(
            path, f"must be a number between {-LARGEST_NUMBER:,} and {LARGEST_NUMBER:,}"
        )
    return value


def as_list(value: object, path: str, most: int = MOST_ROWS) -> Sequence[Any]:
    """Return a value that must be a list, of not too many items."""
    if not isinstance(value, list | tuple):
        raise ProblemError(path, f"must be a list, not {_kind(value)}")
    if len(value) > most:
        raise ProblemError(path, f"must not have more than {most:,} items")
    return value
