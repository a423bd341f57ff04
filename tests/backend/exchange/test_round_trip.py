"""The export of a branch imports into an empty system as equal data, whatever the form."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from backend.audit.models import AuditEntry
from backend.clients.models import Client, KeySafeCode, PackageLine
from backend.exchange.apply import HasProblemsError, apply_plan
from backend.exchange.catalogue import TABLES, columns_of
from backend.exchange.export import rows_of_branch
from backend.exchange.plan import Plan, Scope, plan_import
from backend.exchange.reading import RawBook, RawRow, read_bytes, read_path
from backend.exchange.writing import as_xlsx, as_zip, into_folder
from backend.organisation.models import Branch, Organisation
from backend.people.models import Availability, Carer, Contract
from backend.rota.models import Preference
from tests.backend.exchange.whole_branch import checked_fields, content, whole_branch
from tests.backend.factories import NOW
from tests.backend.factories.organisation import OrganisationFactory

LONDON = ZoneInfo("Europe/London")
Sheets = dict[str, list[dict[str, object]]]
Form = Callable[[Sheets, Path], RawBook]


def by_xlsx(sheets: Sheets, _: Path) -> RawBook:
    return read_bytes(as_xlsx(sheets, LONDON))


def by_zip(sheets: Sheets, _: Path) -> RawBook:
    return read_bytes(as_zip(sheets, LONDON))


def by_folder(sheets: Sheets, folder: Path) -> RawBook:
    into_folder(sheets, LONDON, folder)
    return read_path(folder)


def applied(book: RawBook, organisation: Organisation) -> Plan:
    plan = plan_import(book, Scope(organisation))
    assert plan.problems == []
    apply_plan(plan, content_hash="of the file", actor=None, now=NOW)
    return plan


@pytest.mark.django_db
@pytest.mark.parametrize("form", [by_xlsx, by_zip, by_folder])
def test_a_branch_comes_back_equal_in_every_field(form: Form, tmp_path: Path) -> None:
    branch = whole_branch()
    book = form(rows_of_branch(branch), tmp_path)
    before = content(branch.organisation)
    elsewhere = OrganisationFactory()

    applied(book, elsewhere)

    assert content(elsewhere) == before
    assert all(before.values()), "a table without rows shows nothing"


def test_every_field_of_every_table_has_a_column() -> None:
    for model in {table.model for table in TABLES}:
        tables = [table for table in TABLES if table.model is model]
        covered = {
            (column.path or column.name).split(".")[0]
            for table in tables
            for column in table.columns
        } | {reference.attribute for table in tables for reference in table.references}
        for field in checked_fields(model):
            assert field.name in covered, f"{model.__name__}.{field.name}"


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing() -> None:
    branch = whole_branch()
    book = by_xlsx(rows_of_branch(branch), Path())
    elsewhere = OrganisationFactory()
    applied(book, elsewhere)
    before, entries = content(elsewhere), AuditEntry.objects.count()
    keys = set(Availability.objects.values_list("pk", flat=True))

    plan = applied(book, elsewhere)

    assert plan.is_empty
    assert plan.counts()["creates"] == plan.counts()["updates"] == 0
    assert content(elsewhere) == before
    assert set(Availability.objects.values_list("pk", flat=True)) == keys
    assert AuditEntry.objects.count() == entries


@pytest.mark.django_db
def test_a_changed_row_updates_what_bears_its_name_and_nothing_else() -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    client = Client.objects.get(external_id="007")
    sheets["clients"][0]["name"] = "Anne O'Neill-Reid"
    sheets["packages"][-2]["skills"] = ["peg"]

    plan = applied(by_zip(sheets, Path()), branch.organisation)

    assert plan.counts()["updates"] == 2
    assert plan.counts()["creates"] == plan.counts()["removes"] == 0
    client.refresh_from_db()
    assert client.name == "Anne O'Neill-Reid"
    assert AuditEntry.objects.filter(event="branch.imported").count() == 1


@pytest.mark.django_db
def test_a_line_can_be_tied_to_another_and_loosed_again() -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    lunch = next(row for row in sheets["packages"] if row.get("line") == "a-lunch")
    lunch["follows"] = ""
    applied(by_zip(sheets, Path()), branch.organisation)
    assert PackageLine.objects.get(external_id="a-lunch").follows is None

    lunch["follows"] = "am-new"
    applied(by_zip(sheets, Path()), branch.organisation)

    follows = PackageLine.objects.get(external_id="a-lunch").follows
    assert follows is not None
    assert follows.external_id == "am-new"


@pytest.mark.django_db
def test_availability_of_a_carer_is_replaced_and_that_of_others_stays() -> None:
    branch = whole_branch()
    second = Carer.objects.get(external_id="c-2")
    sheets = {
        "availability": [
            row for row in rows_of_branch(branch)["availability"] if row["carer"] == "c-1"
        ]
    }
    sheets["availability"][0]["weekday"] = 4

    plan = applied(_only(sheets), branch.organisation)

    assert plan.counts() == {"rows": 1, "creates": 1, "updates": 0, "removes": 1, "unchanged": 0}
    assert Availability.objects.get(carer__external_id="c-1").weekday == 4
    assert second.availability.count() == 7


@pytest.mark.django_db
def test_a_column_that_is_not_in_the_file_is_left_as_it_is() -> None:
    branch = whole_branch()
    rows = [
        {
            "branch": "north",
            "carer": "c-1",
            "name": "New name",
            "gender": "f",
            "travel_mode": "walk",
            "home_easting": 1,
            "home_northing": 2,
        }
    ]

    applied(_raw("carers", rows), branch.organisation)

    carer = Carer.objects.get(external_id="c-1")
    assert (carer.name, carer.home_postcode, carer.starts_on) == (
        "New name",
        "LS1 1AA",
        date(2026, 3, 30),
    )


@pytest.mark.django_db
def test_one_bad_row_and_nothing_at_all_is_written() -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    sheets["clients"][0]["name"] = "Changed"
    book = by_zip(sheets, Path())
    book.sheets["carers"][0].cells["gender"] = "?"
    before = content(branch.organisation)

    plan = plan_import(book, Scope(branch.organisation))
    with pytest.raises(HasProblemsError):
        apply_plan(plan, content_hash="", actor=None, now=NOW)

    assert content(branch.organisation) == before


@pytest.mark.django_db
def test_a_failure_in_the_middle_of_writing_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = by_zip(rows_of_branch(whole_branch()), Path())
    elsewhere = OrganisationFactory()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("backend.exchange.apply.record", fail)
    with pytest.raises(RuntimeError):
        applied(book, elsewhere)

    assert not Branch.objects.filter(organisation=elsewhere).exists()
    assert not Contract.objects.filter(carer__branch__organisation=elsewhere).exists()


@pytest.mark.django_db
def test_key_safe_codes_come_in_and_never_go_out() -> None:
    branch = whole_branch()
    sheets = rows_of_branch(branch)
    book = by_zip({"clients": sheets["clients"]}, Path())
    book.columns["clients"].add("key_safe")
    book.sheets["clients"][0].cells["key_safe"] = "C2468X"

    applied(book, branch.organisation)

    assert KeySafeCode.objects.get().client.external_id == "007"
    assert b"C2468X" not in bytes(KeySafeCode.objects.get().sealed)
    out = rows_of_branch(branch)
    assert "C2468X" not in repr(out)
    assert "key_safe" not in {column.name for column in columns_of("clients")}
    assert not AuditEntry.objects.filter(body__icontains="C2468X").exists()


@pytest.mark.django_db
def test_ten_thousand_rows_are_imported_within_a_minute() -> None:
    branch = whole_branch()
    rows = rows_of_branch(branch)
    carers = [
        {**rows["carers"][1], "carer": f"x-{number}", "name": f"Carer {number}"}
        for number in range(2_500)
    ]
    sheets: Sheets = {
        "carers": carers,
        "availability": [
            {**rows["availability"][1], "carer": carer["carer"], "weekday": weekday}
            for carer in carers
            for weekday in (1, 3, 5)
        ],
    }
    book = by_xlsx(sheets, Path())

    begin = timezone.now()
    plan = applied(book, branch.organisation)

    assert plan.counts()["creates"] == 10_000
    assert timezone.now() - begin < timedelta(seconds=60)
    assert Preference.objects.count() == 1


def _only(sheets: Sheets) -> RawBook:
    book = by_zip(sheets, Path())
    book.sheets = {name: book.sheets[name] for name in sheets}
    return book


def _raw(sheet: str, rows: list[dict[str, object]]) -> RawBook:
    return RawBook(
        sheets={sheet: [RawRow(number, row) for number, row in enumerate(rows, start=2)]},
        columns={sheet: set(rows[0])},
    )
