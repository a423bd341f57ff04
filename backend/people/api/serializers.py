"""Shapes of carers, for the office of their branch."""

from typing import Any

from rest_framework import serializers

from backend.people.models import AbsenceKind, CheckKind, Gender, TravelMode


class ContractOut(serializers.Serializer[Any]):
    """Hours owed and asked, in minutes a week; `ends_before` null: until further notice."""

    guaranteed_minutes = serializers.IntegerField(read_only=True)
    maximum_minutes = serializers.IntegerField(read_only=True)
    max_days = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class CarerRowOut(serializers.Serializer[Any]):
    """A carer in a list."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    external_id = serializers.CharField(read_only=True)
    travel_mode = serializers.ChoiceField(choices=TravelMode.choices, read_only=True)
    starts_on = serializers.DateField(read_only=True, allow_null=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class AvailabilityOut(serializers.Serializer[Any]):
    """A stretch of a weekday (0 is Monday), every week or in one week of a cycle."""

    weekday = serializers.IntegerField(read_only=True)
    from_minute = serializers.IntegerField(read_only=True)
    to_minute = serializers.IntegerField(read_only=True)
    cycle_weeks = serializers.IntegerField(read_only=True)
    cycle_week = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class AbsenceOut(serializers.Serializer[Any]):
    """A time away; `ends_at` null: not known yet."""

    kind = serializers.ChoiceField(choices=AbsenceKind.choices, read_only=True)
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True, allow_null=True)


class HeldSkillOut(serializers.Serializer[Any]):
    """Training; `ends_before` is the first day on which it is out of date."""

    code = serializers.CharField(source="skill.code", read_only=True)
    name = serializers.CharField(source="skill.name", read_only=True)
    completed_on = serializers.DateField(read_only=True, allow_null=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class CheckOut(serializers.Serializer[Any]):
    """A check; `ends_before` is the first day on which it no longer holds."""

    kind = serializers.ChoiceField(choices=CheckKind.choices, read_only=True)
    completed_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class OptOutOut(serializers.Serializer[Any]):
    """A written opt-out from the 48-hour average."""

    signed_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class VisaHoursOut(serializers.Serializer[Any]):
    """The most minutes a week that a visa allows in a period."""

    weekly_minutes = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_before = serializers.DateField(read_only=True, allow_null=True)


class PayRateOut(serializers.Serializer[Any]):
    """Basic pay from a day on, in pence an hour; `mileage_pence` is the refund for a mile."""

    starts_on = serializers.DateField(read_only=True)
    contact_pence = serializers.IntegerField(read_only=True)
    travel_pence = serializers.IntegerField(read_only=True)
    waiting_pence = serializers.IntegerField(read_only=True)
    mileage_pence = serializers.IntegerField(read_only=True)


class CarerOut(CarerRowOut):
    """A carer's page. Absences are those that have not ended.

    Of the health assessment for nights only the day is known.
    """

    branch_id = serializers.IntegerField(read_only=True)
    gender = serializers.ChoiceField(choices=Gender.choices, read_only=True)
    home_postcode = serializers.CharField(read_only=True)
    contracts = ContractOut(many=True, read_only=True)
    availability = AvailabilityOut(many=True, read_only=True)
    absences = AbsenceOut(many=True, read_only=True)
    skills = HeldSkillOut(many=True, read_only=True)
    checks = CheckOut(many=True, read_only=True)
    opt_outs = OptOutOut(many=True, read_only=True)
    born_on = serializers.DateField(read_only=True, allow_null=True)
    is_night_worker = serializers.BooleanField(read_only=True)
    has_night_hazard = serializers.BooleanField(read_only=True)
    night_assessed_on = serializers.DateField(read_only=True, allow_null=True)
    visa_hours = VisaHoursOut(many=True, read_only=True)
    pay_rates = PayRateOut(many=True, read_only=True)
