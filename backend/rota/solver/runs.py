"""What may happen to a `SolverRun` row. Every write is one statement on the database's clock."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone

from backend.audit.services import record
from backend.rota.models import RunKind, RunState, SolverRun

GAVE_UP = "solver.gave_up"
"""`last_error` of a run whose solver or worker died too often without progress."""


ERROR_LENGTH = 400


class LeaseLostError(Exception):
    """The run is no longer this worker's: it was too slow, or somebody ended the run."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's hold on a run. Each write goes through it, so a late worker writes nothing."""

    run_id: int
    token: UUID

    def held(self) -> QuerySet[SolverRun]:
        """Return the run while this lease holds; an expired lease finds nothing."""
        return SolverRun.objects.filter(
            pk=self.run_id,
            state=RunState.RUNNING,
            lease_token=self.token,
            lease_until__gte=Now(),
        )

    def write(self, **values: Any) -> None:
        """Store values with the run, if the lease still holds.

        Raises
        ------
        LeaseLostError
            Nothing was written, and nothing more may be.
        """
        if not self.held().update(**values):
            raise LeaseLostError(self.run_id)

    def beat(self, **values: Any) -> SolverRun:
        """Extend the lease, store values, and return the row as it then is."""
        self.write(heartbeat_at=Now(), lease_until=_lease_end(), **values)
        # The large columns stay in the database: only the wish to cancel is of interest here.
        return SolverRun.objects.only("cancelled_at", "keep_best").get(pk=self.run_id)

    def give_back(self) -> None:
        """Let another worker go on: an orderly stop is no death."""
        self.write(
            state=RunState.QUEUED,
            attempts=Greatest(F("attempts") - 1, 0),
            **NO_LEASE,
        )

    def died(self, reason: str) -> None:
        """Note that the solver died: the run may be tried again, but not for ever."""
        reason = reason[:ERROR_LENGTH]
        try:
            _end(self.held().filter(_spent()), RunState.FAILED, last_error=f"{GAVE_UP}: {reason}")
        except LeaseLostError:
            self.write(state=RunState.QUEUED, last_error=reason, **NO_LEASE)

    def end(self, state: RunState, **values: Any) -> None:
        """Bring the run to a final state, with its audit entry, if the lease still holds."""
        _end(self.held(), state, **values)

    def finish(self, **values: Any) -> bool:
        """End the run well, unless it was cancelled meanwhile with nothing to be kept.

        Returns
        -------
        bool
            Whether it is finished; else it is cancelled. Belongs in one transaction with the
            proposal.
        """
        try:
            _end(self.held().exclude(DROPPED), RunState.FINISHED, **values)
        except LeaseLostError:
            _end(self.held(), RunState.CANCELLED)
            return False
        return True

    @contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Beat from a second thread during work in this process that leaves no time for it.

        Not for ever: a worker that hangs there is to lose its run.
        """
        done = threading.Event()
        thread = threading.Thread(target=self._beat_until, args=(done,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _beat_until(self, done: threading.Event) -> None:
        give_up = time.monotonic() + LONGEST_SILENT_WORK
        try:
            while not done.wait(settings.SOLVER_HEARTBEAT_SECONDS):
                if time.monotonic() > give_up:
                    return
                with suppress(LeaseLostError, OperationalError, InterfaceError):
                    self.beat()
        finally:
            connection.close()


DROPPED = Q(cancelled_at__isnull=False, keep_best=False)
"""The runs that were cancelled with nothing to be kept."""

LONGEST_SILENT_WORK = 120.0
"""Seconds for which a lease is kept alive while the worker is busy with something else."""

NO_LEASE: Mapping[str, Any] = {"lease_token": None, "lease_until": None}


def claim(run_id: int) -> Lease | None:
    """Take a run to work on it; None when there is nothing to do or another worker has it."""
    lease = Lease(run_id, uuid4())
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, lease_until__lt=Now())
    claimed = (
        SolverRun.objects.filter(free, pk=run_id)
        .exclude(_spent())
        .update(
            state=RunState.RUNNING,
            attempts=F("attempts") + 1,
            claims=F("claims") + 1,
            lease_token=lease.token,
            lease_until=_lease_end(),
            heartbeat_at=Now(),
            started_at=Coalesce(F("started_at"), Now()),
        )
    )
    return lease if claimed else None


def sweep() -> None:
    """Put runs whose worker fell silent back to be claimed, or end those that died too often.

    Two sweeps at the same time do no harm: each row is moved by one of them.
    """
    expired = Q(state=RunState.RUNNING, lease_until__lt=Now())
    _end_each(SolverRun.objects.filter(expired & DROPPED), RunState.CANCELLED)
    unheld = SolverRun.objects.filter(expired | Q(state=RunState.QUEUED))
    _end_each(unheld.filter(_spent()), RunState.FAILED, last_error=GAVE_UP)
    SolverRun.objects.filter(expired).update(state=RunState.QUEUED, **NO_LEASE)


def waiting() -> dict[int, int]:
    """Return the runs that wait for a worker, with how often each was claimed before.

    A promise waits until nothing else does, and no other promise is being solved.
    """
    rows = SolverRun.objects.filter(state=RunState.QUEUED).order_by("asked_at", "pk")
    promises = Q(kind=RunKind.PROMISE)
    found = dict(rows.exclude(promises).values_list("pk", "claims"))
    if found or SolverRun.objects.filter(promises, state=RunState.RUNNING).exists():
        return found
    return dict(rows.filter(promises).values_list("pk", "claims")[:1])


def somebody_waits() -> bool:
    """Say whether a run that somebody asked for has waited longer than a free worker would let it.

    A promise that is being solved then makes way.
    """
    waited = Now() - timedelta(seconds=settings.SOLVER_RING_AGAIN_SECONDS)
    rows = SolverRun.objects.filter(state=RunState.QUEUED, asked_at__lt=waited)
    return rows.exclude(kind=RunKind.PROMISE).exists()


def _end_each(rows: QuerySet[SolverRun], state: RunState, **values: Any) -> None:
    for run_id in list(rows.values_list("pk", flat=True)):
        # Its worker, or another sweep, may be quicker.
        with suppress(LeaseLostError):
            _end(rows.filter(pk=run_id), state, **values)


@transaction.atomic
def _end(row: QuerySet[SolverRun], state: RunState, **values: Any) -> None:
    found = row.values_list("pk", "rota__branch_id").first()
    if found is None or not row.update(
        state=state, stage="", ended_at=Now(), **{**NO_LEASE, **values}
    ):
        raise LeaseLostError
    run_id, branch_id = found
    record(
        f"run.{state.value}",
        actor=None,
        subject=f"run:{run_id}",
        at=timezone.now(),
        chain=f"branch:{branch_id}",
    )


def _lease_end() -> Combinable:
    return Now() + timedelta(seconds=settings.SOLVER_LEASE_SECONDS)


def _spent() -> Q:
    """Return the runs that may not be claimed again."""
    return Q(attempts__gte=settings.SOLVER_MAX_DEATHS) | Q(claims__gte=settings.SOLVER_MAX_CLAIMS)
