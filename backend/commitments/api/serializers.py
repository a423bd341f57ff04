"""Shapes of the figures of a week. All hours are in minutes."""

from typing import Any

from rest_framework import serializers

from backend.clients.models import FunderKind


class BranchNameOut(serializers.Serializer[Any]):
    """A branch by name."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class FunderCommitmentOut(serializers.Serializer[Any]):
    """What one funder's packages ask for."""

    funder_id = serializers.IntegerField(source="funder.pk", read_only=True)
    name = serializers.CharField(source="funder.name", read_only=True)
    kind = serializers.ChoiceField(source="funder.kind", choices=FunderKind.choices, read_only=True)
    carer_minutes = serializers.IntegerField(read_only=True)
    visits = serializers.IntegerField(read_only=True)
    clients = serializers.IntegerField(read_only=True)
    packages = serializers.IntegerField(read_only=True)


class OwedOut(serializers.Serializer[Any]):
    """Care owed; `carer_` figures count both carers of a double-up. Funders largest first."""

    minutes = serializers.IntegerField(read_only=True)
    visits = serializers.IntegerField(read_only=True)
    carer_minutes = serializers.IntegerField(read_only=True)
    carer_visits = serializers.IntegerField(read_only=True)
    clients = serializers.IntegerField(read_only=True)
    by_funder = FunderCommitmentOut(many=True, read_only=True)


class GuaranteeOut(serializers.Serializer[Any]):
    """Hours guaranteed to carers, and what they can give."""

    minutes = serializers.IntegerField(read_only=True)
    carers = serializers.IntegerField(read_only=True)
    available_minutes = serializers.IntegerField(read_only=True)
    maximum_minutes = serializers.IntegerField(read_only=True)


class GapOut(serializers.Serializer[Any]):
    """Care owed less hours guaranteed; above zero, more is owed than guaranteed."""

    minutes = serializers.IntegerField(source="gap_minutes", read_only=True)


class CommitmentFiguresOut(serializers.Serializer[Any]):
    """Hours owed, hours guaranteed and the gap; what is suspended is not owed."""

    owed = OwedOut(read_only=True)
    guaranteed = GuaranteeOut(read_only=True)
    gap = GapOut(source="*", read_only=True)
    suspended_minutes = serializers.IntegerField(read_only=True)


class BranchFiguresOut(CommitmentFiguresOut):
    """The figures of one branch."""

    branch = BranchNameOut(read_only=True)


class BranchCommitmentsOut(BranchFiguresOut):
    """The figures of one branch in one week."""

    week = serializers.DateField(read_only=True)


class OrganisationCommitmentsOut(serializers.Serializer[Any]):
    """The figures of all branches together, and of each by name."""

    week = serializers.DateField(read_only=True)
    total = CommitmentFiguresOut(read_only=True)
    branches = BranchFiguresOut(many=True, read_only=True)


class LineCommitmentOut(serializers.Serializer[Any]):
    """One line's visits of the week."""

    line_id = serializers.IntegerField(read_only=True)
    weekday = serializers.IntegerField(read_only=True)
    target_minute = serializers.IntegerField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    carers_required = serializers.IntegerField(read_only=True)
    dates = serializers.ListField(child=serializers.DateField(), read_only=True)


class PackageCommitmentOut(serializers.Serializer[Any]):
    """What one package asks for; lines in the order of the week."""

    package_id = serializers.IntegerField(source="package.pk", read_only=True)
    client_id = serializers.IntegerField(source="package.client_id", read_only=True)
    client_name = serializers.CharField(source="package.client.name", read_only=True)
    funder_name = serializers.CharField(source="package.funder.name", read_only=True)
    carer_minutes = serializers.IntegerField(read_only=True)
    visits = serializers.IntegerField(read_only=True)
    double_ups = serializers.IntegerField(read_only=True)
    lines = LineCommitmentOut(many=True, read_only=True)
