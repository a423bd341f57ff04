"""What the person at the terminal is told: progress in plain words, seconds, failures."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class FailureError(Exception):
    """Something did not work; the message says what, and what to do, and needs no traceback."""


def say(text: str = "", end: str = "\n") -> None:
    """Print at once, also into a pipe."""
    print(text, end=end, flush=True)


def complain(text: str) -> None:
    """Print to the error output."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done and, at its end, how many seconds it took."""
    say(f"  {words} … ", end="")
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - start:.1f} s")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned columns, indented by two; the last column is not padded."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "\n".join(f"  {line}" for line in lines)
