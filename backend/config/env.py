"""Typed readers of the environment. Production refuses to start without its secrets."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str | None = None) -> str:
    """Return a setting as text; without a default it must be there and not empty."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        message = f"{name} must be set; see deploy/env.example"
        raise ImproperlyConfigured(message)
    return default


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list."""
    return _split(os.environ.get(name, default))


def needed_words(name: str) -> list[str]:
    """Return a comma-separated setting as a list; it must be there and not empty."""
    return _split(text(name))


def whole(name: str, default: int) -> int:
    """Return a whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        message = f"{name} must be a whole number, not {value!r}"
        raise ImproperlyConfigured(message) from error


def address(name: str) -> str:
    """Return the address of another service, such as http://localhost:8002; empty for none."""
    value = text(name, "")
    return _checked_address(name, value) if value else ""


def addresses(name: str) -> dict[str, str]:
    """Return addresses by word, such as car=http://localhost:5000,walk=http://localhost:5001."""
    pairs = [word.partition("=")[::2] for word in words(name)]
    return {key.strip(): _checked_address(name, value.strip()) for key, value in pairs}


def folder(name: str, default: Path) -> Path:
    """Return a folder, made if it is missing."""
    path = Path(os.environ.get(name, "").strip() or default)
    path.mkdir(parents=True, exist_ok=True)
    return path


def _checked_address(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        is_plain = not (parts.query or parts.fragment or parts.username or parts.password)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and is_plain
        fits = fits and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits:
        message = f"{name} must hold addresses like http://localhost:5000; see deploy/env.example"
        raise ImproperlyConfigured(message)
    return value.rstrip("/")


def _split(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]
