"""Fictional people, streets and notes; the words are in `names.yaml`."""

from pathlib import Path
from random import Random

import yaml

_WORDS = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))

WOMEN: list[str] = _WORDS["women"]
MEN: list[str] = _WORDS["men"]
SURNAMES: list[str] = _WORDS["surnames"]
STREETS: list[str] = _WORDS["streets"]
AT_THE_DOOR: list[str] = _WORDS["at_the_door"]
CONTINGENCY: list[str] = _WORDS["contingency"]


class NameBook:
    """Gives out full names, none of them twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def name(self, gender: str) -> str:
        """Return a new name for `f`, `m` or `x` (either kind of first name)."""
        while True:
            first = self._rng.choice({"f": WOMEN, "m": MEN}.get(gender, WOMEN + MEN))
            full = f"{first} {self._rng.choice(SURNAMES)}"
            if full not in self._taken:
                self._taken.add(full)
                return full


def address(rng: Random, town: str) -> str:
    """Return a house in a street of a town."""
    flat = f"Flat {rng.randint(1, 24)}, " if rng.random() < 0.18 else ""
    return f"{flat}{rng.randint(1, 140)} {rng.choice(STREETS)}, {town}"
