"""How Django finds this app."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Names the app."""

    name = "backend.membership"
    label = "membership"
