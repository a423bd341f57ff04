"""Which limits of the rota a policy ballot asks, each on a scale within what may be voted."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from backend.democracy.pages.paper_screens import scale_label
from backend.democracy.policy_paper import PresentPolicy
from backend.organisation.policy_words import LIMIT_WORDS
from backend.organisation.rota_policy import VOTED_LIMITS

MOST_STEPS = 30
"""More values than this are no choice on a phone any more."""
CLOCK = "clock"
LONGEST_TIME = 8
LONG_TIME = 120
"""Minutes from which on hours are said as well."""
WEIGHTS: Mapping[str, Any] = {"id": "weights", "ask": "weights"}
FROM_POLICY = ("present", "present_version", "law", "law_end")


class ClockField(forms.Field):
    """A minute of the day, typed as a time up to 24:00."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """Show minutes as a time."""
        return scale_label(value, CLOCK) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Read a time as minutes."""
        text = str(value or "").strip()[:LONGEST_TIME]
        if not text:
            return None
        hours, _, minutes = text.partition(":")
        is_time = all(one.isascii() and one.isdecimal() for one in (hours, minutes))
        if not is_time or len(minutes) != 2 or int(minutes) > 59 or int(hours) > 24:
            raise forms.ValidationError("Type a time such as 22:00.")
        return int(hours) * 60 + int(minutes)


class LimitForm(forms.Form):
    """One limit: whether it is asked, and its scale. Nothing is checked of what is not asked."""

    ask = forms.BooleanField(required=False)

    def __init__(
        self,
        name: str,
        data: QueryDict | None,
        *,
        row: Mapping[str, Any] | None,
        in_force: int | None,
    ) -> None:
        least, most = VOTED_LIMITS[name]
        self.name, self.in_force, self.words = name, in_force, LIMIT_WORDS[name]
        self._least, self._most, self._row = least, most, row or {}
        first = {"low": least, "high": most, "step": _usual_step(least, most)}
        super().__init__(data, prefix=name, initial={**first, **self._row, "ask": row is not None})
        self.fields["ask"].label = self.words.title
        self.fields["low"] = self._value_field("Lowest")
        self.fields["high"] = self._value_field("Highest")
        self.fields["step"] = forms.IntegerField(
            required=False, min_value=1, label=f"In steps of ({self._step_unit})"
        )
        if in_force is None:
            self.fields["present"] = self._value_field(
                "No such limit is in force: which value stands for that?"
            )

    @property
    def bounds(self) -> str:
        """Return what may be voted at all, in words."""
        low, high = self._in_words(self._least), self._in_words(self._most)
        law = f" {self.words.law}" if self.words.law else ""
        return f"May be between {low} and {high}.{law}"

    @property
    def now_words(self) -> str:
        """Return what is in force, in words; empty where nothing is."""
        return "" if self.in_force is None else self._in_words(self.in_force)

    @property
    def is_asked(self) -> bool:
        """Whether it is ticked."""
        return bool(self["ask"].value())

    def scale_fields(self) -> list[forms.BoundField]:
        """Return the fields beside the tick."""
        return [self[name] for name in self.fields if name != "ask"]

    def clean(self) -> dict[str, Any]:
        """Refuse a scale that could not be asked."""
        given = super().clean() or {}
        if not given.get("ask"):
            self._errors = forms.utils.ErrorDict()
            return given
        missing = [
            name for name in self.fields if given.get(name) is None and name not in self.errors
        ]
        for name in missing:
            self.add_error(name, "Please fill this in.")
        if self.errors:
            return given
        low, high, step = given["low"], given["high"], given["step"]
        for end in ("low", "high"):
            if not self._least <= given[end] <= self._most:
                self.add_error(end, self.bounds)
        if low >= high:
            self.add_error("high", "It must be above the lowest.")
        elif (high - low) % step:
            self.add_error("step", "These steps do not reach the highest value.")
        elif (high - low) // step >= MOST_STEPS:
            self.add_error("step", f"That makes more than {MOST_STEPS} values. Take wider steps.")
        else:
            self._check_present(given, range(low, high + 1, step))
        return given

    def row(self) -> dict[str, Any]:
        """Return the question, only of a valid form; other words that it had stay."""
        kept = {name: value for name, value in self._row.items() if name not in FROM_POLICY}
        given = self.cleaned_data
        row = {**kept, "id": self.name, "ask": "limit"}
        row |= {name: given[name] for name in self.fields if name != "ask"}
        return row

    def _check_present(self, given: Mapping[str, Any], scale: range) -> None:
        if self.in_force is None:
            if given["present"] not in scale:
                self.add_error("present", "This value is not on the scale.")
        elif self.in_force not in scale:
            self.add_error(
                "step", f"The value in force, {self.now_words}, must be one of the scale's values."
            )

    def _in_words(self, value: int) -> str:
        """Return a value with its unit; long times in hours as well, which are quicker to grasp."""
        label = scale_label(value, self.words.unit)
        if self.words.unit != "minutes" or value < LONG_TIME:
            return label
        hours, minutes = divmod(value, 60)
        return f"{label} ({hours} h{f' {minutes:02}' if minutes else ''})"

    def _value_field(self, label: str) -> forms.Field:
        unit = self.words.unit
        if unit == CLOCK:
            return ClockField(required=False, label=f"{label} (time)")
        return forms.IntegerField(required=False, min_value=0, label=f"{label} ({unit})")

    @property
    def _step_unit(self) -> str:
        return "minutes" if self.words.unit == CLOCK else self.words.unit


class PolicyForm:
    """All limits that can be asked, in their order."""

    def __init__(
        self, data: QueryDict | None, *, paper: list[dict[str, Any]], present: PresentPolicy
    ) -> None:
        self._set = {row["id"]: row for row in paper if row["ask"] == "limit"}
        self._weights = next((row for row in paper if row["ask"] == "weights"), WEIGHTS)
        self.limits = [
            LimitForm(name, data, row=self._set.get(name), in_force=present.limits.get(name))
            for name in VOTED_LIMITS
        ]

    def is_valid(self) -> bool:
        """Say whether all that is asked can be."""
        # All are asked, so that every fault is shown at once.
        return not [one for one in self.limits if not one.is_valid()]

    def faults(self) -> list[tuple[str, str]]:
        """Return each fault with the title of its limit."""
        return [
            (one.words.title, str(fault))
            for one in self.limits
            for faults in one.errors.values()
            for fault in faults
        ]

    def rows(self) -> list[dict[str, Any]]:
        """Return the paper as it is set; only of a valid form."""
        weights = {name: one for name, one in self._weights.items() if name not in FROM_POLICY}
        return [weights, *(one.row() for one in self.limits if one.cleaned_data["ask"])]


def _usual_step(least: int, most: int) -> int:
    """Return a step that makes at most a handful of values and reaches both ends."""
    span = most - least
    return next(
        step
        for step in (1, 5, 7, 15, 30, 60, 120, 240, span)
        if span % step == 0 and span // step <= 12
    )
