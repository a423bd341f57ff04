"""How Django finds this app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Names the app."""

    name = "backend.core"
    label = "core"
