"""What a sheet is: its columns, what names a row, and which table it fills."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from backend.exchange.cells import TEXT, Kind
from backend.organisation.models import Organisation

Row = dict[str, Any]
"""Typed values by column name."""

Key = tuple[Any, ...]

Complaint = tuple[str, str, str]
"""Column, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    `path` is the way from an instance to the value, `a.b` through relations; the default is the
    column's own name. `is_field` False: the value is reached through a reference and never set.
    """

    name: str
    kind: Kind = TEXT
    path: str = ""
    is_required: bool = False
    is_field: bool = True
    most: int | None = None
    """Longest text, or largest number."""
    least: int | None = None
    """Smallest number."""
    default: Any = None
    """The value where the cell is empty; None: the kind's own."""
    getter: Callable[[Any], Any] | None = None
    """How the value is read where no path leads to it."""

    @property
    def if_empty(self) -> Any:
        """What an empty cell means."""
        return self.kind.empty if self.default is None else self.default

    def of(self, instance: Model) -> Any:
        """Return the instance's value."""
        if self.getter is not None:
            return self.getter(instance)
        value: Any = instance
        for step in (self.path or self.name).split("."):
            value = getattr(value, step)
            if value is None:
                return self.kind.empty
        return value


@dataclass(frozen=True, slots=True)
class Reference:
    """A row of another table that columns of this sheet name."""

    attribute: str
    table: str
    columns: tuple[str, ...]
    """Columns of this sheet that make the other row's key; `columns[-1]` empty: none."""
    is_later: bool = False
    """A row of the same table, set once all rows are there."""


@dataclass(frozen=True)
class Table:
    """One table behind a sheet. Most sheets have one; packages and their lines share one.

    `key` names the columns by which a row is known again. With `replaces`, rows have no name of
    their own: those of the file take the place of all the rows that share these columns.
    """

    name: str
    sheet: str
    model: type[Model]
    about: str
    columns: tuple[Column, ...]
    references: tuple[Reference, ...]
    rows: Callable[[Organisation, Iterable[int]], QuerySet[Any]]
    """The rows of some branches, in the order in which they are exported."""
    key: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    checks: tuple[Callable[[Row], Iterator[Complaint]], ...] = ()
    is_shared: bool = False
    """Belongs to the whole organisation: only an administrator changes what is there."""
    skips_empty: str = ""
    """A column; where it is empty, the sheet's row says nothing about this table."""
    by_name: Mapping[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
        if self.replaces:
            object.__setattr__(self, "key", tuple(column.name for column in self.columns))

    def row_of(self, instance: Model) -> Row:
        """Return an instance as a row."""
        return {column.name: column.of(instance) for column in self.columns}

    def key_of(self, row: Row) -> Key:
        """Return what a row is known by."""
        return tuple(_as_key(row[name]) for name in self.key)

    def parent_of(self, row: Row) -> Key:
        """Return what the rows share that a file replaces together."""
        return tuple(row[name] for name in self.replaces)


def _as_key(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
