"""The shape of a warning of the law, wherever one is shown."""

from typing import Any

from rest_framework import serializers


class LawWarningOut(serializers.Serializer[Any]):
    """One warning of the law: the rule's code, what of it, whom it concerns, and its figures.

    Figures are whole minutes, pence or days by name, written as text.
    """

    code = serializers.CharField(read_only=True)
    kind = serializers.CharField(read_only=True)
    carer_id = serializers.IntegerField(read_only=True)
    carer_name = serializers.CharField(read_only=True)
    visit_id = serializers.IntegerField(read_only=True, allow_null=True)
    day = serializers.IntegerField(read_only=True, allow_null=True)
    message = serializers.CharField(read_only=True)
    figures = serializers.DictField(child=serializers.CharField(), read_only=True)
