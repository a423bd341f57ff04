"""What the editor of every kind of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from backend.democracy.models import Ballot

Row = Mapping[str, Any]


class WordsForm(forms.Form):
    """What every question has."""

    title = forms.CharField(max_length=200, label="The question, in a few words")
    note = forms.CharField(
        required=False,
        max_length=5000,
        label="What stands below it",
        help_text="The text that is decided on, or what to know first. May stay empty.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class Editor(ABC):
    """One question, being written.

    Parameters
    ----------
    name
        The question's id, which stays.
    row
        The question as it is set; None for a new one.
    data
        What the page sent; None when it is opened. Then all fields come from `row`.
    """

    template: ClassVar[str]
    ask: ClassVar[str]
    form_class: ClassVar[type[WordsForm]] = WordsForm

    def __init__(
        self, ballot: Ballot, name: str, row: Row | None, data: QueryDict | None = None
    ) -> None:
        self.ballot, self.name, self.data = ballot, name, data
        self.before: Row = row or {}
        self.faults: list[str] = []
        self.form = self.form_class(data, initial=dict(self.before), use_required_attribute=False)
        self.read()

    def read(self) -> None:  # noqa: B027  for those with more than a form
        """Take what does not stand in the form from the data, or from the row."""

    def press(self, button: str) -> None:  # noqa: B027  for those with buttons
        """Do what a button says; an unknown one does nothing."""

    def row(self) -> dict[str, Any] | None:
        """Return the question as it is set; None with `faults` or the form's errors."""
        more = self.more()
        if not self.form.is_valid() or self.faults:
            return None
        given = self.form.cleaned_data
        words = {"title": given["title"], "note": given["note"]}
        return {"id": self.name, "ask": self.ask, **words, **more}

    @abstractmethod
    def more(self) -> dict[str, Any]:
        """Return what the row holds beside its words, and put into `faults` what is wrong."""

    def context(self) -> dict[str, Any]:
        """Return what the template shows beside the form."""
        return {}

    def values(self) -> dict[str, Any]:
        """Return what stands in the form's valid fields."""
        self.form.is_valid()
        return self.form.cleaned_data
