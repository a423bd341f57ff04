"""The dry run names each thing that keeps a file from being imported: where, what, what to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.exchange.catalogue import columns_of
from backend.exchange.export import rows_of_branch
from backend.exchange.plan import Plan, Scope, plan_import
from backend.exchange.problems import shown
from backend.exchange.reading import RawBook, read_bytes
from backend.exchange.writing import as_zip
from backend.organisation.models import Branch
from tests.backend.exchange.whole_branch import content, whole_branch
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")

# Sheet, the row to take (from the end where negative), what to put into it, and what is said of
# which column.
WRONG: list[tuple[str, int, dict[str, Any], str, str]] = [
    ("carers", 0, {"gender": "?"}, "gender", "Not one of the words"),
    ("carers", 0, {"travel_mode": "rocket"}, "travel_mode", "Not one of the words"),
    ("carers", 0, {"name": None}, "name", "Nothing stands here"),
    ("carers", 0, {"name": "x" * 121}, "name", "too long"),
    ("carers", 0, {"home_easting": "far"}, "home_easting", "Not a number"),
    ("carers", 0, {"home_easting": 1e12}, "home_easting", "Too large"),
    ("carers", 0, {"starts_on": "31/02/2026"}, "starts_on", "Not a date"),
    ("carers", 0, {"ends_before": "2020-01-01"}, "ends_before", "before it starts"),
    ("carers", 0, {"branch": "nowhere"}, "branch", "Not a branch"),
    ("contracts", 0, {"maximum_minutes": 60}, "maximum_minutes", "Less than the guaranteed"),
    ("contracts", 0, {"max_days": 8}, "max_days", "Too large"),
    ("contracts", 0, {"ends_before": None}, "starts_on", "still has another contract"),
    ("contracts", 0, {"carer": "c-99"}, "carer", "no such row"),
    ("availability", 0, {"from": "25:00"}, "from", "Not a time of day"),
    ("availability", 0, {"to": "06:00"}, "to", "Not after the beginning"),
    ("availability", 0, {"weekday": "Someday"}, "weekday", "Not a day of the week"),
    ("availability", 0, {"cycle_weeks": 9}, "cycle_weeks", "Too large"),
    ("availability", 0, {"cycle_weeks": 1}, "cycle_week", "fewer weeks"),
    ("absences", 0, {"starts_at": "yesterday"}, "starts_at", "Not a date with a time"),
    ("absences", 0, {"ends_at": "2026-05-01 08:00"}, "ends_at", "Ends before it starts"),
    ("carer_skills", 0, {"skill": "juggling"}, "skill", "no such row"),
    ("skills", 0, {"skill": "not a code"}, "skill", "Not a code"),
    ("clients", 0, {"risk_class": "R9"}, "risk_class", "Not one of the words"),
    ("clients", 0, {"target_carers": 0}, "target_carers", "Too small"),
    ("clients", 0, {"target_carers": 1.5}, "target_carers", "Not a whole number"),
    ("packages", 0, {"funder": "nobody"}, "funder", "no such row"),
    ("packages", 0, {"package_starts_on": None}, "package_starts_on", "Nothing stands here"),
    ("packages", 0, {"package_ends_before": "2027-01-01"}, "package_ends_before", "other rows"),
    ("packages", 0, {"line": None}, "line", "no name of its own"),
    ("packages", 0, {"target": None}, "target", "Nothing stands here"),
    ("packages", 0, {"earliest": "09:00"}, "earliest", "After the preferred start"),
    ("packages", 0, {"latest": "07:00"}, "latest", "Before the preferred start"),
    ("packages", 0, {"latest": "24:00"}, "latest", "after midnight"),
    ("packages", 0, {"carers": 3}, "carers", "Too large"),
    ("packages", 0, {"minutes": 20}, "short_visit_reason", "needs a reason"),
    ("packages", 0, {"minutes": 20}, "short_visit_agreed_on", "not said when"),
    ("packages", 0, {"skills": "peg, magic"}, "skills", "No skill is called magic"),
    ("packages", 0, {"follows": "ghost"}, "follows", "no such row"),
    ("packages", 0, {"follows": "am"}, "follows", "Names the line itself"),
    ("packages", 2, {"replaces": "am"}, "replaces", "replaces this one already"),
    ("suspensions", 0, {"package": "p-9"}, "package", "no such row"),
    ("familiar_carers", 0, {"client": "nobody"}, "client", "no such row"),
    ("declines", 0, {"declined_by": "the cat"}, "declined_by", "Not one of the words"),
    ("wishes", 0, {"strength": 4}, "strength", "Too large"),
    ("wishes", 0, {"kind": "day_off", "client": None}, "weekday", "needs this"),
    ("wishes", 0, {"kind": "no_split"}, "client", "Means nothing"),
]


@pytest.mark.parametrize(("sheet", "place", "change", "column", "says"), WRONG)
def test_a_row_that_is_wrong_is_named(
    sheet: str, place: int, change: Mapping[str, Any], column: str, says: str
) -> None:
    branch = whole_branch()
    book = _book(branch)
    raw = book.sheets[sheet][place]
    for name, value in change.items():
        raw.cells.pop(name, None)
        if value is not None:
            raw.cells[name] = value
    before = content(branch.organisation)

    plan = plan_import(book, Scope(branch.organisation))

    found = [row for row in plan.problems if row.column == column and says in row.problem]
    assert found, [(row.column, row.problem) for row in plan.problems]
    assert {row.sheet for row in found} == {sheet}
    assert all(row.what_to_do for row in found)
    if "other rows" not in says and "contract" not in says:
        assert found[0].row == raw.number
        assert found[0].value == shown(raw.cells.get(column))
    assert content(branch.organisation) == before


def test_every_problem_of_a_file_is_listed_at_once() -> None:
    branch = whole_branch()
    book = _book(branch)
    book.sheets["carers"][0].cells.update(gender="?", home_easting="?")
    book.sheets["clients"][1].cells["easting"] = "?"

    plan = plan_import(book, Scope(branch.organisation))

    named = {(row.sheet, row.row, row.column) for row in plan.problems}
    assert {
        ("carers", 2, "gender"),
        ("carers", 2, "home_easting"),
        ("clients", 3, "easting"),
    } <= named


@pytest.mark.parametrize("sheet", ["branches", "carers", "clients", "packages", "declines"])
def test_the_same_row_twice_is_named(sheet: str) -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    sheets[sheet].append(dict(sheets[sheet][0]))

    plan = plan_import(read_bytes(as_zip(sheets, LONDON)), Scope(branch.organisation))

    assert [(row.sheet, row.row, row.problem) for row in plan.problems] == [
        (sheet, len(sheets[sheet]) + 1, "The same as row 2.")
    ]


def test_a_key_safe_code_is_not_repeated_in_a_problem() -> None:
    branch = whole_branch()
    book = _book(branch)
    book.columns["clients"].add("key_safe")
    book.sheets["clients"][0].cells["key_safe"] = "9" * 41

    plan = plan_import(book, Scope(branch.organisation))

    assert [(row.column, row.value) for row in plan.problems] == [("key_safe", "")]


def test_a_branch_writes_to_itself_alone() -> None:
    branch = whole_branch()
    other = BranchFactory(organisation=branch.organisation, external_id="south")

    plan = plan_import(_book(branch), Scope(branch.organisation, other))

    assert _columns(plan) == {"branch"}
    assert not plan.creates
    assert all("Not a branch" in row.problem for row in plan.problems)


def test_a_branch_cannot_change_what_all_branches_share() -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    sheets["skills"][0]["name"] = "Something else"
    sheets["funders"][0]["name"] = "Somebody else"
    sheets["branches"][0]["name"] = "Renamed"

    plan = plan_import(read_bytes(as_zip(sheets, LONDON)), Scope(branch.organisation, branch))

    assert {row.sheet for row in plan.problems} == {"skills", "funders", "branches"}
    assert all("Only an administrator" in row.problem for row in plan.problems)


def test_rows_may_leave_the_branch_out_where_the_file_is_for_one() -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    for rows in sheets.values():
        for row in rows:
            row.pop("branch", None)
    del sheets["branches"]

    plan = plan_import(read_bytes(as_zip(sheets, LONDON)), Scope(branch.organisation, branch))

    assert plan.problems == []
    assert plan.is_empty


def test_contracts_of_the_file_and_of_the_system_do_not_overlap() -> None:
    branch = whole_branch()
    row = {**rows_of_branch(branch)["contracts"][0], "starts_on": date(2026, 5, 1)}

    plan = plan_import(_only("contracts", [row]), Scope(branch.organisation))

    assert [(problem.column, problem.row) for problem in plan.problems] == [("starts_on", 2)]


def test_the_catalogue_tells_people_what_each_column_holds() -> None:
    for sheet in ("carers", "packages", "wishes"):
        assert all(column.kind.name for column in columns_of(sheet))


def _book(branch: Branch) -> RawBook:
    return read_bytes(as_zip(rows_of_branch(branch), LONDON))


def _only(sheet: str, rows: list[dict[str, Any]]) -> RawBook:
    book = read_bytes(as_zip({sheet: rows}, LONDON))
    book.sheets = {sheet: book.sheets[sheet]}
    return book


def _columns(plan: Plan) -> set[str]:
    return {row.column for row in plan.problems}
