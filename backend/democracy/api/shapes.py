"""Shapes of ballots. No output holds an answer, and none a line of somebody else's on the roll."""

from typing import Any

from rest_framework import serializers

from backend.democracy.models import BallotKind, BallotState
from backend.membership.models import ClassKind


class BallotOut(serializers.Serializer[Any]):
    """A ballot as everybody may know it."""

    id = serializers.IntegerField(source="pk", read_only=True)
    code = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=BallotKind.choices, read_only=True)
    title = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(choices=BallotState.choices, read_only=True)
    record_on = serializers.DateField(read_only=True)
    opens_at = serializers.DateTimeField(read_only=True)
    closes_at = serializers.DateTimeField(read_only=True)
    declared_at = serializers.DateTimeField(read_only=True, allow_null=True)
    roll_hash = serializers.CharField(read_only=True)
    public_key = serializers.CharField(read_only=True)


class TurnoutOut(serializers.Serializer[Any]):
    """How many may vote and have voted; null where so few may vote that it would tell."""

    constituency = serializers.CharField(read_only=True)
    eligible = serializers.IntegerField(read_only=True)
    cast = serializers.IntegerField(read_only=True, allow_null=True)


class MyEntryOut(serializers.Serializer[Any]):
    """The viewer's own line of the roll; the receipt only while the ballot is open."""

    number = serializers.IntegerField(read_only=True)
    constituency = serializers.CharField(source="constituency.name", read_only=True, default="")
    voted = serializers.BooleanField(read_only=True)
    paper_issued = serializers.BooleanField(read_only=True)
    receipt = serializers.CharField(read_only=True)


class MyQuestionOut(serializers.Serializer[Any]):
    """A question as `docs/ballots.md` has it, and the order in which its options are shown."""

    row = serializers.DictField(read_only=True)
    order = serializers.ListField(child=serializers.IntegerField(), read_only=True)


class BallotDetailOut(serializers.Serializer[Any]):
    """A ballot with the viewer's own paper; `mine` null for whoever is not on the roll."""

    ballot = BallotOut(read_only=True)
    mine = MyEntryOut(read_only=True, allow_null=True)
    questions = MyQuestionOut(many=True, read_only=True)
    turnout = TurnoutOut(many=True, read_only=True)


class CastIn(serializers.Serializer[Any]):
    """Answers by question id."""

    answers = serializers.DictField()
    is_assisted = serializers.BooleanField(default=False)


class ReceiptOut(serializers.Serializer[Any]):
    """What the member keeps, to find it in the list after close."""

    receipt = serializers.CharField(read_only=True)


class LogEntryOut(serializers.Serializer[Any]):
    """One line of the public log."""

    seq = serializers.IntegerField(read_only=True)
    type = serializers.CharField(read_only=True)
    actor = serializers.CharField(read_only=True)
    at = serializers.CharField(read_only=True)
    data = serializers.DictField(read_only=True)  # type: ignore[assignment]  # its public name
    prev_hash = serializers.CharField(read_only=True)
    hash = serializers.CharField(read_only=True)


class BallotLogOut(serializers.Serializer[Any]):
    """The public log; `broken_at` is the first entry that does not fit, null if it is whole."""

    entries = LogEntryOut(many=True, read_only=True)
    broken_at = serializers.IntegerField(read_only=True, allow_null=True)


class BallotReceiptsOut(serializers.Serializer[Any]):
    """The receipts of all ballots in the box, sorted; empty before that."""

    receipts = serializers.ListField(child=serializers.CharField(), read_only=True)


class FollowsOut(serializers.Serializer[Any]):
    """The rota's policy after a ballot.

    `number` is null until the result is final, and `starts_on` then the earliest Monday;
    `challenge_until` is null once it can be challenged no more.
    """

    number = serializers.IntegerField(read_only=True, allow_null=True)
    starts_on = serializers.DateField(read_only=True)
    challenge_until = serializers.DateTimeField(read_only=True, allow_null=True)


