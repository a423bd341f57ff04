"""Which value a limit has: one step of a scale whose end the law may close."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.democracy.pages.screens.screen import Draft, Screen


@dataclass(frozen=True, slots=True)
class Step:
    """One value of the scale as it is shown."""

    value: str
    label: str
    is_present: bool
    is_closed: bool
    is_chosen: bool


@dataclass(frozen=True)
class ScaleScreen(Screen):
    """One value, or none. `closed` are values that the law rules out: they are shown, but shut."""

    template = "ballots/screens/scale.html"
    values: tuple[tuple[int, str], ...]
    present: int
    closed: tuple[tuple[int, str], ...] = ()
    law: str = ""

    @property
    def fields(self) -> Sequence[str]:
        """Return the one field."""
        return [self.field("value")]

    def press(self, draft: Draft, button: str) -> Draft:
        """Choose the value in force."""
        return {**draft, self.fields[0]: str(self.present)} if button == "keep" else draft

    def fault(self, draft: Draft) -> str:
        """Say that there is no such value; leaving it blank is allowed."""
        chosen = draft.get(self.fields[0], "")
        if chosen and chosen not in self._labels:
            return "Choose one of the values shown."
        return ""

    def answer(self, draft: Draft) -> int | None:
        """Return the value, or None for no answer."""
        chosen = draft.get(self.fields[0], "")
        return int(chosen) if chosen else None

    def lines(self, draft: Draft) -> list[tuple[str, str]]:
        """Return the value in words."""
        chosen = draft.get(self.fields[0], "")
        return [("Your choice", self._labels.get(chosen, chosen))] if chosen else []

    def steps(self, draft: Draft) -> list[Step]:
        """Return the scale upwards, with its closed end in place."""
        chosen = draft.get(self.fields[0], "")
        shut = {value for value, _ in self.closed}
        return [
            Step(str(value), label, value == self.present, value in shut, str(value) == chosen)
            for value, label in sorted((*self.values, *self.closed))
        ]

    def is_blank(self, draft: Draft) -> bool:
        """Say whether no value is chosen."""
        return not draft.get(self.fields[0], "")

    @property
    def _labels(self) -> dict[str, str]:
        return {str(value): label for value, label in self.values}
