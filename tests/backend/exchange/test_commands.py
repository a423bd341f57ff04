"""Import and export from the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.clients.models import Client
from backend.organisation.models import Branch
from tests.backend.exchange.whole_branch import content, whole_branch
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["north.xlsx", "north.zip", "north"])
def test_a_branch_moves_to_another_organisation(name: str, tmp_path: Path) -> None:
    branch = whole_branch()
    other = OrganisationFactory(external_id="other")
    file = str(tmp_path / name)

    run("export_branch", "north", "-o", file)
    dry = run("import_branch", file, "--organisation", "other", "--dry-run")
    assert "Nothing was written." in dry
    assert not other.branches.exists()
    told = run("import_branch", file, "--organisation", "other")

    assert "Imported." in told
    assert content(other) == content(branch.organisation)


def test_an_export_is_for_its_owners_eyes(tmp_path: Path) -> None:
    whole_branch()
    file = tmp_path / "north.xlsx"

    run("export_branch", "North & East", "-o", str(file))

    assert file.stat().st_mode & 0o077 == 0


def test_problems_are_listed_and_nothing_is_written(tmp_path: Path) -> None:
    whole_branch()
    folder = tmp_path / "north"
    run("export_branch", "north", "-o", str(folder))
    carers = folder / "carers.csv"
    carers.write_text(carers.read_text(encoding="utf-8").replace(",car,", ",rocket,"))
    clients = folder / "clients.csv"
    clients.write_text(clients.read_text(encoding="utf-8").replace("k-2", "k-3"))
    out = StringIO()

    with pytest.raises(CommandError, match="nothing was written"):
        call_command("import_branch", str(folder), stdout=out, stderr=out)

    assert "carers row 2, travel_mode (rocket): Not one of the words" in out.getvalue()
    assert not Client.objects.filter(external_id="k-3").exists()


def test_the_organisation_must_be_said_where_there_are_several(tmp_path: Path) -> None:
    whole_branch()
    OrganisationFactory(external_id="other")

    with pytest.raises(CommandError, match="--organisation"):
        run("import_branch", str(tmp_path))


def test_unknown_branches_and_files_are_named(tmp_path: Path) -> None:
    whole_branch()

    with pytest.raises(CommandError, match="There are: north"):
        run("export_branch", "south", "-o", str(tmp_path / "x.xlsx"))
    with pytest.raises(CommandError, match="no branch south"):
        run("import_branch", str(tmp_path), "--branch", "south")
    with pytest.raises(CommandError, match="no such file"):
        run("import_branch", str(tmp_path / "gone.xlsx"))
    with pytest.raises(CommandError, match=r"\.xlsx or \.zip"):
        run("export_branch", "north", "-o", str(tmp_path / "x.pdf"))
    assert Branch.objects.count() == 1
