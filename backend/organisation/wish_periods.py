"""The four weeks for which members place points on wishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backend.core.periods import WEEK_DAYS, Week

WISH_PERIOD_WEEKS: Final = 4
WISH_PERIOD_DAYS: Final = WISH_PERIOD_WEEKS * WEEK_DAYS


@dataclass(frozen=True, slots=True)
class WishPeriod:
    """Four weeks from a Monday; points do not outlive them."""

    starts_on: date

    @property
    def ends_before(self) -> date:
        """The Monday after."""
        return self.starts_on + timedelta(days=WISH_PERIOD_DAYS)

    def holds(self, on: date) -> bool:
        """Say whether a date lies in it."""
        return self.starts_on <= on < self.ends_before

    def weeks(self) -> Iterator[Week]:
        """Yield the four weeks in order."""
        for number in range(WISH_PERIOD_WEEKS):
            yield Week(self.starts_on + timedelta(days=number * WEEK_DAYS))
