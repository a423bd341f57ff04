"""How Django finds this app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Names the app."""

    name = "backend.demo"
    label = "demo"
