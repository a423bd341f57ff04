"""What is wrong with a file, in words that say what to mend, and where."""

from dataclasses import asdict, dataclass
from typing import Any

LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a file from being imported.

    `row` is the row of the sheet as a spreadsheet numbers it (the heading is row 1), None for
    the whole sheet; `column` is empty for the whole row.
    """

    sheet: str
    row: int | None
    column: str
    value: str
    problem: str
    what_to_do: str

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return asdict(self)


class UnreadableFileError(Exception):
    """The file cannot be read at all; `problem` says why and what to do."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(f"{problem} {what_to_do}")
        self.problem = Problem("", None, "", "", problem, what_to_do)


class CellError(ValueError):
    """A cell's value cannot be used; says what is wrong and what to do."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem)
        self.problem, self.what_to_do = problem, what_to_do


def shown(value: object) -> str:
    """Return a cell's value as it is shown in a problem: short, and empty for nothing."""
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
