"""How large a file may be: whatever it holds, refusing it takes neither long nor much memory.

A group of six branches with 26,000 visits has 8 million bytes, 40,000 objects, 75,000 lists and
half a million values. What is allowed here is several times that, and still fits into 512 MB:
once as bytes, once as text (four bytes a character at worst), and once as Python's objects, of
which an object or a list takes some 250 bytes and any other value some 80.
"""

import zlib
from pathlib import Path
from typing import Final

from scheduler.model import ProblemError

MOST_BYTES: Final = 32_000_000
MOST_CONTAINERS: Final = 400_000
MOST_VALUES: Final = 2_000_000
MOST_ROWS: Final = 200_000
"""In any list."""
MOST_IN_A_ROW: Final = 10_000
"""In a list that belongs to one carer, client or visit."""
LONGEST_TEXT: Final = 500
LARGEST_WHOLE: Final = 1_000_000
"""Minutes and counts; a week has 10,080 minutes."""
LARGEST_NUMBER: Final = 1e9
"""Metres, speeds, weights."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_SHOWN: Final = 60


def read_bytes(path: Path) -> bytes:
    """Return what a file holds, up to what is allowed; raises `ProblemError` beyond."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    _check_size(data)
    return data


def unpacked(data: bytes) -> bytes:
    """Return what compressed data holds. However well it is packed, it is unpacked no further.

    Raises
    ------
    ProblemError
        It holds more than is allowed.
    zlib.error, EOFError
        It is damaged, or cut off.
    """
    found = bytearray()
    while data:
        one = zlib.decompressobj(_GZIP)
        found += one.decompress(data, MOST_BYTES + 1 - len(found))
        _check_size(found)
        if not one.eof:
            raise EOFError("the compressed data ends too early")
        # Programs may write several pieces one after the other, and fill up with zeros.
        data = one.unused_data.lstrip(b"\0")
    return bytes(found)


def check_structure(data: bytes) -> None:
    """Refuse a document of too many parts before any of them is made."""
    if data.count(b"{") + data.count(b"[") > MOST_CONTAINERS:
        raise ProblemError("", f"has more than {MOST_CONTAINERS:,} objects and lists")
    if data.count(b",") + data.count(b":") > MOST_VALUES:
        raise ProblemError("", f"has more than {MOST_VALUES:,} values")


def shown(text: str) -> str:
    """Return a text for a complaint, which somebody else chose and which may be endless."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _check_size(data: bytes | bytearray) -> None:
    if len(data) > MOST_BYTES:
        raise ProblemError("", f"has more than {MOST_BYTES:,} bytes")
