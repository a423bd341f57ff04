"""How Django finds this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app."""

    name = "backend.people"
    label = "people"
