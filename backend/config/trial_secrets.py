"""Secrets for a trial, made once on this machine and readable by its owner only."""

import base64
import os
import secrets
from pathlib import Path


def trial_secret(folder: Path, name: str) -> str:
    """Return the trial's secret called `name` (32 random bytes in base64), made at first use."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    fresh = base64.b64encode(secrets.token_bytes(32)).decode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(fresh)
    return fresh
