"""Do what a plan says: all of it or nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from backend.accounts.models import User
from backend.audit.services import record
from backend.clients.models import Client, PackageLine
from backend.clients.services import set_key_safe_code
from backend.core.errors import RefusalError
from backend.core.planner import refresh_statistics
from backend.exchange.catalogue import TABLES
from backend.exchange.plan import Change, Plan
from backend.exchange.sheets import Row, Table
from backend.organisation.models import Branch, Skill

BATCH = 500
MANY_ROWS = 1000


class HasProblemsError(RefusalError):
    """The file cannot be imported as it is; `problems` is how many things are to be mended."""

    code = "exchange.has_problems"


@transaction.atomic
def apply_plan(plan: Plan, *, content_hash: str, actor: User | None, now: datetime) -> None:
    """Write what a plan says, with one audit entry for each branch that changes.

    Parameters
    ----------
    content_hash
        SHA-256 of the file, for the audit entry.

    Raises
    ------
    HasProblemsError
        Nothing was written.
    """
    if plan.problems:
        raise HasProblemsError(problems=len(plan.problems))
    writer = _Writer(plan, actor, now)
    for table in reversed(TABLES):
        gone = [row.pk for row in plan.removes.get(table.name, [])]
        for start in range(0, len(gone), BATCH):
            QuerySet(table.model).filter(pk__in=gone[start : start + BATCH]).delete()
    for table in TABLES:
        writer.write(table)
    writer.write_key_safes()
    if sum(map(len, plan.creates.values())) > MANY_ROWS:
        refresh_statistics(*(table.model for table in TABLES))
    if not plan.is_empty:
        _record(plan, content_hash, actor, now)


class _Writer:
    def __init__(self, plan: Plan, actor: User | None, now: datetime) -> None:
        self.plan, self.actor, self.now = plan, actor, now
        self.skills: dict[str, Skill] = {}

    def write(self, table: Table) -> None:
        creates = self.plan.creates.get(table.name, [])
        updates = self.plan.updates.get(table.name, [])
        made = [(change, self._new(table, change.row)) for change in creates]
        QuerySet[Model](table.model).bulk_create(
            [instance for _, instance in made], batch_size=BATCH
        )
        for change, instance in made:
            self.plan.known[table.name][change.key] = instance
        for change in updates:
            if change.instance is not None:
                self._fill(table, change.instance, change.row)
        self._upsert(table, [change.instance for change in updates])
        if table.model is PackageLine:
            self._tie_lines(table, [*made, *((change, change.instance) for change in updates)])

    def write_key_safes(self) -> None:
        for key, code in self.plan.key_safes.items():
            client = self.plan.known["clients"][key]
            if isinstance(client, Client):
                set_key_safe_code(client=client, code=code, actor=self.actor, now=self.now)

    def _new(self, table: Table, row: Row) -> Model:
        instance = table.model()
        if table.is_shared or table.model is Branch:
            instance.organisation = self.plan.scope.organisation  # type: ignore[attr-defined]
        whole = {column.name: column.if_empty for column in table.columns} | row
        self._fill(table, instance, whole)
        return instance

    def _fill(self, table: Table, instance: Model, row: Row) -> None:
        if isinstance(instance, Client) and "pin_confirmed_at" in row:
            self._confirm_pin(instance, row["pin_confirmed_at"])
        for name, value in row.items():
            column = table.by_name[name]
            if column.is_field:
                setattr(instance, column.path or column.name, value)
        for reference in table.references:
            if not reference.is_later and reference.columns[-1] in row:
                self._refer(table, instance, row, reference.attribute)

    def _refer(self, table: Table, instance: Model, row: Row, attribute: str) -> None:
        reference = next(each for each in table.references if each.attribute == attribute)
        if not row[reference.columns[-1]]:
            setattr(instance, attribute, None)
            return
        key = tuple(row[column] for column in reference.columns)
        setattr(instance, attribute, self.plan.known[reference.table][key])

    def _confirm_pin(self, client: Client, at: datetime | None) -> None:
        """Whoever imports that a pin was confirmed answers for it."""
        if client.pin_confirmed_at != at:
            client.pin_confirmed_by = self.actor if at else None

    def _upsert(self, table: Table, rows: Iterable[Model | None]) -> None:
        listed = [row for row in rows if row is not None]
        # Rows that are all there: one statement for hundreds, where an update of each column
        # by case takes ten times as long.
        if listed:
            QuerySet[Model](table.model).bulk_create(
                listed,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=_written_fields(table),
                batch_size=BATCH,
            )

    def _tie_lines(self, table: Table, rows: list[tuple[Change, Model | None]]) -> None:
        """Set what lines follow and replace, and their skills, now that all of them are there."""
        lines = [(change, row) for change, row in rows if isinstance(row, PackageLine)]
        pointing = []
        for change, line in lines:
            for name in ("follows", "replaces"):
                if name in change.row and (change.row[name] or change.instance):
                    self._refer(table, line, change.row, name)
                    pointing.append(line)
        self._upsert(table, {line.pk: line for line in pointing}.values())
        self._set_skills([pair for pair in lines if "skills" in pair[0].row])

    def _set_skills(self, lines: list[tuple[Change, PackageLine]]) -> None:
        link = PackageLine.skills.through
        changed = [
            (change, line)
            for change, line in lines
            if change.instance is None or "skills" in change.changed
        ]
        pks = [line.pk for _, line in changed]
        for start in range(0, len(pks), BATCH):
            link.objects.filter(packageline__in=pks[start : start + BATCH]).delete()
        link.objects.bulk_create(
            [
                link(packageline_id=line.pk, skill_id=self.plan.known["skills"][(code,)].pk)
                for change, line in changed
                for code in change.row["skills"]
            ],
            batch_size=BATCH,
        )


def _written_fields(table: Table) -> list[str]:
    fields = {column.path or column.name for column in table.columns if column.is_field}
    fields |= {reference.attribute for reference in table.references}
    return sorted(fields | ({"pin_confirmed_by"} if table.model is Client else set()))


def _record(plan: Plan, content_hash: str, actor: User | None, now: datetime) -> None:
    touched = {
        change.row.get("branch")
        for rows in (plan.creates, plan.updates)
        for changes in rows.values()
        for change in changes
    } | {key[0] for key in plan.key_safes}
    if plan.scope.branch is not None:
        touched = {plan.scope.branch.external_id}
    body: dict[str, object] = {"file": content_hash, **plan.counts()}
    organisation = plan.scope.organisation
    for branch in organisation.branches.filter(external_id__in=touched - {None}):
        record(
            "branch.imported",
            actor=actor,
            subject=f"branch:{branch.pk}",
            at=now,
            chain=f"branch:{branch.pk}",
            body=body,
        )
    record(
        "organisation.imported",
        actor=actor,
        subject=f"organisation:{organisation.pk}",
        at=now,
        chain=f"organisation:{organisation.pk}",
        body=body,
    )
