"""What a client's day of care looks like: which calls, when, how long, what is done."""

from dataclasses import dataclass
from random import Random

from backend.clients.models import Criticality
from backend.demo.figures import Deck, Share

SLOTS = ("morning", "lunch", "tea", "bed")
FLEXIBLE = "flexible"

LENGTHS = {
    "morning": (Share(30, 0.52), Share(45, 0.35), Share(60, 0.13)),
    "lunch": (Share(15, 0.05), Share(30, 0.79), Share(45, 0.12), Share(60, 0.04)),
    "tea": (Share(15, 0.03), Share(30, 0.91), Share(45, 0.06)),
    "bed": (Share(30, 0.92), Share(45, 0.06), Share(60, 0.02)),
    FLEXIBLE: (Share(60, 1.0),),
}
"""By call, such that all together come to PKG-04."""

TASKS = {
    "morning": ("Wash and dress", "Make breakfast", "Prompt to drink", "Check skin", "Make bed"),
    "lunch": ("Heat and serve lunch", "Prompt to drink", "Toilet", "Tidy kitchen"),
    "tea": ("Prepare tea", "Prompt to drink", "Toilet", "Close curtains"),
    "bed": ("Wash and change for bed", "Supper drink", "Settle in bed", "Lock up"),
    FLEXIBLE: ("Shopping", "Laundry", "Change bed linen", "Clean bathroom", "Company and a walk"),
}
SHORT_REASON = "Safe-and-well check within a larger package, by carers the person knows"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A kind of package: its calls each day, on how many days, and how often it is doubled."""

    calls: tuple[str, ...]
    days: int
    double_ups: float


RHYTHMS = (
    Share(Rhythm(SLOTS, 7, 0.30), 0.130),
    Share(Rhythm(("morning", "lunch", "tea"), 7, 0.22), 0.035),
    Share(Rhythm(("morning", "lunch", "bed"), 7, 0.22), 0.020),
    Share(Rhythm(("morning", "bed"), 7, 0.13), 0.050),
    Share(Rhythm(("morning", "tea"), 7, 0.08), 0.025),
    Share(Rhythm(("morning",), 7, 0.03), 0.115),
    Share(Rhythm(("tea",), 7, 0.0), 0.010),
    Share(Rhythm(("bed",), 7, 0.0), 0.020),
    Share(Rhythm((FLEXIBLE,), 2, 0.0), 0.045),
    Share(Rhythm((FLEXIBLE,), 1, 0.0), 0.025),
)
"""PKG-09: one to four calls a day, such that all together come to PKG-05 and PKG-08."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a client's usual day; minutes of the day, window of the start included."""

    slot: str
    target: int
    minutes: int
    earliest: int
    latest: int
    criticality: Criticality
    tasks: tuple[str, ...]


class CallMaker:
    """Makes days of calls in the shares of the tables above."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._lengths = {slot: Deck(rng, table) for slot, table in LENGTHS.items()}

    def day(self, rhythm: Rhythm, *, is_critical: bool) -> tuple[Call, ...]:
        """Return a day's calls in time order, with room between them for a gap of two hours."""
        calls: list[Call] = []
        for slot in rhythm.calls:
            after = calls[-1].target + calls[-1].minutes + 150 if calls else 0
            calls.append(self._call(slot, after, is_critical=is_critical))
        return tuple(calls)

    def _call(self, slot: str, after: int, *, is_critical: bool) -> Call:
        minutes = self._lengths[slot].deal()
        target = max(self._target(slot), -(-after // 15) * 15)
        if slot == FLEXIBLE:
            band = self._rng.choice((60, 90, 120))
            kind = Criticality.FLEXIBLE
        elif is_critical:
            band, kind = 15, Criticality.TIME_CRITICAL
        else:
            band, kind = 30, Criticality.IMPORTANT
        tasks = self._rng.sample(TASKS[slot], 3 if minutes > 15 else 1)
        if is_critical and slot != FLEXIBLE:
            tasks = ["Give medicines from the chart", *tasks]
        return Call(slot, target, minutes, target - band, target + band, kind, tuple(tasks))

    def _target(self, slot: str) -> int:
        rng = self._rng
        if slot == "morning":
            return _quarter(min(640, max(425, rng.gauss(530, 55))))
        if slot == "lunch":
            return _quarter(rng.uniform(700, 820))
        if slot == "tea":
            return _quarter(rng.uniform(965, 1095))
        if slot == "bed":
            return _quarter(rng.uniform(1145, 1305))
        # In the quiet hours between the peaks.
        return _quarter(rng.choice((600, 630, 645, 690, 720, 780, 810, 830)))


def _quarter(minute: float) -> int:
    return 15 * round(minute / 15)
