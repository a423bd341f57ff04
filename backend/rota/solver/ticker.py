"""One tick: sweep runs whose worker fell silent, open stages, ring for work that waits."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from backend.core.ticks import tick_all
from backend.rota.models import GroupRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.advance_group import advance_group
from backend.rota.services.note_policy_weeks import note_policy_weeks
from backend.rota.solver.bell import ring, ring_for_outcomes, ring_for_policy_week
from backend.rota.solver.outcome_work import outcomes_waiting
from backend.rota.solver.policy_weeks import policy_weeks_waiting
from backend.rota.solver.runs import sweep, waiting

NOTE_SECONDS = 300.0
"""How often it is asked whether a week of a policy is over: that changes once a day."""


@dataclass(slots=True)
class _Bell:
    """When something that waits is rung for next, and how long to wait after that."""

    due_at: float
    pause: float


@dataclass(slots=True)
class Bells:
    """Remembers when it rang for what, so that a long queue is not flooded with messages.

    What it remembers is for courtesy only: two tickers, or one that starts anew, do no harm.
    """

    rings: Callable[[int], bool]
    clock: Callable[[], float]
    _bells: dict[tuple[int, int], _Bell] = field(default_factory=dict)

    def ring_for(self, waiting: Mapping[int, int]) -> None:
        """Ring for what waits: its key, with how often it was claimed before."""
        self._bells = {key: bell for key, bell in self._bells.items() if key in waiting.items()}
        for key, claims in waiting.items():
            self._ring_if_due(key, claims)

    def _ring_if_due(self, key: int, claims: int) -> None:
        now, first_pause = self.clock(), settings.SOLVER_RING_AGAIN_SECONDS
        # Whoever asked for new work rings; work that comes back has nobody but us.
        fresh = _Bell(now + first_pause if claims == 0 else now, first_pause)
        bell = self._bells.setdefault((key, claims), fresh)
        if now < bell.due_at:
            return
        self.rings(key)
        bell.due_at = now + bell.pause
        bell.pause = min(bell.pause * 2, settings.SOLVER_RING_SLOWEST_SECONDS)


@dataclass(slots=True)
class Ticker:
    """Rings for runs, wishes of publications and weeks of policies that wait for a worker."""

    rings: Callable[[int], bool] = ring
    rings_for_outcomes: Callable[[int], bool] = ring_for_outcomes
    rings_for_policy_weeks: Callable[[int], bool] = ring_for_policy_week
    clock: Callable[[], float] = time.monotonic
    _runs: Bells = field(init=False)
    _outcomes: Bells = field(init=False)
    _policy_weeks: Bells = field(init=False)
    _note_at: float = 0.0

    def __post_init__(self) -> None:
        self._runs = Bells(self.rings, self.clock)
        self._outcomes = Bells(self.rings_for_outcomes, self.clock)
        self._policy_weeks = Bells(self.rings_for_policy_weeks, self.clock)

    def tick(self) -> None:
        """Sweep and ring. Raises Django's database errors; the next tick may do better."""
        sweep()
        # Whoever ended a stage's last part may have died before the next was opened.
        for group in GroupRun.objects.filter(state__in=OPEN_STATES).order_by("pk"):
            advance_group(group_run_id=group.pk, now=timezone.now())
        self._runs.ring_for(waiting())
        self._outcomes.ring_for(outcomes_waiting())
        if self.clock() >= self._note_at:
            note_policy_weeks(now=timezone.now())
            self._note_at = self.clock() + NOTE_SECONDS
        self._policy_weeks.ring_for(policy_weeks_waiting())
        tick_all()
