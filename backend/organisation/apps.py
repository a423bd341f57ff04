"""How Django finds this app."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Names the app."""

    name = "backend.organisation"
    label = "organisation"
