"""What every page of the server's own has: who may see it, and what a browser may do with it."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]

SIGN_IN = "sign_in_page"


def page(*methods: str) -> Callable[[View], View]:
    """Make a view a page that no cache keeps, that runs no script, and takes these methods."""

    def decorate(view: View) -> View:
        @wraps(view)
        def with_headers(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            answer = view(request, *args, **kwargs)
            answer.headers["Cache-Control"] = "no-store"
            # Without it a browser sends its form as from nowhere, and the check against foreign
            # forms (CSRF) refuses it. Other sites are still told nothing.
            answer.headers["Referrer-Policy"] = "same-origin"
            return answer

        strict = csp_replace({"script-src": [NONE], "style-src": [SELF], "connect-src": [NONE]})
        # Should a view fail, the report must not hold what was in the form.
        quiet = sensitive_post_parameters()
        allowed: View = require_http_methods([*methods, "HEAD"])(quiet(strict(with_headers)))
        return allowed

    return decorate


def private_page(*methods: str) -> Callable[[View], View]:
    """Make a view a page for people who are signed in; others sign in first and come back."""

    def decorate(view: View) -> View:
        @wraps(view)
        def for_signed_in(request: HttpRequest, *args: object, **parts: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                # A form that was sent is lost, so one comes back to the page by its address.
                way_back = urlencode({"next": request.path})
                return HttpResponseRedirect(f"{resolve_url(SIGN_IN)}?{way_back}")
            return view(request, *args, **parts)

        return page(*methods)(for_signed_in)

    return decorate
