"""Options with a name and a description: whole packages, or what a poll asks about."""

from dataclasses import dataclass
from typing import Any, ClassVar

from backend.democracy.pages.editors.editor import Editor
from backend.democracy.papers import MOST_OPTIONS

LEAST, MORE = 4, 2
LONGEST_NAME, LONGEST_NOTE = 160, 2000


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One line of the editor."""

    name: str
    note: str
    is_present: bool


class OptionsEditor(Editor):
    """Empty lines are left out. `has_present`: one of them may be what is in force."""

    template = "ballots/editors/options.html"
    has_present: ClassVar[bool] = False

    def read(self) -> None:
        """Take the lines, with some empty ones to fill in."""
        if self.data is not None:
            names, notes = self.data.getlist("option"), self.data.getlist("option_note")
            self._present = self.data.get("present", "")
        else:
            names = list(self.before.get("options", []))
            notes = list(self.before.get("notes") or [])
            found = self.before.get("present")
            self._present = "" if found is None else str(found)
        names = [one.strip()[:LONGEST_NAME] for one in names[:MOST_OPTIONS]]
        notes = [one.strip()[:LONGEST_NOTE] for one in notes[: len(names)]]
        notes += [""] * (len(names) - len(notes))
        self._lines = list(zip(names, notes, strict=True))
        self._fill(LEAST if self.data is None else 0)

    def press(self, button: str) -> None:
        """Add empty lines."""
        if button == "more":
            self._fill(min(len(self._lines) + MORE, MOST_OPTIONS))

    def more(self) -> dict[str, Any]:
        """Return names, descriptions, and which is in force."""
        used = [row for row in self.rows() if row.name]
        names = [row.name for row in used]
        if any(row.note and not row.name for row in self.rows()):
            self.faults.append("A description has no name beside it.")
        if len(names) < 2:
            self.faults.append("There must be at least two to choose from.")
        if len(set(names)) < len(names):
            self.faults.append("Two have the same name.")
        found: dict[str, Any] = {"options": names, "notes": [row.note for row in used]}
        if self.has_present:
            places = [place for place, row in enumerate(used, start=1) if row.is_present]
            found["present"] = places[0] if places else None
        return found

    def rows(self) -> list[OptionRow]:
        """Return the lines as they are shown."""
        return [
            OptionRow(name, note, str(place) == self._present)
            for place, (name, note) in enumerate(self._lines, start=1)
        ]

    def context(self) -> dict[str, Any]:
        """Return the lines."""
        rows = self.rows()
        is_any_present = any(row.is_present for row in rows)
        return {"rows": rows, "has_present": self.has_present, "is_any_present": is_any_present}

    def _fill(self, wanted: int) -> None:
        self._lines += [("", "")] * (wanted - len(self._lines))


class PackagesEditor(OptionsEditor):
    """Whole proposals, one of which may be in force."""

    ask = "packages"
    has_present = True


class PollEditor(OptionsEditor):
    """What one can be content with."""

    ask = "approval"
