"""Up to which sizes each way of bounding a week pays, in visits; see docs/benchmarks.md."""

from typing import Final

LARGEST_WHOLE_WEEK: Final = 130
"""The whole week at once; beyond, it finds nothing in a minute."""
LARGEST_DAYS: Final = 270
"""Each day exactly: `days_apart`."""
LARGEST_RELAXED_WEEK: Final = 1_000
"""Laid out in memory, which grows with the square of a day."""
