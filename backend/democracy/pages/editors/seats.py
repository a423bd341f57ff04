"""Seats: who elects, how many, and who stands, taken from the register."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from backend.counting import stv
from backend.counting.meek import METHOD as MEEK
from backend.democracy.pages.editors.editor import Editor, WordsForm
from backend.democracy.pages.screens.screen import whole_number
from backend.democracy.papers import MOST_OPTIONS
from backend.democracy.selectors import constituencies_of, members_to_stand, voters_of

LONGEST_STATEMENT = 2000
METHODS = (
    (stv.METHOD, "As in Scottish councils: it can be followed by hand"),
    (MEEK, "Meek's count: fairer with surpluses, but only a computer can follow it"),
)


class SeatsForm(WordsForm):
    """The words, who elects, and to how many seats."""

    seats = forms.IntegerField(min_value=1, max_value=MOST_OPTIONS, label="Number of seats")
    constituency = forms.TypedChoiceField(
        label="Who elects?", required=False, coerce=int, empty_value=None
    )
    method = forms.ChoiceField(
        label="How is it counted?", choices=METHODS, widget=forms.RadioSelect, initial=stv.METHOD
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who stands; `membership` 0 for whoever is no member."""

    membership: int
    name: str
    statement: str


class SeatsEditor(Editor):
    """Ties are decided by the lots that are drawn when the roll is fixed: nothing to set here."""

    template = "ballots/editors/seats.html"
    ask = "seats"
    form_class = SeatsForm

    def read(self) -> None:
        """Take who stands; names of members are those of the register."""
        field: Any = self.form.fields["constituency"]
        places = [(one.pk, one.name) for one in constituencies_of(self.ballot)]
        field.choices = [("", "Everybody on the list"), *places]
        if self.data is not None:
            rows = zip(
                self.data.getlist("candidate"),
                self.data.getlist("candidate_name"),
                self.data.getlist("statement"),
                strict=False,
            )
            found = [
                Candidate(whole_number(key), name.strip()[:160], note.strip()[:LONGEST_STATEMENT])
                for key, name, note in rows
            ]
        else:
            found = [
                Candidate(one.get("membership") or 0, one["name"], one.get("note", ""))
                for one in self.before.get("candidates", [])
            ]
        self._members = {one.membership_id: one for one in voters_of(self.ballot)}
        self._stand = [self._as_registered(one) for one in found if one.name][:MOST_OPTIONS]

    def press(self, button: str) -> None:
        """Have somebody stand, or no longer."""
        action, _, text = button.partition(".")
        number = whole_number(text)
        known = {one.membership for one in self._stand}
        if action == "put" and number in self._members and number not in known:
            self._stand.append(Candidate(number, self._members[number].name, ""))
        elif action == "out" and 1 <= number <= len(self._stand):
            del self._stand[number - 1]

    def more(self) -> dict[str, Any]:
        """Return seats, who elects and who stands."""
        given = self.values()
        if not self._stand:
            self.faults.append("Nobody stands yet.")
        elif given.get("seats", 0) > len(self._stand):
            self.faults.append("There are more seats than candidates.")
        row: dict[str, Any] = {
            "seats": given.get("seats"),
            "method": given.get("method"),
            "candidates": [self._candidate_row(one) for one in self._told_apart()],
        }
        if given.get("constituency"):
            row["constituency"] = given["constituency"]
        return row

    def context(self) -> dict[str, Any]:
        """Return who stands, and whom the words find."""
        words = self.data.get("words", "").strip() if self.data is not None else ""
        known = {one.membership for one in self._stand}
        officer = self.ballot.returning_officer_id
        return {
            "candidates": self._stand,
            "words": words,
            "found": [
                {"member": one, "is_officer": one.user_id == officer}
                for one in members_to_stand(self.ballot, words)
                if one.membership_id not in known
            ],
        }

    def _as_registered(self, one: Candidate) -> Candidate:
        member = self._members.get(one.membership)
        return replace(one, name=member.name) if member else one

    def _told_apart(self) -> list[Candidate]:
        """Return who stands, with the member's number where two have the same name."""
        names = Counter(one.name for one in self._stand)
        return [
            replace(one, name=f"{one.name} ({self._members[one.membership].number})")
            if names[one.name] > 1 and one.membership in self._members
            else one
            for one in self._stand
        ]

    @staticmethod
    def _candidate_row(one: Candidate) -> dict[str, Any]:
        row: dict[str, Any] = {"name": one.name, "note": one.statement}
        return {**row, "membership": one.membership} if one.membership else row
