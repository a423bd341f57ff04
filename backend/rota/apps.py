"""How Django finds this app."""

from django.apps import AppConfig


class RotaConfig(AppConfig):
    """Names the app."""

    name = "backend.rota"
    label = "rota"
