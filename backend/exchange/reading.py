"""Read a workbook, a zip of CSV files or a folder of them into rows of raw cells."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from backend.exchange.catalogue import IMPORT_ONLY, SHEETS, columns_of
from backend.exchange.cells import is_blank
from backend.exchange.problems import Problem, UnreadableFileError, shown

ABOUT = "about"
"""A sheet for people, which is not read."""

MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class RawRow:
    """The cells of one row that have a heading we know, by column; `number` counts from 1."""

    number: int
    cells: dict[str, Any]


@dataclass
class RawBook:
    """What a file holds, and what is wrong with its form."""

    sheets: dict[str, list[RawRow]] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_path(path: Path) -> RawBook:
    """Read a file, or a folder of CSV files.

    Raises
    ------
    UnreadableFileError
        There is nothing to read, or it cannot be read.
    """
    if path.is_dir():
        files = sorted(path.glob("*.csv"))
        if not files:
            raise UnreadableFileError("The folder holds no CSV file.", "Name another folder.")
        return _book((file.stem, _csv_rows(file.read_bytes(), file.name)) for file in files)
    if not path.is_file():
        raise UnreadableFileError("There is no such file.", "Look at the name.")
    return read_bytes(path.read_bytes())


def read_bytes(content: bytes) -> RawBook:
    """Read an XLSX workbook or a zip of CSV files.

    Raises
    ------
    UnreadableFileError
        It is neither, it is damaged, or it is too large.
    """
    if not content:
        raise UnreadableFileError("The file is empty.", "Choose the file again.")
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // (1024 * 1024)
        raise UnreadableFileError("The file is too large.", f"Split it; {limit} MB is the limit.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return _book(_xlsx_sheets(content))
            return _book(
                (Path(name).stem, _csv_rows(archive.read(name), name))
                for name in names
                if name.lower().endswith(".csv") and not Path(name).name.startswith(".")
            )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableFileError(
            "This is neither an XLSX workbook nor a zip of CSV files, or it is damaged.",
            "Save it as .xlsx in your spreadsheet program and choose it again.",
        ) from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    if sum(info.file_size for info in archive.infolist()) > MOST_BYTES_UNPACKED:
        raise UnreadableFileError("The file is too large once unpacked.", "Split it.")


def _xlsx_sheets(content: bytes) -> Iterator[tuple[str, Iterable[Cells]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            if _plain_name(name) != ABOUT:
                yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise UnreadableFileError(
            "The workbook is damaged or protected by a password.",
            "Open it in your spreadsheet program, save it as .xlsx without a password.",
        ) from error


def _csv_rows(content: bytes, name: str) -> list[Cells]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"{name} is not in UTF-8.", "Save it as “CSV UTF-8” in your spreadsheet program."
        ) from error
    csv.field_size_limit(1_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UnreadableFileError(
            f"{name} is not well-formed CSV ({error}).", "Mend it."
        ) from error


def _book(sheets: Iterable[tuple[str, Iterable[Cells]]]) -> RawBook:
    book, rows = RawBook(), 0
    for title, cells in sheets:
        name = _plain_name(title)
        if name == ABOUT:
            continue
        if name not in SHEETS:
            book.problems.append(
                Problem(
                    title,
                    None,
                    "",
                    "",
                    "No sheet of this name is known.",
                    f"Delete it, or name it one of: {', '.join(SHEETS)}.",
                )
            )
        elif name in book.sheets:
            book.problems.append(Problem(title, None, "", "", "Is there twice.", "Delete one."))
        else:
            book.sheets[name] = _sheet(book, name, iter(cells))
            rows += len(book.sheets[name])
        if rows > MOST_ROWS:
            raise UnreadableFileError(
                f"The file has more than {MOST_ROWS:,} rows.", "Split it by branch."
            )
    if not book.sheets and not book.problems:
        raise UnreadableFileError(
            "The file has no sheet that could be imported.",
            f"Name the sheets {', '.join(SHEETS[:3])} and so on.",
        )
    return book


def _sheet(book: RawBook, name: str, cells: Iterator[Cells]) -> list[RawRow]:
    headings = [_plain_name(str(cell)) for cell in next(cells, [])[:MOST_COLUMNS]]
    known = {column.name for column in columns_of(name)} | set(IMPORT_ONLY.get(name, ()))
    book.columns[name] = known & set(headings)
    _complain_of_headings(book, name, headings, known)
    places = {heading: place for place, heading in enumerate(headings) if heading in known}
    rows = []
    for number, row in enumerate(cells, start=2):
        found = {
            heading: row[place]
            for heading, place in places.items()
            if place < len(row) and not is_blank(row[place])
        }
        if found:
            rows.append(RawRow(number, found))
    return rows


def _complain_of_headings(book: RawBook, name: str, headings: list[str], known: set[str]) -> None:
    def complain(column: str, problem: str, what_to_do: str) -> None:
        book.problems.append(Problem(name, 1, column, shown(column), problem, what_to_do))

    for heading in dict.fromkeys(headings):
        if heading and heading not in known:
            complain(
                heading,
                "No column of this name is known.",
                f"Delete it, or name it one of: {', '.join(sorted(known))}.",
            )
        elif heading and headings.count(heading) > 1:
            complain(heading, "Is there twice.", "Delete one of the columns.")
    for column in columns_of(name):
        # The branch may be left out where the whole file is of one.
        if column.is_required and column.name not in headings and column.name != "branch":
            complain(column.name, "The column is missing.", "Add it with a value in each row.")


def _plain_name(title: str) -> str:
    return "_".join(title.strip().lower().replace("-", " ").split())
