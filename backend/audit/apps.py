"""How Django finds this app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the app."""

    name = "backend.audit"
    label = "audit"
