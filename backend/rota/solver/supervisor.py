"""Watches over one solver child: heartbeat, checkpoints, cancellation, time. Computes nothing."""

import enum
import logging
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from backend.rota.models import SolverRun
from backend.rota.solver.child import Child
from backend.rota.solver.packing import pack_file
from backend.rota.solver.report import Report
from backend.rota.solver.runs import Lease, somebody_waits

STOP_ASKED = threading.Event()
"""Set when this worker is asked to stop: what is under way is saved and given back."""

POLL_SECONDS = 0.2
REPORT_SECONDS = 1.0
# A worker that is to stop has little time itself, and the last checkpoint is at most a second old.
GIVE_BACK_SECONDS = 1.0
LEAVE_SECONDS = 5.0
UNFIT_CODE = 2

logger = logging.getLogger(__name__)


class Ending(enum.Enum):
    """How the watch over a child ended."""

    DONE = "the solver is through, or what it had was enough"
    STOPPED = "the worker is to stop, or is needed more elsewhere"
    DROPPED = "the run was cancelled and nothing is to be kept"
    UNFIT = "the solver refused the problem"
    DIED = "the solver died or hung"


class Supervisor:
    """Keeps the lease of a run while its child computes."""

    def __init__(
        self,
        lease: Lease,
        child: Child,
        report: Report,
        *,
        checkpoint: Path,
        seconds: float,
        makes_way: bool = False,
    ) -> None:
        """Take what is to be watched; `makes_way` says that the run gives in to all others."""
        self._lease = lease
        self._child = child
        self._report = report
        self._checkpoint = checkpoint
        self._seconds = seconds
        self._makes_way = makes_way
        self._beaten_at = 0.0
        self._stop_by: float | None = None
        self._ending = Ending.DIED

    def watch(self) -> Ending:
        """Watch until the child has ended, one way or the other; it never outlives this call.

        Raises
        ------
        LeaseLostError
            The run is no longer this worker's.
        """
        try:
            while self._goes_on():
                lines = self._child.lines(POLL_SECONDS)
                if lines is None:
                    return self._judge(self._child.end(grace=LEAVE_SECONDS))
                for line in lines:
                    self._report.take(line)
                self._beat_if_due()
            self._child.end()
            self._beat()
            return self._ending
        finally:
            self._child.end()

    def _goes_on(self) -> bool:
        """Ask the child to stop when that is wanted; say whether to wait for it any longer."""
        if STOP_ASKED.is_set():
            self._ask_to_stop(Ending.STOPPED, GIVE_BACK_SECONDS)
        if self._child.elapsed > self._seconds + settings.SOLVER_OVERTIME_SECONDS:
            self._ending = Ending.DONE
            return False
        if self._ending is Ending.DROPPED:
            return False
        if self._stop_by is not None:
            return time.monotonic() < self._stop_by
        return self._child.silent_for < settings.SOLVER_SILENCE_SECONDS

    def _ask_to_stop(self, ending: Ending, patience: float) -> None:
        if self._ending is not Ending.STOPPED and self._ending is not ending:
            self._ending, self._stop_by = ending, time.monotonic() + patience
            self._child.ask_to_stop()

    def _beat_if_due(self) -> None:
        ago = time.monotonic() - self._beaten_at
        due = REPORT_SECONDS if self._report.is_news else settings.SOLVER_HEARTBEAT_SECONDS
        if ago < min(due, settings.SOLVER_HEARTBEAT_SECONDS):
            return
        try:
            self._heed(self._beat())
            if self._makes_way and somebody_waits():
                self._ask_to_stop(Ending.STOPPED, GIVE_BACK_SECONDS)
        except (OperationalError, InterfaceError):
            # The database is away. If it stays away the lease runs out, and that ends the watch.
            logger.warning("run %s could not be reported", self._lease.run_id)
            connection.close()
            self._beaten_at = time.monotonic()

    def _beat(self) -> SolverRun:
        values = self._report.values()
        if self._report.has_checkpoint:
            # In one statement with its cost. A better plan is progress: deaths before it are
            # forgiven.
            plan = pack_file(self._checkpoint)
            values.update(checkpoint=plan, checkpoint_cost=values["best_cost"], attempts=0)
        row = self._lease.beat(**values)
        self._report.stored()
        self._beaten_at = time.monotonic()
        return row

    def _heed(self, row: SolverRun) -> None:
        if row.cancelled_at is None:
            return
        if row.keep_best:
            self._ask_to_stop(Ending.DONE, settings.SOLVER_STOP_SECONDS)
        else:
            self._ending = Ending.DROPPED

    def _judge(self, code: int) -> Ending:
        """Say how a child ended that went by itself."""
        self._beat()
        if code == 0 and self._ending is not Ending.STOPPED:
            return Ending.DONE
        if code == UNFIT_CODE:
            return Ending.UNFIT
        return self._ending
