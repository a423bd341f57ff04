"""How Django finds this app."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Names the app."""

    name = "backend.commitments"
    label = "commitments"
