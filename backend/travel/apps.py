"""How Django finds this app."""

from django.apps import AppConfig


class TravelConfig(AppConfig):
    """Names the app."""

    name = "backend.travel"
    label = "travel"
