"""Stamps: what a folder was made from, so that it is made again only when that changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

NAME = ".roundtable-stamp"


def fingerprint(paths: Iterable[Path], *, besides: frozenset[str] = frozenset()) -> str:
    """Return a hash of the names and contents of files and, with all below them, folders.

    Parameters
    ----------
    besides
        Names of files and folders that do not count, wherever they are.
    """
    digest = hashlib.sha256()
    for path in sorted(file for top in paths for file in _files(top, besides)):
        digest.update(f"{path}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(path: Path, besides: frozenset[str]) -> Iterable[Path]:
    if path.name in besides:
        return
    if path.is_dir():
        for inner in path.iterdir():
            yield from _files(inner, besides)
    elif path.is_file():
        yield path


def read(folder: Path) -> str:
    """Return a folder's stamp; empty when it has none or is not there."""
    try:
        return (folder / NAME).read_text()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def write(folder: Path, stamp: str) -> None:
    """Stamp a folder, as the last thing after it was made."""
    (folder / NAME).write_text(stamp)


def remove(folder: Path) -> None:
    """Take a folder's stamp away, before it is changed: it counts as unfinished until stamped."""
    (folder / NAME).unlink(missing_ok=True)
