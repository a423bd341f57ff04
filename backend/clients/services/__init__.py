"""Everything that changes a client, their key-safe code or their packages."""

from backend.clients.services.change_line import (
    LineChange,
    LineNotInForceError,
    LineReplacedError,
    change_package_line,
)
from backend.clients.services.confirm_pin import confirm_pin
from backend.clients.services.end_package import end_package
from backend.clients.services.key_safe import (
    NoKeySafeError,
    TooManyRevealsError,
    open_key_safe,
    reveal_key_safe_code,
    set_key_safe_code,
)
from backend.clients.services.short_visits import ShortVisitError, check_short_visit
from backend.clients.services.suspend_package import OverlappingSuspensionError, suspend_package

__all__ = [
    "LineChange",
    "LineNotInForceError",
    "LineReplacedError",
    "NoKeySafeError",
    "OverlappingSuspensionError",
    "ShortVisitError",
    "TooManyRevealsError",
    "change_package_line",
    "check_short_visit",
    "confirm_pin",
    "end_package",
    "open_key_safe",
    "reveal_key_safe_code",
    "set_key_safe_code",
    "suspend_package",
]
