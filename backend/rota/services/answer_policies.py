"""The answer to one week under two policies: the one that is known, or a new question."""

from datetime import datetime
from typing import Any

from django.conf import settings

from backend.rota.models import Rota, RunKind, RunState, Scenario, SolverRun
from backend.rota.services.new_run import new_run
from backend.rota.solver.packing import fingerprint, pack


def answered_or_asked(
    rota: Rota, present: Any, tried: Any, *, kind: RunKind, now: datetime
) -> Scenario:
    """Return the scenario of two problems of a week, asked anew where it is not known or failed.

    Belongs in a transaction. Nobody is named in the runs: who tried what is in `PolicyTry` alone.

    Parameters
    ----------
    present, tried
        `rota-problem/1` documents.
    kind
        Of the runs, where they are new: `WHAT_IF` for somebody who waits, else `PROMISE`.
    """
    key = fingerprint([present, tried])
    known = Scenario.objects.select_for_update().filter(try_key=key).first()
    if known is not None:
        states = {known.present.state, known.tried.state}
        if not states & {RunState.FAILED, RunState.CANCELLED}:
            if kind == RunKind.WHAT_IF:
                _have_waited_for(known)
            return known
        # What failed is kept for those who asked it, but is an answer to nobody else.
        known.try_key = fingerprint([key, known.pk])
        known.save(update_fields=["try_key"])
    runs = [
        new_run(
            rota,
            kind,
            seconds=settings.POLICY_TRY_SECONDS,
            actor=None,
            now=now,
            problem=pack(document),
            problem_hash=fingerprint(document),
        )
        for document in (present, tried)
    ]
    return Scenario.objects.create(
        rota=rota,
        change={"weights": {}, "limits": {}, "more_carers": None},
        present=runs[0],
        tried=runs[1],
        asked_by=None,
        asked_at=now,
        try_key=key,
    )


def _have_waited_for(scenario: Scenario) -> None:
    """Have the runs of a promise that somebody tries meanwhile wait like all others."""
    sides = (scenario.present_id, scenario.tried_id)
    SolverRun.objects.filter(pk__in=sides, kind=RunKind.PROMISE, state=RunState.QUEUED).update(
        kind=RunKind.WHAT_IF
    )
