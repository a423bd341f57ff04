"""One tick: sweep runs whose worker fell silent, open stages, ring for runs that wait."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from backend.core.ticks import tick_all
from backend.rota.models import GroupRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.services.advance_group import advance_group
from backend.rota.solver.bell import ring
from backend.rota.solver.runs import sweep, waiting


@dataclass(slots=True)
class _Bell:
    """When a waiting run is rung next, and how long to wait after that."""

    due_at: float
    pause: float


@dataclass(slots=True)
class Ticker:
    """Remembers when it rang for whom, so that a long queue is not flooded with messages.

    What it remembers is for courtesy only: two tickers, or one that starts anew, do no harm.
    """

    rings: Callable[[int], bool] = ring
    clock: Callable[[], float] = time.monotonic
    _bells: dict[tuple[int, int], _Bell] = field(default_factory=dict)

    def tick(self) -> None:
        """Sweep and ring. Raises Django's database errors; the next tick may do better."""
        sweep()
        # Whoever ended a stage's last part may have died before the next was opened.
        for group in GroupRun.objects.filter(state__in=OPEN_STATES).order_by("pk"):
            advance_group(group_run_id=group.pk, now=timezone.now())
        runs = waiting()
        self._bells = {key: bell for key, bell in self._bells.items() if key in runs.items()}
        for run_id, claims in runs.items():
            self._ring_if_due(run_id, claims)
        tick_all()

    def _ring_if_due(self, run_id: int, claims: int) -> None:
        now, first_pause = self.clock(), settings.SOLVER_RING_AGAIN_SECONDS
        # Whoever asked for a new run rings; one that comes back has nobody but us.
        fresh = _Bell(now + first_pause if claims == 0 else now, first_pause)
        bell = self._bells.setdefault((run_id, claims), fresh)
        if now < bell.due_at:
            return
        self.rings(run_id)
        bell.due_at = now + bell.pause
        bell.pause = min(bell.pause * 2, settings.SOLVER_RING_SLOWEST_SECONDS)
