"""Shapes of the register, of one's own membership and of the control statement."""

from typing import Any

from rest_framework import serializers

from backend.counting.control import Verdict
from backend.membership.models import (
    CeaseReason,
    ClassKind,
    CovenantKind,
    EntityKind,
    EventKind,
    MembershipStatus,
    OrganisationForm,
)
from backend.membership.statement import FlagCode

VERDICTS = [verdict.value for verdict in Verdict]
FLAGS = [code.value for code in FlagCode]


class EntityOut(serializers.Serializer[Any]):
    """A body in the organisation's books."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=EntityKind.choices, read_only=True)
    form = serializers.ChoiceField(choices=OrganisationForm.choices, read_only=True)


class HolderVotesOut(serializers.Serializer[Any]):
    """Votes of one holder, or of all persons of a class; share in hundredths of a per cent."""

    holder = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=ClassKind.choices, read_only=True)
    votes = serializers.IntegerField(read_only=True)
    share_bp = serializers.IntegerField(read_only=True, allow_null=True)
    is_inside = serializers.BooleanField(read_only=True)


class BoardSeatsOut(serializers.Serializer[Any]):
    """Voting seats of one class that are filled."""

    kind = serializers.ChoiceField(choices=ClassKind.choices, read_only=True)
    seats = serializers.IntegerField(read_only=True)
    is_inside = serializers.BooleanField(read_only=True)


class CovenantOut(serializers.Serializer[Any]):
    """A promise in force; `is_kept` null where only a person can judge."""

    kind = serializers.ChoiceField(choices=CovenantKind.choices, read_only=True)
    text = serializers.CharField(read_only=True)
    is_kept = serializers.BooleanField(read_only=True, allow_null=True)


class ChainStepOut(serializers.Serializer[Any]):
    """A holding that was looked through; `was_cut`: followed no further."""

    level = serializers.IntegerField(read_only=True)
    holder = serializers.CharField(read_only=True)
    inside_bp = serializers.IntegerField(read_only=True)
    was_cut = serializers.BooleanField(read_only=True)


class ControlFlagOut(serializers.Serializer[Any]):
    """Something to look out for; `share_bp` is what is, `bound_bp` what it is measured by."""

    code = serializers.ChoiceField(choices=FLAGS, read_only=True)
    subject = serializers.CharField(read_only=True)
    detail = serializers.CharField(read_only=True)
    share_bp = serializers.IntegerField(read_only=True, allow_null=True)
    bound_bp = serializers.IntegerField(read_only=True, allow_null=True)


class ControlStatementOut(serializers.Serializer[Any]):
    """Who controlled a body at the end of a day; shares in hundredths of a per cent."""

    entity = EntityOut(read_only=True)
    as_at = serializers.DateField(read_only=True)
    verdict = serializers.ChoiceField(source="verdict.verdict", choices=VERDICTS, read_only=True)
    inside_votes_bp = serializers.IntegerField(
        source="verdict.inside_votes_bp", read_only=True, allow_null=True
    )
    share_test = serializers.BooleanField(
        source="verdict.share_test", read_only=True, allow_null=True
    )
    inside_board_bp = serializers.IntegerField(
        source="verdict.inside_board_bp", read_only=True, allow_null=True
    )
    board_test = serializers.BooleanField(
        source="verdict.board_test", read_only=True, allow_null=True
    )
    is_accountable = serializers.BooleanField(read_only=True, allow_null=True)
    votes = HolderVotesOut(many=True, read_only=True)
    board = BoardSeatsOut(many=True, read_only=True)
    covenants = CovenantOut(many=True, read_only=True)
    steps = ChainStepOut(many=True, read_only=True)
    flags = ControlFlagOut(many=True, read_only=True)


class ClassShareOut(serializers.Serializer[Any]):
    """The share of the votes that a class held."""

    kind = serializers.ChoiceField(choices=ClassKind.choices, read_only=True)
    share_bp = serializers.IntegerField(read_only=True)


class ControlPointOut(serializers.Serializer[Any]):
    """One point of the history of control."""

    as_at = serializers.DateField(read_only=True)
    inside_votes_bp = serializers.IntegerField(read_only=True, allow_null=True)
    inside_board_bp = serializers.IntegerField(read_only=True, allow_null=True)
    verdict = serializers.ChoiceField(choices=VERDICTS, read_only=True)
    votes = ClassShareOut(many=True, read_only=True)


class RegisterSharesOut(serializers.Serializer[Any]):
    """Shares of one class; money in pence."""

    share_class = serializers.CharField(read_only=True)
    quantity = serializers.IntegerField(read_only=True)
    paid_pence = serializers.IntegerField(read_only=True)
    unpaid_pence = serializers.IntegerField(read_only=True)
    leaving = serializers.IntegerField(read_only=True)
    repayable_pence = serializers.IntegerField(read_only=True)


class RegisterEntryOut(serializers.Serializer[Any]):
    """A member's lines as every member may read them from home."""

    number = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    member_class = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=MembershipStatus.choices, read_only=True)
    entered_on = serializers.DateField(read_only=True, allow_null=True)
    ceased_on = serializers.DateField(read_only=True, allow_null=True)


class FullRegisterEntryOut(RegisterEntryOut):
    """A member's lines in the register itself."""

    address = serializers.CharField(read_only=True)
    email = serializers.CharField(read_only=True)
    email_use = serializers.CharField(read_only=True)
    shares = RegisterSharesOut(many=True, read_only=True)


class OfficerOut(serializers.Serializer[Any]):
    """Somebody who held an office; `name` empty where it is not recorded."""

    office = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class FullOfficerOut(OfficerOut):
    """Somebody who held an office, with the address for notices."""

    address = serializers.CharField(read_only=True)


class RegisterOut(serializers.Serializer[Any]):
    """A page of the members' copy of the register, with all officers."""

    name = serializers.CharField(read_only=True)
    as_at = serializers.DateField(read_only=True)
    count = serializers.IntegerField(read_only=True)
    results = RegisterEntryOut(many=True, read_only=True)
    officers = OfficerOut(many=True, read_only=True)


class FullRegisterOut(RegisterOut):
    """A page of the register itself, with all officers."""

    results = FullRegisterEntryOut(many=True, read_only=True)
    officers = FullOfficerOut(many=True, read_only=True)


class MembershipEventOut(serializers.Serializer[Any]):
    """Something that happened to a membership."""

    kind = serializers.ChoiceField(choices=EventKind.choices, read_only=True)
    on = serializers.DateField(read_only=True)
    status = serializers.ChoiceField(choices=MembershipStatus.choices, read_only=True)
    branch_name = serializers.CharField(source="branch.name", read_only=True, allow_null=True)
    cease_reason = serializers.ChoiceField(choices=[("", ""), *CeaseReason.choices], read_only=True)
    reference = serializers.CharField(read_only=True)


class MyMembershipOut(serializers.Serializer[Any]):
    """One of the viewer's own memberships; `entry` null for whoever is not on the register."""

    member_class = serializers.CharField(source="membership.member_class.name", read_only=True)
    status = serializers.ChoiceField(
        source="membership.status_on", choices=MembershipStatus.choices, read_only=True
    )
    entry = FullRegisterEntryOut(read_only=True, allow_null=True)
    events = MembershipEventOut(many=True, read_only=True)
