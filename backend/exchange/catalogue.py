"""All tables in the order in which they are written: each after those it points to."""

from backend.exchange import client_tables as c
from backend.exchange import people_tables as p
from backend.exchange.sheets import Column, Table

TABLES: tuple[Table, ...] = (
    c.BRANCHES,
    c.SKILLS,
    c.FUNDERS,
    p.CARERS,
    p.CONTRACTS,
    p.AVAILABILITY,
    p.ABSENCES,
    p.CARER_SKILLS,
    p.CHECKS,
    p.OPT_OUTS,
    p.VISA_HOURS,
    p.PAY_RATES,
    c.CLIENTS,
    c.PACKAGES,
    c.LINES,
    c.SUSPENSIONS,
    c.FAMILIAR,
    c.DECLINES,
    c.WISHES,
)

SHEETS: tuple[str, ...] = tuple(dict.fromkeys(table.sheet for table in TABLES))

BY_NAME = {table.name: table for table in TABLES}

IMPORT_ONLY = {c.CLIENTS.sheet: (c.KEY_SAFE,)}
"""Columns that can be read and are never written."""


def tables_of(sheet: str) -> list[Table]:
    """Return the tables that a sheet fills."""
    return [table for table in TABLES if table.sheet == sheet]


def columns_of(sheet: str) -> list[Column]:
    """Return a sheet's columns in order; tables that share a sheet share its first columns."""
    found: dict[str, Column] = {}
    for table in tables_of(sheet):
        for column in table.columns:
            found.setdefault(column.name, column)
    return list(found.values())
