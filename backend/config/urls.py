"""All addresses of the web server."""

from django.urls import URLPattern, URLResolver, include, path

API_APPS = ("accounts", "organisation", "people", "clients", "commitments", "rota", "exchange")

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include(f"backend.{app}.api.urls")) for app in API_APPS
]
