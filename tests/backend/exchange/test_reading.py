"""Files that cannot be read say why, and what to do."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from backend.exchange import reading
from backend.exchange.problems import UnreadableFileError
from backend.exchange.reading import read_bytes, read_path


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(f"{name}.csv", content)
    return stream.getvalue()


BRANCHES = [["branch", "name"], ["north", "North"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"branch,name\nnorth,North\n", "neither"),
        (workbook(branches=BRANCHES)[:400], "damaged"),
        (archive(), "no sheet"),
        (archive(branches=b"branch,name\n\xff\xfe"), "UTF-8"),
        (archive(branches=b'branch,name\n"north'), "well-formed"),
    ],
    ids=["empty", "not a zip", "cut off", "without files", "another encoding", "open quote"],
)
def test_a_broken_file_says_what_is_wrong(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says) as caught:
        read_bytes(content)

    assert caught.value.problem.what_to_do


def test_a_workbook_that_is_damaged_inside_is_no_mistake_of_ours() -> None:
    good = workbook(branches=BRANCHES)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name.endswith("sheet1.xml") else old.read(name))

    with pytest.raises(UnreadableFileError):
        read_bytes(stream.getvalue())


def test_too_large_a_file_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive(branches=b"branch,name\n" + b"north,North\n" * 5_000)

    monkeypatch.setattr(reading, "MOST_BYTES_UNPACKED", 10_000)
    with pytest.raises(UnreadableFileError, match="unpacked"):
        read_bytes(content)

    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(UnreadableFileError, match="too large"):
        read_bytes(content)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 10)

    with pytest.raises(UnreadableFileError, match="more than 10 rows"):
        read_bytes(archive(branches=b"branch,name\n" + b"north,North\n" * 11))


def test_headings_and_sheets_may_be_written_as_people_do() -> None:
    rows: list[list[object]] = [["Branch", "CLIENT ", "carer"], ["north", "k-1", 7]]

    book = read_bytes(workbook(**{"Familiar Carers": rows}))

    assert book.problems == []
    row = book.sheets["familiar_carers"][0]
    assert (row.number, row.cells) == (2, {"branch": "north", "client": "k-1", "carer": 7})


def test_unknown_and_missing_parts_are_named() -> None:
    book = read_bytes(
        workbook(
            branches=[["branch", "nmae", "branch"], ["north", "North", "north"]],
            budgets=[["a"]],
        )
    )

    assert [(row.sheet, row.column, row.problem) for row in book.problems] == [
        ("branches", "branch", "Is there twice."),
        ("branches", "nmae", "No column of this name is known."),
        ("branches", "name", "The column is missing."),
        ("budgets", "", "No sheet of this name is known."),
    ]
    assert all(row.what_to_do for row in book.problems)


def test_empty_rows_count_but_are_no_rows() -> None:
    book = read_bytes(workbook(branches=[["branch", "name"], [], ["", " "], ["north", "North"]]))

    assert [row.number for row in book.sheets["branches"]] == [4]


def test_a_folder_and_a_file_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no CSV"):
        read_path(tmp_path)
    with pytest.raises(UnreadableFileError, match="no such file"):
        read_path(tmp_path / "gone.xlsx")
