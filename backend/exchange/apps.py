"""How Django finds this app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Names the app."""

    name = "backend.exchange"
    label = "exchange"
