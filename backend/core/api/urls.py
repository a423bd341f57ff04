"""Addresses of this app, under /api/."""

from django.urls import path

from backend.core.api.health import Health

urlpatterns = [path("health", Health.as_view())]