class BallotResultOut(serializers.Serializer[Any]):
    """A declared result; `has_package`: the viewer may download what it was counted from.

    `follows` is null for ballots that are not about the policy of the rota.
    """

    result = serializers.DictField(source="result.result", read_only=True)
    result_hash = serializers.CharField(source="result.result_hash", read_only=True)
    cast = serializers.IntegerField(source="result.cast", read_only=True)
    invalid = serializers.IntegerField(source="result.invalid", read_only=True)
    has_package = serializers.SerializerMethodField()
    follows = FollowsOut(read_only=True, allow_null=True)

    def get_has_package(self, found: Any) -> bool:
        """Say whether there is a package for the viewer."""
        return found["result"].package is not None


class ReasonIn(serializers.Serializer[Any]):
    """Why; everybody will read it."""

    reason = serializers.CharField(max_length=500)


class BallotIn(serializers.Serializer[Any]):
    """What a ballot is, before its questions."""

    code = serializers.SlugField(max_length=60)
    kind = serializers.ChoiceField(choices=BallotKind.choices)
    title = serializers.CharField(max_length=160)
    about = serializers.CharField(allow_blank=True, default="")
    record_on = serializers.DateField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    classes = serializers.ListField(
        child=serializers.ChoiceField(choices=ClassKind.choices),
        default=[ClassKind.WORKER.value],
        allow_empty=False,
    )
    challenge_days = serializers.IntegerField(min_value=1, max_value=90, default=7)


class QuestionsIn(serializers.Serializer[Any]):
    """The questions, in paper order."""

    paper = serializers.ListField(child=serializers.DictField(), allow_empty=False)


class ScrutineersIn(serializers.Serializer[Any]):
    """Three users."""

    user_ids = serializers.ListField(child=serializers.IntegerField(), min_length=3, max_length=3)


class BallotOfficeOut(serializers.Serializer[Any]):
    """What officer and scrutineers see: how far it has come, and nothing of who voted."""

    ballot = BallotOut(read_only=True)
    paper = serializers.ListField(child=serializers.DictField(), read_only=True)
    eligible = serializers.IntegerField(read_only=True)
    scrutineers = serializers.IntegerField(read_only=True)
    confirmed = serializers.IntegerField(read_only=True)
    papers_issued = serializers.IntegerField(read_only=True)
    is_box_ready = serializers.BooleanField(read_only=True)
    turnout = TurnoutOut(many=True, read_only=True)


class CorrectRollIn(serializers.Serializer[Any]):
    """Who is added or taken off, and why."""

    membership_id = serializers.IntegerField()
    is_added = serializers.BooleanField()
    reason = serializers.CharField(max_length=500)


class IssuePaperIn(serializers.Serializer[Any]):
    """The number of the member who gets a paper ballot."""

    number = serializers.IntegerField()


class TypedPaperIn(serializers.Serializer[Any]):
    """One paper."""

    constituency_id = serializers.IntegerField(allow_null=True, default=None)
    answers = serializers.DictField()


class TypedPapersIn(serializers.Serializer[Any]):
    """All papers that came back."""

    papers = TypedPaperIn(many=True)


class TypedPapersOut(serializers.Serializer[Any]):
    """Whether two people have typed in the same."""

    is_agreed = serializers.BooleanField(read_only=True)


class DecideChallengeIn(serializers.Serializer[Any]):
    """Upheld: the ballot is void."""

    is_upheld = serializers.BooleanField()
    reason = serializers.CharField(max_length=500)


class KeyIn(serializers.Serializer[Any]):
    """A public key, 64 hexadecimal digits."""

    public_key = serializers.CharField(min_length=64, max_length=64)


class SealedBoxOut(serializers.Serializer[Any]):
    """The file for the scrutineers' tool."""

    format = serializers.CharField(read_only=True)
    ballot = serializers.CharField(read_only=True)
    public_key = serializers.CharField(read_only=True)
    sealed = serializers.DictField(child=serializers.CharField(), read_only=True)


class OpenedIn(serializers.Serializer[Any]):
    """Content by random id, as the tool wrote it."""

    opened = serializers.DictField(child=serializers.CharField(allow_blank=True))
