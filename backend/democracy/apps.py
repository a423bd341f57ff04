"""How Django finds this app."""

from django.apps import AppConfig


class DemocracyConfig(AppConfig):
    """Names the app."""

    name = "backend.democracy"
    label = "democracy"
