"""How Django finds this app."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Names the app."""

    name = "backend.clients"
    label = "clients"
