"""A rota problem becomes a branch, and a branch's week a rota problem."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.core.periods import Week
from backend.organisation.models import Branch, Organisation, RuleSet
from backend.organisation.selectors import rota_policy, travel_rules
from backend.rota.models import Preference
from backend.rota.services.open_week import open_week
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("small-problem.json")
MONDAY = date(2026, 11, 30)


def imported(file: Path = FILE) -> tuple[Branch, str]:
    if not Organisation.objects.exists():
        OrganisationFactory()
    out = StringIO()
    call_command("import_problem", str(file), "--name", "bench", stdout=out)
    return Branch.objects.get(external_id="bench"), out.getvalue()


def exported(branch: Branch, folder: Path) -> dict[str, Any]:
    open_week(branch_id=branch.pk, week=Week(MONDAY), actor=coordinator_of(branch), now=NOW)
    file = folder / "out.json"
    call_command(
        "export_problem", "bench", MONDAY.isoformat(), "--output", str(file), stdout=StringIO()
    )
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def test_a_problem_comes_back_as_the_same_week(tmp_path: Path) -> None:
    branch, told = imported()
    before = json.loads(FILE.read_text())

    after = exported(branch, tmp_path)

    assert after["week_start"] == before["week_start"]
    assert after["policy"] == before["policy"]
    assert after["modes"] == before["modes"]
    assert _visits(after) == _visits(before)
    assert _clients(after) == _clients(before)
    assert _carers(after) == _carers(before)
    assert "Left out: last_end" in told
    assert "Left out: locked" in told


def test_the_problems_rules_hold_for_its_branch_alone() -> None:
    branch, _ = imported()
    other = Branch.objects.create(
        organisation=branch.organisation, external_id="other", name="Other"
    )

    assert rota_policy(branch, MONDAY).max_day_minutes == 600
    assert travel_rules(branch, MONDAY).modes["car"]["kmh"] == 30.0
    assert rota_policy(other, MONDAY).max_day_minutes == 660
    assert Preference.objects.count() == 1


def test_peaks_come_over_as_rules_and_tables_are_named_as_left_out(tmp_path: Path) -> None:
    problem = json.loads(FILE.read_text())
    peak = {"days": [0, 1, 2, 3, 4], "from": 480, "to": 540, "factor": 1.5}
    problem["modes"]["car"]["peaks"] = [peak]
    problem["carers"][0]["limits"] = {"max_day_minutes": 480}
    size = len(problem["places"])
    problem["travel"] = {"car": [[0 if a == b else 7 for b in range(size)] for a in range(size)]}
    file = tmp_path / "peaks.json"
    file.write_text(json.dumps({**problem, "format": "rota-problem/2"}))

    branch, told = imported(file)
    after = exported(branch, tmp_path)

    assert (after["format"], "travel" in after) == ("rota-problem/2", False)
    assert after["modes"]["car"]["peaks"] == [peak]
    assert "Left out: travel" in told
    assert "Left out: limits" in told


def test_what_lines_cannot_hold_of_visits_is_named_and_left_out(tmp_path: Path) -> None:
    problem = json.loads(FILE.read_text())
    first, second = problem["visits"][0], problem["visits"][1]
    late = second["target"] // 1440 * 1440 + 1200
    second["alternatives"] = [{"target": late, "earliest": late, "latest": late}]
    second["after"] = {"visit": "extra", "gap": 0}
    second["soft"] = [second["target"], second["latest"]]
    problem["policy"]["weights"]["outside"] = 1.5
    problem["visits"].append({**first, "id": "extra", "priority": 4})
    problem["policy"]["weights"]["unassigned"]["4"] = 5
    file = tmp_path / "extra.json"
    file.write_text(json.dumps({**problem, "format": "rota-problem/2"}))

    branch, told = imported(file)
    after = exported(branch, tmp_path)

    assert after["format"] == "rota-problem/1"
    assert len(after["visits"]) == len(problem["visits"]) - 1
    assert "Left out: alternatives" in told
    assert "Left out: soft ends" in told
    assert "Left out: optional visits" in told


def test_the_same_problem_twice_changes_nothing() -> None:
    imported()
    rules = RuleSet.objects.count()

    _, told = imported()

    assert "0 rows added, 0 changed" in told
    assert RuleSet.objects.count() == rules


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda problem: problem.pop("visits"), "visits"),
        (lambda problem: problem["visits"][0].update(earliest=700), r"visits\[0\]"),
        (lambda problem: problem["carers"][0].update(mode="rocket"), "mode"),
    ],
)
def test_a_problem_that_is_not_sound_is_refused_with_the_place(
    tmp_path: Path, spoil: Any, says: str
) -> None:
    problem = json.loads(FILE.read_text())
    spoil(problem)
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(problem))

    with pytest.raises(CommandError, match=says):
        imported(file)

    assert not Branch.objects.filter(external_id="bench").exists()


def test_what_a_branch_cannot_hold_is_refused_whole(tmp_path: Path) -> None:
    text = FILE.read_text().replace('"car"', '"kayak"')
    file = tmp_path / "kayak.json"
    file.write_text(text)

    with pytest.raises(CommandError, match="travel_mode kayak"):
        imported(file)

    assert not Branch.objects.filter(external_id="bench").exists()


def test_a_week_that_is_not_open_cannot_be_exported(tmp_path: Path) -> None:
    imported()

    with pytest.raises(CommandError, match="no open week"):
        call_command("export_problem", "bench", "2026-11-30", "-o", str(tmp_path / "x.json"))


def _visits(problem: dict[str, Any]) -> list[dict[str, Any]]:
    """Return visits without names of their own: those belong to whoever wrote the file."""
    clients = _places(problem, "clients", "place")
    times = {
        visit["id"]: (clients[visit["client"]], visit["target"]) for visit in problem["visits"]
    }
    found = []
    for visit in problem["visits"]:
        after = visit.get("after")
        found.append(
            {
                **{key: value for key, value in visit.items() if key not in ("id", "after")},
                "client": clients[visit["client"]],
                "skills": sorted(visit["skills"]),
                "after": (times[after["visit"]], after["gap"]) if after else None,
            }
        )
    return sorted(found, key=lambda visit: (visit["target"], visit["client"]))


def _clients(problem: dict[str, Any]) -> list[Any]:
    carers = _places(problem, "carers", "home")
    return sorted(
        (
            _places(problem, "clients", "place")[client["id"]],
            client["gender"] or "",
            client["target_carers"],
            sorted(carers[name] for name in client["familiar"]),
            sorted(carers[name] for name in client["excluded"]),
        )
        for client in problem["clients"]
    )


def _carers(problem: dict[str, Any]) -> list[Any]:
    clients = _places(problem, "clients", "place")
    return sorted(
        (
            _places(problem, "carers", "home")[carer["id"]],
            carer["mode"],
            carer["gender"],
            sorted(carer["skills"]),
            carer["guaranteed_minutes"],
            carer["max_week_minutes"],
            carer["max_days"],
            carer["available"],
            sorted(
                str(sorted({**wish, "client": clients.get(wish.get("client"))}.items()))
                for wish in carer["preferences"]
            ),
        )
        for carer in problem["carers"]
    )


def _places(problem: dict[str, Any], part: str, field: str) -> dict[str, tuple[float, float]]:
    where = {place["id"]: (float(place["x"]), float(place["y"])) for place in problem["places"]}
    return {each["id"]: where[each[field]] for each in problem[part]}
