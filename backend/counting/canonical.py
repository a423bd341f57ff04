"""The one way to write a value down, so that equal values have equal hashes."""

import hashlib
import json
from collections.abc import Mapping


def canonical(value: object) -> str:
    """Return a value as JSON with sorted keys, no spaces and no escapes but the needful.

    Raises
    ------
    TypeError
        For a number that is not whole: its digits would depend on the machine.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical form in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def chained(previous: str, entry: Mapping[str, object]) -> str:
    """Return the hash that ties an entry of a public log to the one before it.

    The first entry follows 64 zeros.
    """
    return hashlib.sha256((previous + canonical(entry)).encode()).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a result holds whole numbers, words and lists, never floating point")
    if isinstance(value, Mapping):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
