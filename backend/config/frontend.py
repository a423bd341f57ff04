"""Serve the built front end: two pages here, and their files under /static/ by whitenoise."""

from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

OFFICE_PAGE = "index.html"
CARER_PAGE = "carer.html"
NOT_BUILT = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Roundtable is not ready yet</title></head>
<body>
<h1>Roundtable is not ready yet</h1>
<p>The server runs, but its pages have not been built on this machine.</p>
<p>Whoever looks after the server can build them with <code>./roundtable setup</code>
and then load this page again.</p>
</body>
</html>
"""


@require_safe
def office_page(_request: HttpRequest) -> HttpResponse:
    """Answer with the office's page; what the address means is decided in the browser."""
    return _page(OFFICE_PAGE)


@require_safe
# Only the office's component library needs styles inside the page.
@csp_replace({"style-src": [SELF]})
def carer_page(_request: HttpRequest) -> HttpResponse:
    """Answer with the carer's page for the phone."""
    return _page(CARER_PAGE)


def no_operation(_request: HttpRequest) -> JsonResponse:
    """Answer 404 to an address under /api/ that is none, rather than with a page."""
    error = {"code": "not_found", "detail": "There is no such address.", "attr": None}
    return JsonResponse({"type": "client_error", "errors": [error]}, status=404)


def _page(name: str) -> HttpResponse:
    path = Path(settings.FRONTEND_DIST) / name
    # A page names its scripts by their hash: a stale one would ask for files that are gone.
    fresh = {"Cache-Control": "no-cache"}
    if not path.is_file():
        return HttpResponse(NOT_BUILT, status=503, headers=fresh)
    return HttpResponse(path.read_bytes(), headers=fresh)
