"""Whole packages with a place each; some may share one, and those without come last."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from backend.democracy.pages.screens.screen import Draft, Option, Screen, whole_number


@dataclass(frozen=True, slots=True)
class RankRow:
    """One package as it is shown; `rank` 0: no place."""

    option: Option
    field: str
    rank: int


@dataclass(frozen=True)
class RanksScreen(Screen):
    """A place for each package; `options` stand in the member's own order."""

    template = "ballots/screens/ranks.html"
    options: tuple[Option, ...]

    @property
    def fields(self) -> Sequence[str]:
        """Return one field for each package, as shown."""
        return [self.field(option.number) for option in self.options]

    def answer(self, draft: Draft) -> list[list[int]] | None:
        """Return the groups, None without any."""
        return self.groups(draft) or None

    def groups(self, draft: Draft) -> list[list[int]]:
        """Return groups of equals, best first; which numbers the places had does not matter."""
        placed = sorted((row.rank, row.option.number) for row in self.rows(draft) if row.rank > 0)
        return [[n for _, n in group] for _, group in groupby(placed, key=lambda pair: pair[0])]

    def lines(self, draft: Draft) -> list[tuple[str, str]]:
        """Return the places, each with who shares it."""
        labels = {option.number: option.label for option in self.options}
        return [
            (f"{place}.", " and ".join(labels[n] for n in group))
            for place, group in enumerate(self.groups(draft), start=1)
        ]

    def rows(self, draft: Draft) -> list[RankRow]:
        """Return the packages as they are shown."""
        most = len(self.options)
        return [
            RankRow(option, field, whole_number(draft.get(field, ""), most=most))
            for option, field in zip(self.options, self.fields, strict=True)
        ]

    @property
    def places(self) -> range:
        """Return the places that can be given."""
        return range(1, len(self.options) + 1)
