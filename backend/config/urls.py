"""All addresses of the web server."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from backend.config.frontend import carer_page, no_operation, office_page

API_APPS = (
    "core",
    "accounts",
    "organisation",
    "people",
    "clients",
    "commitments",
    "rota",
    "membership",
    "democracy",
    "exchange",
)
PAGE_APPS = ("accounts", "democracy")

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("api/", include(f"backend.{app}.api.urls")) for app in API_APPS),
    re_path(r"^api(?:/|$)", no_operation),
    *(path("", include(f"backend.{app}.pages.urls")) for app in PAGE_APPS),
    re_path(r"^carer(?:/|$)", carer_page),
    # Whitenoise has answered already for every file that is there.
    re_path(r"^(?!static/)", office_page),
]
