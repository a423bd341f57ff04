"""The register as a CSV file: a line for each member and class of shares, then the officers."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from backend.core.spreadsheets import neutral
from backend.membership.selectors.register import (
    Register,
    RegisterCopy,
    RegisterEntry,
    RegisterShares,
)

MEMBER = ("number", "name", "class", "status", "entered_on", "ceased_on")
ADDRESS = ("address",)
NOTICES = ("email", "email_use")
SHARES = (
    "share_class",
    "shares",
    "paid_pounds",
    "unpaid_pounds",
    "shares_leaving",
    "repayable_pounds",
)
OFFICER = ("office", "name", "starts_on", "ends_before")


def file_name(register: Register) -> str:
    """Return what the file is called."""
    return f"register-{register.entity.external_id}-{register.as_at.isoformat()}.csv"


def as_csv(register: Register) -> str:
    """Return the register as text: one table of members, an empty line, one of officers."""
    file = io.StringIO()
    writer = csv.writer(file)
    columns: tuple[str, ...] = MEMBER
    if register.copy is not RegisterCopy.PUBLIC:
        columns += ADDRESS
    if register.copy is RegisterCopy.FULL:
        columns += NOTICES + SHARES
    writer.writerow(columns)
    for entry in register.members:
        for row in _rows(entry):
            writer.writerow([neutral(row.get(column, "")) for column in columns])
    writer.writerow([])
    officer = OFFICER if register.copy is RegisterCopy.PUBLIC else OFFICER + ADDRESS
    writer.writerow(officer)
    for sitting in register.officers:
        told = {
            "office": sitting.office,
            "name": sitting.name,
            "address": sitting.address,
            "starts_on": _day(sitting.starts_on),
            "ends_before": _day(sitting.ends_before),
        }
        writer.writerow([neutral(told[column]) for column in officer])
    return file.getvalue()


def _rows(entry: RegisterEntry) -> Iterator[dict[str, str]]:
    told = {
        "number": str(entry.number),
        "name": entry.name,
        "class": entry.member_class,
        "status": entry.status,
        "entered_on": _day(entry.entered_on),
        "ceased_on": _day(entry.ceased_on),
        "address": entry.address,
        "email": entry.email,
        "email_use": entry.email_use,
    }
    if not entry.shares:
        yield told
    for shares in entry.shares:
        yield {**told, **_share_columns(shares)}


def _share_columns(shares: RegisterShares) -> dict[str, str]:
    return {
        "share_class": shares.share_class,
        "shares": str(shares.quantity),
        "paid_pounds": _pounds(shares.paid_pence),
        "unpaid_pounds": _pounds(shares.unpaid_pence),
        "shares_leaving": str(shares.leaving),
        "repayable_pounds": _pounds(shares.repayable_pence),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
