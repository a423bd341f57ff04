"""Worked examples: what is known of real organisations, and the verdict each must get.

Each file of this folder is one story. A record begins where its source does, and a date of which
only the year is known is that year's first day.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Expected:
    """What a statement must say; shares in basis points, None: not recorded."""

    body: str
    as_at: date
    inside_votes_bp: int
    verdict: str
    inside_board_bp: int | None = None
    can_block: tuple[str, ...] = ()
    breached: tuple[str, ...] = ()
    undisclosed: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One story: `bodies` and `relations` as the file has them."""

    title: str
    about: str
    bodies: tuple[dict[str, Any], ...]
    relations: tuple[dict[str, Any], ...]
    expected: tuple[Expected, ...]


def stories() -> list[Story]:
    """Return the stories by the names of their files."""
    return [_story(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _story(path: Path) -> Story:
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Story(
        title=read["story"],
        about=read["about"],
        bodies=tuple(read["bodies"]),
        relations=tuple(read.get("relations", ())),
        expected=tuple(
            Expected(
                **{
                    **row,
                    "can_block": tuple(row.get("can_block", ())),
                    "breached": tuple(row.get("breached", ())),
                }
            )
            for row in read["expected"]
        ),
    )
