"""`./roundtable count FILE`: count a file of papers or cases and print the result as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.counting.blt import first_sign, read_blt
from backend.counting.cases import Kind, count_cases
from backend.counting.fields import read_json
from backend.counting.input_error import InputError
from backend.counting.stv_report import stv_report

LARGEST_FILE = 64 * 1024 * 1024


def main(words: Sequence[str], *, folder: Path, more_kinds: Sequence[Kind] = ()) -> int:
    """Count the file that the words name, seen from a folder; 2 if it cannot be counted."""
    parser = _parser()
    given = parser.parse_args(words)
    if (given.lots is None) != (given.election is None):
        parser.error("--lots and --election belong together: lots are drawn from both")
    try:
        result = count_file(
            folder / given.file,
            seed=given.lots,
            election=given.election or "",
            more_kinds=more_kinds,
        )
    except InputError as error:
        sys.stderr.write(f"{given.file}: {error}\n")
        return 2
    json.dump(result, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./roundtable count",
        description="Count ranked papers (BLT) or cases of a vote (JSON), and print the result.",
        allow_abbrev=False,
    )
    parser.add_argument("file", help="papers or cases; what it is, is seen from what is in it")
    parser.add_argument("--lots", metavar="SEED", help="draw lots by the published seed")
    parser.add_argument("--election", metavar="ID", help="the election whose seed it is")
    return parser


def count_file(
    path: Path, *, seed: str | None = None, election: str = "", more_kinds: Sequence[Kind] = ()
) -> object:
    """Return the result of a file.

    Raises
    ------
    InputError
        It cannot be read, or a line or path of it cannot be counted.
    """
    text = _read(path)
    first = first_sign(text)
    if first.isdigit():
        return stv_report(read_blt(text), seed=seed, election=election)
    if first in ("{", "["):
        return count_cases(read_json(text), more_kinds)
    if not first:
        raise InputError("", "the file is empty")
    raise InputError(
        "", "this is neither a BLT file, which begins with two numbers, nor JSON, with { or ["
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("", f"the file has more than {LARGEST_FILE >> 20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise InputError("", f"cannot be read: {error.strerror}") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Older programs wrote names so; it decodes anything, and numbers are the same in both.
        return content.decode("latin-1")
