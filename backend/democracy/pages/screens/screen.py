"""What every screen of a paper can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

Draft = Mapping[str, str]
"""What a member has filled in so far, by field; fields that are not there are empty."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. `number` is its place on the paper, from 1, wherever it is shown."""

    number: int
    label: str
    note: str = ""


@dataclass(frozen=True)
class Screen(ABC):
    """One question, and how an answer to it is filled in with plain buttons."""

    template: ClassVar[str]
    id: str
    heading: str
    note: str

    @property
    @abstractmethod
    def fields(self) -> Sequence[str]:
        """Return the names of its fields."""

    def press(self, draft: Draft, button: str) -> Draft:  # noqa: ARG002  for those with buttons
        """Return the draft after one of the screen's own buttons; an unknown one does nothing."""
        return draft

    def fault(self, draft: Draft) -> str:  # noqa: ARG002  for those that can be wrong
        """Return in words what is wrong; empty when the answer can be cast, as a blank one can."""
        return ""

    @abstractmethod
    def answer(self, draft: Draft) -> object:
        """Return the answer as it is cast, None for a blank one; only without a fault."""

    @abstractmethod
    def lines(self, draft: Draft) -> Sequence[tuple[str, str]]:
        """Return the answer for reading again: what, and what was chosen for it.

        Nothing for a blank one.
        """

    def field(self, place: int | str) -> str:
        """Return the name of one field; the question's id keeps those of two screens apart."""
        return f"{self.id}.{place}"

    def kept(self, draft: Draft) -> list[tuple[str, str]]:
        """Return what a page with another question has to carry on."""
        return [(field, draft[field]) for field in self.fields if draft.get(field)]


LONGEST_TYPED = 9
MOST_TYPED = 10**LONGEST_TYPED - 1


def whole_number(text: str, *, most: int = MOST_TYPED) -> int:
    """Return what somebody typed as a number from 0 to `most`; what is none counts as 0."""
    text = text.strip()
    # `isdecimal` alone would take digits of other scripts, and any length.
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_TYPED:
        return 0
    return min(int(text), most)
