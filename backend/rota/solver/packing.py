"""Problems and solutions as compressed JSON, the way they lie in a run's row."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any


def pack(document: object) -> bytes:
    """Return a document compressed; the same document always gives the same bytes."""
    return gzip.compress(_canonical(document), compresslevel=6, mtime=0)


def unpack(packed: bytes | memoryview) -> Any:
    """Return the document that was packed."""
    return json.loads(gzip.decompress(bytes(packed)))


def pack_file(path: Path) -> bytes:
    """Return a JSON file compressed."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


def fingerprint(document: object) -> str:
    """Return the SHA-256 of a document, whatever the order of its fields."""
    return hashlib.sha256(_canonical(document)).hexdigest()


def _canonical(document: object) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
