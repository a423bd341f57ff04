"""Reading values out of a JSON file, each with the path to it, so that errors name their place."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Never

from backend.counting.input_error import InputError

LARGEST = 10**15
"""No count of people, votes or pence comes near it; what does is a mistake."""


@dataclass(frozen=True)
class Field:
    """A value of a file and the path to it, such as `cases[3].votes`."""

    value: object
    path: str = ""

    def refuse(self, wrong: str) -> Never:
        """Say that this value cannot be used."""
        raise InputError(self.path, wrong)

    def __contains__(self, name: str) -> bool:
        return isinstance(self.value, dict) and name in self.value

    def __getitem__(self, name: str) -> "Field":
        if not isinstance(self.value, dict):
            self.refuse("must be an object")
        if name not in self.value:
            self.refuse(f"{name} is missing")
        return self._part(name)

    def maybe(self, name: str) -> "Field | None":
        """Return a part that may be missing or null."""
        if name in self and isinstance(self.value, dict) and self.value[name] is not None:
            return self._part(name)
        return None

    def value_of(self, name: str) -> object:
        """Return a part as it stands in the file; None if it is missing."""
        return self.value.get(name) if isinstance(self.value, dict) else None

    def entries(self) -> Iterator[tuple[str, "Field"]]:
        """Yield the parts of an object with their names, in the file's order."""
        if not isinstance(self.value, dict):
            self.refuse("must be an object")
        for name in self.value:
            yield name, self._part(name)

    def items(self) -> list["Field"]:
        """Return the items of a list."""
        if not isinstance(self.value, list):
            self.refuse("must be a list")
        return [Field(item, f"{self.path}[{place}]") for place, item in enumerate(self.value)]

    def whole(self, *, least: int = 0, most: int = LARGEST) -> int:
        """Return a whole number between two bounds, both included."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse(f"must be a whole number, not {_shown(self.value)}")
        if not least <= self.value <= most:
            self.refuse(f"must be between {least} and {most}, not {self.value}")
        return self.value

    def whole_or(self, name: str, default: int, *, least: int = 0) -> int:
        """Return a part that is a whole number, or the default if it is missing or null."""
        found = self.maybe(name)
        return default if found is None else found.whole(least=least)

    def amount(self) -> Fraction:
        """Return a number of zero or more exactly as it is written, decimals included."""
        if not isinstance(self.value, int | Decimal) or isinstance(self.value, bool):
            self.refuse(f"must be a number, not {_shown(self.value)}")
        if not 0 <= self.value <= LARGEST:
            self.refuse(f"must be between 0 and {LARGEST}, not {self.value}")
        return Fraction(self.value)

    def text(self) -> str:
        """Return words."""
        if not isinstance(self.value, str):
            self.refuse(f"must be text, not {_shown(self.value)}")
        return self.value

    def truth(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            self.refuse(f"must be true or false, not {_shown(self.value)}")
        return self.value

    def _part(self, name: str) -> "Field":
        assert isinstance(self.value, dict)  # noqa: S101  the callers have looked
        return Field(self.value[name], f"{self.path}.{name}" if self.path else name)


def read_json(text: str) -> object:
    """Return what a JSON text holds, decimals exactly as written.

    Raises
    ------
    InputError
        Names the line, or says that a name stands twice in one object.
    """
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_without_twins,
        )
    except json.JSONDecodeError as error:
        raise InputError(f"line {error.lineno}", f"this is not JSON: {error.msg}") from error
    except RecursionError as error:
        raise InputError("", "lists and objects stand too deep within each other") from error
    except InputError:
        raise
    except ValueError as error:
        raise InputError("", "a number has too many digits") from error


def _no_number(word: str) -> Never:
    raise InputError("", f"{word} is not a number that can be counted")


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError("", f"{twice!r} stands twice in one object")
    return found


def _shown(value: object) -> str:
    if value is None:
        return "null"
    shown = value if isinstance(value, str | int | Decimal) else f"a {type(value).__name__}"
    return f"{shown!r}"[:40] if isinstance(value, str) else str(shown)[:40]
