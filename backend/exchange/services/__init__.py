"""What changes something through a file: check it, then import it."""

from backend.exchange.services.jobs import ChangedSinceError, apply_import, check_import

__all__ = ["ChangedSinceError", "apply_import", "check_import"]
