"""Continuity of care: how few different carers a client meets, by the usual measures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

CONTINUITY_DAYS = 28
"""The period over which people count how many different carers a client meets."""

PAIR = 2


@dataclass(frozen=True, slots=True)
class ContinuityFigures:
    """Figures of one client over a period; for a double-up each carer's attendance counts.

    Attributes
    ----------
    visits, carers
        Carer-visits, and how many different carers made them.
    usual_carer_share
        Part of the visits by the carer who came most (UPC); None without visits.
    index
        Bice-Boxerman index (COC), 0 to 1; None below two visits, where it is not defined.
    """

    visits: int
    carers: int
    usual_carer_share: float | None
    index: float | None


def continuity_of(carers: Iterable[int]) -> ContinuityFigures:
    """Return the figures of a client who was visited by these carers, one for each attendance."""
    counts = Counter(carers)
    total = counts.total()
    pairs = total * (total - 1)
    return ContinuityFigures(
        visits=total,
        carers=len(counts),
        usual_carer_share=max(counts.values()) / total if total else None,
        index=(sum(n * n for n in counts.values()) - total) / pairs if total >= PAIR else None,
    )
