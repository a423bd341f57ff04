"""Yes, no, or neither."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.democracy.pages.screens.screen import Draft, Screen


@dataclass(frozen=True)
class ChoiceScreen(Screen):
    """One of a few answers, each as it is cast and in words."""

    template = "ballots/screens/choice.html"
    choices: tuple[tuple[str, str], ...]

    @property
    def fields(self) -> Sequence[str]:
        """Return the one field."""
        return [self.field("choice")]

    def fault(self, draft: Draft) -> str:
        """Say that there is no such answer."""
        chosen = self._chosen(draft)
        return "" if not chosen or chosen in dict(self.choices) else "Choose one of the answers."

    def answer(self, draft: Draft) -> str | None:
        """Return what was chosen."""
        return self._chosen(draft) or None

    def lines(self, draft: Draft) -> list[tuple[str, str]]:
        """Return the choice in words."""
        chosen = self._chosen(draft)
        return [("Your choice", dict(self.choices).get(chosen, chosen))] if chosen else []

    def rows(self, draft: Draft) -> list[tuple[str, str, bool]]:
        """Return each choice: as it is cast, in words, and whether it is chosen."""
        chosen = self._chosen(draft)
        return [(value, label, value == chosen) for value, label in self.choices]

    def _chosen(self, draft: Draft) -> str:
        return draft.get(self.fields[0], "")
