"""Headers on every answer for which neither Django nor its add-ons have a setting."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

HEADERS = {
    # Nobody else's page may use what we answer, not even as a picture.
    "Cross-Origin-Resource-Policy": "same-origin",
    # What a page of ours may ask of the device; what we never need is shut.
    "Permissions-Policy": (
        "camera=(self), geolocation=(self), accelerometer=(), browsing-topics=(), "
        "display-capture=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
        "usb=()"
    ),
}


class MoreSecurityHeaders(MiddlewareMixin):
    """Adds `HEADERS`."""

    def process_response(
        self,
        request: HttpRequest,  # noqa: ARG002  Django's signature
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """Add what a view has not set itself."""
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
