"""How bold the search is: hot at first, when much worse weeks are accepted, cold at the end."""

from dataclasses import dataclass
from typing import Final

from scheduler.units import Points


@dataclass(frozen=True, slots=True)
class Annealing:
    """A temperature, in points, that falls by the same factor in equal times."""

    hot: Points
    cold: Points

    def temperature(self, done: float) -> Points:
        """Return the temperature when this share of the run, 0 to 1, is done."""
        # Rounded, so that the last bits of a power cannot differ between machines.
        falling: float = (self.cold / self.hot) ** min(1.0, max(0.0, done))
        return round(self.hot * falling, 6)


FROM_NOTHING: Final = Annealing(hot=100.0, cold=2.0)
# A week that is given is worth keeping: hotter, its good parts would be lost before they count.
FROM_A_START: Final = Annealing(hot=10.0, cold=1.5)
