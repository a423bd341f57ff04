"""Compare a file with what is there: what it would add, change and take away, and what is wrong."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model

from backend.exchange.catalogue import BY_NAME, TABLES
from backend.exchange.cells import TEXT, is_blank
from backend.exchange.client_tables import KEY_SAFE
from backend.exchange.problems import CellError, Problem, shown
from backend.exchange.reading import RawBook, RawRow
from backend.exchange.sheets import Column, Key, Row, Table
from backend.organisation.models import Branch, Organisation
from backend.organisation.selectors import zone_of

SLUG = re.compile(r"[-a-zA-Z0-9_]+")
LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a file may write.

    `branch` None: anywhere in the organisation, new branches and shared sheets included, which
    is for administrators. Else that branch alone; its rows may leave the branch out.
    """

    organisation: Organisation
    branch: Branch | None = None

    @property
    def is_wide(self) -> bool:
        """Whether the whole organisation is open."""
        return self.branch is None


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is new (`instance` None) or differs in the columns `changed`."""

    table: Table
    key: Key
    row: Row
    instance: Model | None
    changed: tuple[str, ...] = ()


@dataclass
class Plan:
    """What importing a file would do."""

    scope: Scope
    rows: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    creates: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    updates: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    removes: dict[str, list[Model]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, dict[Key, Model]] = field(default_factory=dict)
    key_safes: dict[Key, str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return how many rows would be added, changed, taken away and left as they are."""
        return {
            "rows": self.rows,
            "creates": sum(map(len, self.creates.values())),
            "updates": sum(map(len, self.updates.values())),
            "removes": sum(map(len, self.removes.values())),
            "unchanged": self.unchanged,
        }

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.creates or self.updates or self.removes or self.key_safes)

    def fingerprint(self) -> str:
        """Return a hash of what would be done; another one means that the data has changed."""
        what = [
            [[table, *map(str, row.key)] for table, rows in self.creates.items() for row in rows],
            [
                [table, *map(str, row.key), *row.changed]
                for table, rows in self.updates.items()
                for row in rows
            ],
            [[table, row.pk] for table, rows in self.removes.items() for row in rows],
        ]
        return hashlib.sha256(json.dumps(what).encode()).hexdigest()


def plan_import(book: RawBook, scope: Scope) -> Plan:
    """Return what importing a file would do. Nothing is written."""
    return _Planner(book, scope).run()


