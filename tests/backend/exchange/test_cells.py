"""Cells: what is written is read again as the same value, and nothing becomes a formula."""

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.spreadsheets import neutral, plain
from backend.exchange import cells
from backend.exchange.cells import Kind
from backend.exchange.problems import CellError
from backend.exchange.reading import read_bytes
from backend.exchange.writing import as_xlsx, as_zip

LONDON = ZoneInfo("Europe/London")
FORMULAS = ["=1+1", "+44 113", "-5", "@SUM(A1)", "\tx", "'=already", "''", "=cmd|' /C calc'!A0"]

lines = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"),
    max_size=40,
).map(str.strip)
moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001  the strategy adds the zone
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(st.text())
def test_a_mark_in_front_is_taken_away_again_and_only_that(text: str) -> None:
    assert plain(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    content = as_xlsx({"branches": [{"branch": "north", "name": text}]}, LONDON)

    cell = openpyxl.load_workbook(io.BytesIO(content))["branches"]["B2"]

    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


@given(st.lists(st.tuples(lines.filter(bool), lines), min_size=1, max_size=5))
def test_texts_come_back_through_workbook_and_csv(pairs: list[tuple[str, str]]) -> None:
    rows = [{"branch": name, "name": text} for name, text in pairs]
    for write in (as_xlsx, as_zip):
        found = read_bytes(write({"branches": rows}, LONDON)).sheets.get("branches", [])

        for raw, row in zip(found, rows, strict=True):
            for column in ("branch", "name"):
                value = raw.cells.get(column)
                assert ("" if value is None else cells.TEXT.read(value, LONDON)) == row[column]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (cells.WHOLE, st.integers(-(10**8), 10**8)),
        (cells.DECIMAL, st.floats(-1e9, 1e9)),
        (cells.DATE, st.dates()),
        (cells.MINUTE, st.integers(0, 1440)),
        (cells.WEEKDAY, st.integers(0, 6)),
        (cells.MOMENT, moments),
        (cells.ITEMS, st.lists(lines.filter(bool), min_size=1)),
        (
            cells.CODES,
            st.sets(st.from_regex(r"[-a-z0-9_]+", fullmatch=True), min_size=1).map(sorted),
        ),
    ],
    ids=lambda each: each.name if isinstance(each, Kind) else "",
)
def test_values_come_back_as_text_and_as_cells(kind: Kind, values: st.SearchStrategy[Any]) -> None:
    @given(values)
    def comes_back(value: Any) -> None:
        out = kind.write(value, LONDON)
        assert kind.read(out, LONDON) == value
        assert kind.read(str(out), LONDON) == value

    comes_back()


@pytest.mark.parametrize(
    ("kind", "given", "wanted"),
    [
        (cells.MINUTE, "8:30", 510),
        (cells.MINUTE, "08:30:00", 510),
        (cells.MINUTE, time(8, 30), 510),
        (cells.MINUTE, timedelta(hours=24), 1440),
        (cells.MINUTE, 0.5, 720),
        (cells.DATE, "30/11/2026", date(2026, 11, 30)),
        (cells.DATE, datetime(2026, 11, 30), date(2026, 11, 30)),  # noqa: DTZ001  as a sheet has it
        (cells.WEEKDAY, "tue", 1),
        (cells.WEEKDAY, "SUNDAY", 6),
        (cells.MOMENT, "2026-07-01 14:00", datetime(2026, 7, 1, 13, tzinfo=UTC)),
        (cells.MOMENT, "2026-10-25 01:30:00+00:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (cells.MOMENT, date(2026, 12, 1), datetime(2026, 12, 1, tzinfo=UTC)),
        (cells.TEXT, 17.0, "17"),
        (cells.TEXT, " a\r\nb ", "a\nb"),
        (cells.WHOLE, 30.0, 30),
        (cells.WHOLE, "30", 30),
    ],
)
def test_what_people_and_spreadsheets_write_is_understood(
    kind: Kind, given: object, wanted: object
) -> None:
    assert kind.read(given, LONDON) == wanted


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (cells.MINUTE, "25:00"),
        (cells.MINUTE, "24:01"),
        (cells.MINUTE, "half past"),
        (cells.MINUTE, -0.1),
        (cells.DATE, "31/02/2026"),
        (cells.DATE, "11-30-2026"),
        (cells.DATE, datetime(2026, 11, 30, 8)),  # noqa: DTZ001  as a sheet has it
        (cells.WEEKDAY, "T"),
        (cells.MOMENT, "tomorrow"),
        (cells.WHOLE, 1.5),
        (cells.WHOLE, "1e30"),
        (cells.WHOLE, True),
        (cells.DECIMAL, "nan"),
        (cells.DECIMAL, "1,5"),
        (cells.TEXT, "a\x00b"),
        (cells.TEXT, "x" * 10_001),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(kind: Kind, given: object) -> None:
    with pytest.raises(CellError) as caught:
        kind.read(given, LONDON)

    assert caught.value.problem
    assert caught.value.what_to_do


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("No", False), (True, True), (0, False), (" TRUE ", True)]
)
def test_yes_and_no_are_read_in_the_ways_people_write_them(text: object, *, value: bool) -> None:
    assert cells.YES_NO.read(text, LONDON) is value


def test_neither_yes_nor_no_is_a_fault_and_what_is_written_reads_the_same() -> None:
    with pytest.raises(CellError):
        cells.YES_NO.read("perhaps", LONDON)
    assert [cells.YES_NO.write(value, LONDON) for value in (True, False)] == ["yes", "no"]
