"""As many as one approves of."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.democracy.pages.screens.screen import Draft, Option, Screen

CHOSEN = "1"


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One option as it is shown."""

    option: Option
    field: str
    is_chosen: bool


@dataclass(frozen=True)
class ApprovalScreen(Screen):
    """A tick for each option; `options` stand in the member's own order."""

    template = "ballots/screens/approval.html"
    options: tuple[Option, ...]

    @property
    def fields(self) -> Sequence[str]:
        """Return one field for each option, as shown."""
        return [self.field(option.number) for option in self.options]

    def answer(self, draft: Draft) -> list[int] | None:
        """Return the numbers of the options ticked; None without any."""
        return [row.option.number for row in self.rows(draft) if row.is_chosen] or None

    def lines(self, draft: Draft) -> list[tuple[str, str]]:
        """Return the options ticked."""
        return [(row.option.label, "Yes") for row in self.rows(draft) if row.is_chosen]

    def rows(self, draft: Draft) -> list[ApprovalRow]:
        """Return the options as they are shown."""
        return [
            ApprovalRow(option, field, draft.get(field) == CHOSEN)
            for option, field in zip(self.options, self.fields, strict=True)
        ]
