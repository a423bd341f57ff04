"""Candidates in order of preference, one press each: gaps and equal places cannot arise."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.democracy.pages.screens.screen import Draft, Option, Screen, whole_number


@dataclass(frozen=True)
class OrderScreen(Screen):
    """As many as one likes, at least one. `candidates` stand in the member's own order."""

    template = "ballots/screens/order.html"
    candidates: tuple[Option, ...]
    seats: int

    @property
    def fields(self) -> Sequence[str]:
        """Return the one field: numbers in order of preference, with commas."""
        return [self.field("order")]

    def press(self, draft: Draft, button: str) -> Draft:
        """Put a candidate next, take one out, move one up, or begin again."""
        order = self.order(draft)
        action, _, text = button.partition(".")
        number = whole_number(text)
        if action == "clear":
            order = []
        elif action == "put" and number in self._numbers and number not in order:
            order.append(number)
        elif action == "out" and number in order:
            order.remove(number)
        elif action == "up" and number in order[1:]:
            place = order.index(number)
            order[place - 1], order[place] = order[place], order[place - 1]
        return {**draft, self.fields[0]: ",".join(map(str, order))}

    def answer(self, draft: Draft) -> list[int] | None:
        """Return the candidates' numbers, first preference first."""
        return self.order(draft) or None

    def order(self, draft: Draft) -> list[int]:
        """Return the candidates' numbers, first preference first."""
        texts = draft.get(self.fields[0], "").split(",")
        numbers = [whole_number(text) for text in texts]
        # Each once, at its first place.
        return [n for n in dict.fromkeys(numbers) if n in self._numbers]

    def lines(self, draft: Draft) -> list[tuple[str, str]]:
        """Return the chosen in order."""
        return [
            (f"{place}.", candidate.label)
            for place, candidate in enumerate(self.chosen(draft), start=1)
        ]

    def chosen(self, draft: Draft) -> list[Option]:
        """Return those with a place, in order."""
        by_number = {candidate.number: candidate for candidate in self.candidates}
        return [by_number[number] for number in self.order(draft)]

    def others(self, draft: Draft) -> list[Option]:
        """Return those without a place, in the member's own order of the paper."""
        chosen = set(self.order(draft))
        return [candidate for candidate in self.candidates if candidate.number not in chosen]

    def next_place(self, draft: Draft) -> int:
        """Return which place the next press gives."""
        return len(self.order(draft)) + 1

    @property
    def _numbers(self) -> frozenset[int]:
        return frozenset(candidate.number for candidate in self.candidates)