class _Planner:
    """Goes through the tables in order; each row is read, judged, and compared."""

    def __init__(self, book: RawBook, scope: Scope) -> None:
        self.book, self.scope = book, scope
        self.zone: ZoneInfo = zone_of(scope.organisation)
        self.plan = Plan(scope, problems=list(book.problems))
        self.in_file: dict[str, dict[Key, int]] = {table.name: {} for table in TABLES}
        self.first_rows: dict[Key, Row] = {}
        self.branches = self._branches()

    def run(self) -> Plan:
        self.plan.rows = sum(map(len, self.book.sheets.values()))
        for table in TABLES:
            existing = list(table.rows(self.scope.organisation, self.branches.values()))
            self.plan.known[table.name] = {
                table.key_of(table.row_of(instance)): instance for instance in existing
            }
            if table.sheet in self.book.sheets:
                self._table(table)
        self._contracts_overlap()
        self._replaced_once()
        return self.plan

    def _branches(self) -> dict[str, int]:
        """Return the branches that exist and are spoken of, with their primary keys."""
        if self.scope.branch is not None:
            return {self.scope.branch.external_id: self.scope.branch.pk}
        named = {
            TEXT.read(raw.cells["branch"], self.zone)
            for rows in self.book.sheets.values()
            for raw in rows
            if "branch" in raw.cells
        }
        found = self.scope.organisation.branches.filter(external_id__in=named)
        return dict(found.values_list("external_id", "pk"))

    def _table(self, table: Table) -> None:
        rows: list[tuple[RawRow, Row]] = []
        for raw in self.book.sheets[table.sheet]:
            if table.skips_empty and table.skips_empty not in raw.cells:
                if set(raw.cells) & _own_columns(table):
                    self._complain(
                        table,
                        raw,
                        table.skips_empty,
                        "The line has no name of its own.",
                        "Give each line of a package a name, for example monday-morning.",
                    )
                continue
            row = self._read(table, raw)
            if row is not None:
                rows.append((raw, row))
        for raw, row in rows:
            self._note_key(table, raw, row)
        good = [(raw, row) for raw, row in rows if self._refers_to_known(table, raw, row)]
        if table.replaces:
            self._replace(table, [row for _, row in good])
        else:
            for raw, row in good:
                self._compare(table, raw, row)

    def _read(self, table: Table, raw: RawRow) -> Row | None:
        """Return a row's values, or None after saying what is wrong with them."""
        before = len(self.plan.problems)
        row: Row = {}
        for column in table.columns:
            if column.name in raw.cells:
                self._read_cell(table, raw, column, row)
            elif column.name == "branch" and self.scope.branch is not None:
                row["branch"] = self.scope.branch.external_id
            elif column.is_required:
                self._complain(table, raw, column.name, "Nothing stands here.", "Fill it in.")
            elif column.name in self.book.columns[table.sheet] or column.name in table.key:
                row[column.name] = column.if_empty
        if "cycle_anchor_on" in table.by_name and row.get("cycle_anchor_on") is None:
            row["cycle_anchor_on"] = row.get("starts_on")
        for check in table.checks:
            for complaint in check(row):
                self._complain(table, raw, *complaint)
        if table.name == "clients" and KEY_SAFE in raw.cells:
            self._read_key_safe(table, raw, row)
        return row if len(self.plan.problems) == before else None

    def _read_cell(self, table: Table, raw: RawRow, column: Column, row: Row) -> None:
        try:
            value = column.kind.read(raw.cells[column.name], self.zone)
            _check_size(column, value)
        except CellError as error:
            self._complain(table, raw, column.name, error.problem, error.what_to_do)
        else:
            row[column.name] = value

    def _read_key_safe(self, table: Table, raw: RawRow, row: Row) -> None:
        code = BY_NAME["clients"].by_name["name"].kind.read(raw.cells[KEY_SAFE], self.zone)
        if len(code) > LONGEST_CODE:
            self._complain(
                table, raw, KEY_SAFE, "Too long for a code.", f"Use {LONGEST_CODE} at most."
            )
        elif "branch" in row and "client" in row:
            self.plan.key_safes[table.key_of(row)] = code

    def _note_key(self, table: Table, raw: RawRow, row: Row) -> None:
        key = table.key_of(row)
        first = self.in_file[table.name].setdefault(key, raw.number)
        if first == raw.number:
            if table.name == "packages":
                self.first_rows[key] = row
            return
        if table.name == "packages":
            self._same_package(table, raw, row, key)
        elif not table.replaces:
            self._complain(
                table, raw, table.key[-1], f"The same as row {first}.", "Delete one of the two."
            )

    def _same_package(self, table: Table, raw: RawRow, row: Row, key: Key) -> None:
        first = self.first_rows[key]
        for name, value in row.items():
            if value != first.get(name):
                self._complain(
                    table,
                    raw,
                    name,
                    "The package's other rows say otherwise.",
                    "Say the same of a package in each of its rows.",
                )

    def _refers_to_known(self, table: Table, raw: RawRow, row: Row) -> bool:
        before = len(self.plan.problems)
        if "branch" in row and not self._may_write(row["branch"], table):
            self._complain(
                table,
                raw,
                "branch",
                "Not a branch that this import may write to.",
                "Import into the branch's own office, or ask an administrator."
                if not self.scope.is_wide
                else "Add it to the sheet branches.",
            )
            return False
        for reference in table.references:
            name = reference.columns[-1]
            if not row.get(name):
                continue
            key = tuple(row[column] for column in reference.columns)
            if not self._is_known(reference.table, key):
                self._complain(
                    table,
                    raw,
                    name,
                    f"There is no such row in the sheet "
                    f"{BY_NAME[reference.table].sheet}, nor in the system.",
                    "Correct the name, or add the row it names.",
                )
        for code in row.get("skills", ()):
            if not self._is_known("skills", (code,)):
                self._complain(
                    table,
                    raw,
                    "skills",
                    f"No skill is called {shown(code)}.",
                    "Correct the code, or add it to the sheet skills.",
                )
        if table.name == "skills" and not SLUG.fullmatch(row["skill"]):
            self._complain(table, raw, "skill", "Not a code.", "Use letters, digits, - and _ only.")
        return len(self.plan.problems) == before

    def _may_write(self, branch: str, table: Table) -> bool:
        if self.scope.branch is not None:
            return branch == self.scope.branch.external_id
        return (
            table.name == "branches"
            or branch in self.branches
            or (branch,) in self.in_file["branches"]
        )

    def _is_known(self, table: str, key: Key) -> bool:
        return key in self.plan.known.get(table, {}) or key in self.in_file[table]

    def _compare(self, table: Table, raw: RawRow, row: Row) -> None:
        key = table.key_of(row)
        if self.in_file[table.name][key] != raw.number:
            return  # a further row of the same package
        instance = self.plan.known[table.name].get(key)
        if instance is None:
            change = Change(table, key, row, None)
            if table.name == "branches" and not self.scope.is_wide:
                self._only_admin(table, raw)
            self.plan.creates[table.name].append(change)
            return
        changed = tuple(
            name for name, value in row.items() if value != table.by_name[name].of(instance)
        )
        if not changed:
            self.plan.unchanged += 1
            return
        if (table.is_shared or table.name == "branches") and not self.scope.is_wide:
            self._only_admin(table, raw)
        self.plan.updates[table.name].append(Change(table, key, row, instance, changed))

    def _only_admin(self, table: Table, raw: RawRow) -> None:
        self._complain(
            table,
            raw,
            table.key[0],
            "Only an administrator may add or change this.",
            "Leave the sheet out, or ask an administrator to import it.",
        )

    def _replace(self, table: Table, rows: Iterable[Row]) -> None:
        known = self.plan.known[table.name]
        named, kept = set(), set()
        for row in rows:
            key = table.key_of(row)
            named.add(table.parent_of(row))
            if key in kept:
                continue
            kept.add(key)
            if key in known:
                self.plan.unchanged += 1
            else:
                self.plan.creates[table.name].append(Change(table, key, row, None))
        for instance in table.rows(self.scope.organisation, self.branches.values()):
            row = table.row_of(instance)
            if table.parent_of(row) in named and table.key_of(row) not in kept:
                self.plan.removes[table.name].append(instance)

    def _contracts_overlap(self) -> None:
        """Say which contracts of a carer would hold at the same time."""
        periods: dict[Key, dict[date, date | None]] = defaultdict(dict)
        for key, instance in self.plan.known.get("contracts", {}).items():
            periods[key[:2]][key[2]] = BY_NAME["contracts"].by_name["ends_before"].of(instance)
        for table_rows in (self.plan.creates, self.plan.updates):
            for change in table_rows.get("contracts", []):
                ends = change.row.get("ends_before", periods[change.key[:2]].get(change.key[2]))
                periods[change.key[:2]][change.key[2]] = ends
        touched = {key[:2] for key in self.in_file["contracts"]}
        for carer in sorted(touched):
            dates = sorted(periods[carer].items())
            for (_, ends), (starts, _) in pairwise(dates):
                number = self.in_file["contracts"].get((*carer, starts))
                if ends is None or ends > starts:
                    self.plan.problems.append(
                        Problem(
                            "contracts",
                            number,
                            "starts_on",
                            starts.isoformat(),
                            f"Carer {shown(carer[1])} still has another contract on this day.",
                            "Let the earlier contract end before the day on which this starts.",
                        )
                    )

    def _replaced_once(self) -> None:
        """Say which lines would be replaced by two others."""
        changed = [
            change
            for rows in (self.plan.creates, self.plan.updates)
            for change in rows.get("lines", [])
            if "replaces" in change.row
        ]
        said = {change.key for change in changed}
        heirs = {
            (*key[:3], BY_NAME["lines"].by_name["replaces"].of(instance)): key
            for key, instance in self.plan.known["lines"].items()
            if key not in said
        }
        for change in changed:
            replaced = change.row["replaces"]
            if replaced and heirs.setdefault((*change.key[:3], replaced), change.key) != change.key:
                number = self.in_file["lines"][change.key]
                self.plan.problems.append(
                    Problem(
                        "packages",
                        number,
                        "replaces",
                        shown(replaced),
                        "Another line replaces this one already.",
                        "Let each line be replaced by one other.",
                    )
                )

    def _complain(
        self, table: Table, raw: RawRow, column: str, problem: str, what_to_do: str
    ) -> None:
        # A code must not land in a list of problems.
        value = "" if column == KEY_SAFE else shown(raw.cells.get(column))
        found = Problem(table.sheet, raw.number, column, value, problem, what_to_do)
        if found not in self.plan.problems[-len(table.columns) * 2 :]:
            self.plan.problems.append(found)


def _own_columns(table: Table) -> set[str]:
    return {
        column.name for column in table.columns if column.name not in table.key and column.is_field
    }


def _check_size(column: Column, value: Any) -> None:
    if isinstance(value, str) and column.most is not None and len(value) > column.most:
        raise CellError("The text is too long.", f"Use at most {column.most} characters.")
    if isinstance(value, str) and column.is_required and is_blank(value):
        raise CellError("Nothing stands here.", "Fill it in.")
    if isinstance(value, (int, float)):
        if column.least is not None and value < column.least:
            raise CellError("Too small.", f"Use {column.least} or more.")
        if column.most is not None and value > column.most:
            raise CellError("Too large.", f"Use {column.most} or less.")
