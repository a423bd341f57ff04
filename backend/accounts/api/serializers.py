"""Shapes of sessions."""

from typing import Any

from rest_framework import serializers

from backend.accounts.models import Role
from backend.accounts.passwords import LONGEST_PASSWORD


class SignInIn(serializers.Serializer[Any]):
    """What somebody types to sign in."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=LONGEST_PASSWORD, trim_whitespace=False)


class HeldRoleOut(serializers.Serializer[Any]):
    """One role; `branch_id` is null for a role held for the whole organisation."""

    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    branch_id = serializers.IntegerField(read_only=True, allow_null=True)
    branch_name = serializers.CharField(read_only=True, allow_null=True)


class UsersOrganisationOut(serializers.Serializer[Any]):
    """The organisation somebody belongs to."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class SignedInUserOut(serializers.Serializer[Any]):
    """Who is signed in, and what they are to the co-operative."""

    id = serializers.IntegerField(read_only=True)
    username = serializers.CharField(read_only=True)
    display_name = serializers.CharField(read_only=True)
    organisation = UsersOrganisationOut(read_only=True, allow_null=True)
    roles = HeldRoleOut(many=True, read_only=True)
    carer_id = serializers.IntegerField(read_only=True, allow_null=True)


class ProductOut(serializers.Serializer[Any]):
    """What is running here; `trial` says that the data are made up."""

    version = serializers.CharField(read_only=True)
    trial = serializers.BooleanField(read_only=True)


class SessionOut(serializers.Serializer[Any]):
    """A session; `user` is null before signing in."""

    user = SignedInUserOut(read_only=True, allow_null=True)
    product = ProductOut(read_only=True)
