"""A resolution, and how large its majority must be."""

from typing import Any

from django import forms

from backend.counting.thresholds import ResolutionKind
from backend.democracy.pages.editors.editor import Editor, WordsForm

STAFF = "staff"
KINDS = (
    (
        ResolutionKind.ORDINARY,
        "Ordinary resolution: more for than against; ten members or a tenth must take part",
    ),
    (ResolutionKind.CONFIRMATION, "Confirmation of an earlier decision: more for than against"),
    (ResolutionKind.ADMISSION, "Admission of a member: more for than against"),
    (
        ResolutionKind.RULE_CHANGE,
        "Change of our rules: two thirds of the votes; a quarter of members must take part",
    ),
    (
        ResolutionKind.CONVERSION,
        "Conversion into a company: three quarters of the votes, half of the members must vote, "
        "and a second meeting confirms it",
    ),
    (
        ResolutionKind.MERGER,
        "Merger with a company: three quarters of the votes, half of the members must vote, and a "
        "second meeting confirms it",
    ),
    (
        ResolutionKind.AMALGAMATION,
        "Amalgamation with another society: two thirds of the votes, and a second meeting "
        "confirms it",
    ),
    (
        ResolutionKind.TRANSFER,
        "Transfer of engagements to another society: two thirds of the votes, and a second meeting "
        "confirms it",
    ),
    (STAFF, "Staff ballot on forming a co-operative: more than half of all staff"),
)


class ResolutionForm(WordsForm):
    """The words, and the kind of majority."""

    kind = forms.ChoiceField(
        label="What does it take to pass?",
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=ResolutionKind.ORDINARY,
    )


class ResolutionEditor(Editor):
    """Yes or no."""

    template = "ballots/editors/words.html"
    ask = "resolution"
    form_class = ResolutionForm

    def more(self) -> dict[str, Any]:
        """Return the kind."""
        return {"kind": self.values().get("kind")}
