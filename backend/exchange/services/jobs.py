"""Check a file and keep it sealed; import it when somebody says so."""

import base64
import hashlib
from datetime import datetime

from django.db import transaction

from backend.accounts.models import User
from backend.audit.services import record
from backend.core.errors import RefusalError
from backend.core.sealing import seal, unseal
from backend.exchange.apply import HasProblemsError, apply_plan
from backend.exchange.models import ImportJob
from backend.exchange.plan import Plan, Scope, plan_import
from backend.exchange.problems import UnreadableFileError
from backend.exchange.reading import read_bytes
from backend.exchange.selectors import imports_for, scope_for
from backend.organisation.models import Organisation

TABLE, COLUMN = "exchange_importjob", "sealed"
MOST_PROBLEMS = 1000
"""The most problems that are listed; `counts` says how many there are."""


class ChangedSinceError(RefusalError):
    """The data has changed since the dry run: importing now would do something else."""

    code = "exchange.changed_since"


def check_import(
    *, content: bytes, file_name: str, branch_id: int | None, actor: User, now: datetime
) -> ImportJob:
    """Say what importing a file would do, without doing it, and keep the file for that.

    Raises
    ------
    Branch.DoesNotExist
        The actor may not import there; see `scope_for`.
    """
    scope = scope_for(actor, branch_id)
    plan = _plan(content, scope)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        job = ImportJob.objects.create(
            organisation=scope.organisation,
            branch=scope.branch,
            file_name=file_name[:200],
            content_hash=digest,
            asked_by=actor,
            asked_at=now,
            counts={**plan.counts(), "problems": len(plan.problems)},
            problems=[problem.as_dict() for problem in plan.problems[:MOST_PROBLEMS]],
            fingerprint=plan.fingerprint(),
        )
        if not plan.problems:
            # A file with problems is mended and sent again; there is no need to keep it.
            text = base64.b64encode(content).decode()
            job.sealed = seal(text, table=TABLE, column=COLUMN, row=str(job.pk))
            job.save(update_fields=["sealed"])
        record(
            "import.checked",
            actor=actor,
            subject=f"import:{job.pk}",
            at=now,
            chain=_chain(job),
            body={"file": digest, **job.counts},
        )
    return job


@transaction.atomic
def apply_import(*, import_id: int, actor: User, now: datetime) -> ImportJob:
    """Import a file that was checked: all of it or nothing.

    Importing again returns the import as it is.

    Raises
    ------
    ImportJob.DoesNotExist
        Out of the actor's sight.
    HasProblemsError
        The dry run found problems.
    ChangedSinceError
        The data is no longer what the dry run saw; check the file again.
    """
    job = imports_for(actor).select_for_update(of=("self",)).get(pk=import_id)
    if job.applied_at is not None:
        return job
    if job.problems or job.sealed is None:
        raise HasProblemsError(problems=job.counts["problems"])
    # Imports into one organisation wait for each other, so that none overlooks another's rows.
    Organisation.objects.select_for_update().get(pk=job.organisation_id)
    text = unseal(bytes(job.sealed), table=TABLE, column=COLUMN, row=str(job.pk))
    plan = _plan(base64.b64decode(text), Scope(job.organisation, job.branch))
    if plan.problems or plan.fingerprint() != job.fingerprint:
        raise ChangedSinceError
    apply_plan(plan, content_hash=job.content_hash, actor=actor, now=now)
    job.applied_by, job.applied_at, job.sealed = actor, now, None
    job.save(update_fields=["applied_by", "applied_at", "sealed"])
    return job


def _plan(content: bytes, scope: Scope) -> Plan:
    try:
        return plan_import(read_bytes(content), scope)
    except UnreadableFileError as error:
        return Plan(scope, problems=[error.problem])


def _chain(job: ImportJob) -> str:
    if job.branch_id is not None:
        return f"branch:{job.branch_id}"
    return f"organisation:{job.organisation_id}"
