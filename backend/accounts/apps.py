"""How Django finds this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app."""

    name = "backend.accounts"
    label = "accounts"
