"""What a ballot is before its questions: kind, title, dates, and who votes."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify

from backend.democracy.models import BallotKind
from backend.democracy.services import BallotPlan
from backend.membership.models import ClassKind, EntityKind, MemberClass, Voting
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import today_in

LONGEST_SLUG = 48
LONGEST_ABOUT = 5000
KINDS = (
    (BallotKind.POLICY, "How the rota is made: weights of its rules, and limits"),
    (BallotKind.RESOLUTION, "Yes or no to a resolution"),
    (BallotKind.PACKAGES, "One of several whole proposals"),
    (BallotKind.ELECTION, "Election to seats"),
    (BallotKind.POLL, "A poll: advice that decides nothing"),
)


class DayInput(forms.DateInput):
    """A day, as browsers take it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time, as browsers take them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class PlanForm(forms.Form):
    """The plan of a ballot. `plan` holds it once the form is valid."""

    kind = forms.ChoiceField(label="What is it about?", choices=KINDS, widget=forms.RadioSelect)
    title = forms.CharField(
        max_length=160,
        label="Title",
        help_text="As members see it in the list of votes, such as “Council of 2027”.",
    )
    about = forms.CharField(
        required=False,
        max_length=LONGEST_ABOUT,
        label="What members should know first",
        help_text="May stay empty.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    classes = forms.MultipleChoiceField(label="Who votes?", widget=forms.CheckboxSelectMultiple)
    branch = forms.ModelChoiceField(
        queryset=Branch.objects.none(),
        required=False,
        empty_label="Members of all branches",
        label="Of which branch?",
        help_text="The policy of the rota is everybody's, so there all branches are asked.",
    )
    record_on = forms.DateField(
        label="Record date",
        help_text="Who is a member at the end of this day may vote. The list is fixed from the day "
        "after on.",
        widget=DayInput(),
    )
    opens_at = forms.DateTimeField(
        label="Opens", help_text="You open it yourself, not before this moment.", widget=MomentInput
    )
    closes_at = forms.DateTimeField(
        label="Closes", help_text="It closes by itself at this moment.", widget=MomentInput
    )
    challenge_days = forms.IntegerField(
        min_value=1,
        max_value=90,
        initial=7,
        label="Days for challenges",
        help_text="For so long after the declaration a member on the list can challenge the "
        "result.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        organisation: Organisation,
        now: datetime,
        present: BallotPlan | None = None,
    ) -> None:
        """Make the form of an organisation; `present`: the plan to change, whose kind stays."""
        super().__init__(data, initial=_initial(present), use_required_attribute=False)
        self._organisation, self._now, self._present = organisation, now, present
        self._field("classes").choices = [
            (one.kind, one.name) for one in voting_classes(organisation)
        ]
        self._field("branch").queryset = Branch.objects.filter(organisation=organisation).order_by(
            "name"
        )
        if present is not None:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        """Refuse dates in which the ballot could not be held."""
        given = super().clean() or {}
        record_on, opens_at, closes_at = (
            given.get(name) for name in ("record_on", "opens_at", "closes_at")
        )
        if closes_at and closes_at <= self._now:
            self.add_error("closes_at", "This moment is over.")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "It must close after it opens.")
        if record_on and opens_at and record_on >= today_in(self._organisation, opens_at):
            self.add_error(
                "record_on",
                "The list is fixed from the day after on, so this must lie before the day of "
                "opening.",
            )
        if given.get("branch") and self._kind == BallotKind.POLICY:
            self.add_error("branch", "A vote on the policy of the rota asks all branches.")
        return given

    @property
    def plan(self) -> BallotPlan:
        """Return the plan; only of a valid form."""
        given = self.cleaned_data
        return BallotPlan(
            code=self._present.code if self._present else _code(given["title"], given["opens_at"]),
            kind=self._kind,
            title=given["title"],
            about=given["about"],
            record_on=given["record_on"],
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            classes=tuple(ClassKind(one) for one in given["classes"]),
            branch=given["branch"],
            challenge_days=given["challenge_days"],
        )

    @property
    def _kind(self) -> BallotKind:
        if self._present is not None:
            return self._present.kind
        return BallotKind(self.cleaned_data.get("kind", BallotKind.POLL))

    def _field(self, name: str) -> Any:
        return self.fields[name]


def voting_classes(organisation: Organisation) -> QuerySet[MemberClass]:
    """Return the classes with a vote, by name; none where the legal form is not recorded."""
    return (
        MemberClass.objects.filter(entity__kept_by=organisation, entity__kind=EntityKind.OWN)
        .exclude(voting=Voting.NONE)
        .order_by("name")
    )


def _initial(present: BallotPlan | None) -> dict[str, Any]:
    if present is None:
        return {"classes": [ClassKind.WORKER]}
    return {
        "title": present.title,
        "about": present.about,
        "classes": [str(one) for one in present.classes],
        "branch": present.branch,
        "record_on": present.record_on,
        "opens_at": present.opens_at,
        "closes_at": present.closes_at,
        "challenge_days": present.challenge_days,
    }


def _code(title: str, opens_at: datetime) -> str:
    """Return a name for files, the same for the same title and day."""
    name = slugify(title)[:LONGEST_SLUG].strip("-") or "vote"
    return f"{name}-{opens_at:%Y-%m-%d}"
