"""A branch as rows of the catalogue's sheets."""

from collections.abc import Sequence
from datetime import datetime

from backend.accounts.models import User
from backend.audit.services import record
from backend.exchange.catalogue import TABLES
from backend.exchange.sheets import Row
from backend.exchange.writing import as_xlsx, as_zip
from backend.organisation.models import Branch
from backend.organisation.selectors import zone_of


def export_branch(branch: Branch, form: str, *, actor: User | None, now: datetime) -> bytes:
    """Return a branch as a workbook (`xlsx`) or a zip of CSV files (`csv`), and note who had it."""
    zone = zone_of(branch.organisation)
    write = {"xlsx": as_xlsx, "csv": as_zip}[form]
    content = write(rows_of_branch(branch), zone)
    record(
        "branch.exported",
        actor=actor,
        subject=f"branch:{branch.pk}",
        at=now,
        chain=f"branch:{branch.pk}",
        body={"format": form},
    )
    return content


def rows_of_branch(branch: Branch) -> dict[str, list[Row]]:
    """Return all of a branch that an import can bring back, by sheet.

    Left out are key-safe codes, accounts, and what came after: rotas, publications, runs.
    Skills and funders are those of the whole organisation.
    """
    sheets: dict[str, list[Row]] = {table.sheet: [] for table in TABLES}
    for table in TABLES:
        rows = [table.row_of(instance) for instance in table.rows(branch.organisation, [branch.pk])]
        sheets[table.sheet] = _merged(sheets[table.sheet], rows)
    return sheets


def _merged(packages: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """Return lines with the columns of their packages, which stand before them on the sheet."""
    if not packages:
        return list(rows)
    lines: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        lines.setdefault(_package(row), []).append(row)
    return [
        {**package, **line} for package in packages for line in lines.get(_package(package), [{}])
    ]


def _package(row: Row) -> tuple[str, ...]:
    return row["branch"], row["client"], row["package"]
