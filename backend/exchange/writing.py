"""Write rows as a workbook, or as a folder or zip of CSV files."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from backend.exchange.catalogue import SHEETS, columns_of, tables_of
from backend.exchange.reading import ABOUT
from backend.exchange.sheets import Row

Written = str | int | float | None


def written(sheet: str, rows: Iterable[Row], zone: ZoneInfo) -> Iterator[list[Written]]:
    """Yield a sheet's heading, then its rows, as cells."""
    columns = columns_of(sheet)
    yield [column.name for column in columns]
    for row in rows:
        yield [
            None
            if row.get(column.name) in (None, "", [])
            else column.kind.write(row[column.name], zone)
            for column in columns
        ]


def as_xlsx(sheets: Mapping[str, Sequence[Row]], zone: ZoneInfo) -> bytes:
    """Return a workbook with every sheet of the catalogue, and one that says what they hold."""
    book = Workbook(write_only=True)
    about = book.create_sheet(ABOUT)
    for line in _about():
        about.append(line)
    bold = Font(bold=True)
    for name in SHEETS:
        page = book.create_sheet(name)
        page.freeze_panes = "A2"
        for number, cells in enumerate(written(name, sheets.get(name, ()), zone)):
            if number == 0:
                headings = [WriteOnlyCell(page, value=cell) for cell in cells]
                for heading in headings:
                    heading.font = bold
                page.append(headings)
            else:
                page.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_zip(sheets: Mapping[str, Sequence[Row]], zone: ZoneInfo) -> bytes:
    """Return a zip with one CSV file for each sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SHEETS:
            archive.writestr(f"{name}.csv", _as_csv(name, sheets.get(name, ()), zone))
    return stream.getvalue()


def into_folder(sheets: Mapping[str, Sequence[Row]], zone: ZoneInfo, folder: Path) -> None:
    """Write one CSV file for each sheet into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHEETS:
        (folder / f"{name}.csv").write_bytes(_as_csv(name, sheets.get(name, ()), zone))


def _as_csv(name: str, rows: Iterable[Row], zone: ZoneInfo) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(written(name, rows, zone))
    # The mark in front lets spreadsheet programs see that this is UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _about() -> Iterator[list[str]]:
    yield ["sheet", "column", "needed", "what it holds"]
    for name in SHEETS:
        yield [name, "", "", tables_of(name)[0].about]
        for column in columns_of(name):
            yield [name, column.name, "yes" if column.is_required else "", column.kind.name]
