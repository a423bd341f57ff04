"""Public benchmark files, made by hand, through the command line and back."""

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.benchmarks.formats import FORMATS
from scheduler.benchmarks.tables import MEASURES, measured, table
from scheduler.cli import main
from scheduler.flexible import FlexiblePlan
from scheduler.flexible_price import faults_of
from scheduler.model import ProblemError

LINE = [[0, 10, 20], [10, 0, 10], [20, 10, 0]]
"""Three places on a line, ten minutes apart, the depot at one end."""

HHCRSP: dict[str, Any] = {
    "patients": [
        {
            "id": "p1",
            "time_window": [0, 120],
            "required_caregivers": [
                {"service": "s1", "duration": 15},
                {"service": "s2", "duration": 12},
            ],
            "synchronization": {"type": "sequential", "distance": [20, 30]},
        },
        {
            "id": "p2",
            "time_window": [0, 25],
            "required_caregivers": [{"service": "s1", "duration": 10}],
        },
    ],
    "caregivers": [{"id": "c1", "abilities": ["s1"]}, {"id": "c2", "abilities": ["s2"]}],
    "distances": LINE,
}

UHHC: dict[str, Any] = {
    "metadata": {
        "time_window_met": "at_service_end",
        "cost_components": {
            "travel_time": 2,
            "total_tardiness": 3,
            "highest_tardiness": 1,
            "total_waiting_time": 5,
            "total_extra_time": 1,
            "max_idle_time": None,
            "caregiver_preferences": 7,
            "optional_patients": 100,
            "missed_lunch_break": 60,
        },
    },
    "distances": LINE,
    "terminal_points": [{"id": "d0", "distance_matrix_index": 0}],
    "caregivers": [
        {
            "id": "c1",
            "abilities": ["s1"],
            "departing_point": "d0",
            "arrival_point": "d0",
            "working_shift": {"start": 0, "end": 300},
            "lunch_break": True,
        }
    ],
    "patients": [
        {
            "id": "p1",
            "distance_matrix_index": 1,
            "required_services": [{"service": "s1", "duration": 30}],
            "time_windows": [{"start": 0, "end": 240}],
            "optional": False,
            "preferred_caregivers": ["somebody else"],
        },
        {
            "id": "p2",
            "distance_matrix_index": 2,
            "required_services": [{"service": "s1", "duration": 30}],
            "time_windows": [{"start": 210, "end": 260}],
            "optional": True,
        },
    ],
    "lunch_breaks": {"start": 180, "end": 240, "min_duration": 30},
}

PHHCRSP = """3 2 2 3
101 2 2 0 1
102 2 0 1 0
7 1 8
8 2 8
3 10
12 4
1 0 1 0 0
0 0 0 1 1
2 0 0 0 0
"""


def _solved(kind: str, folder: Path, content: str) -> tuple[dict[str, Any], Path]:
    path, output = folder / f"small{FORMATS[kind].suffix}", folder / "plan.json"
    path.write_text(content)
    options = ["--format", kind, "--iterations", "600", "--seed", "2", "-o", str(output)]
    assert main(["solve", str(path), *options]) == 0
    return json.loads(output.read_text()), path


def test_hhcrsp_serves_the_early_patient_first_and_keeps_the_gap(tmp_path: Path) -> None:
    plan, _ = _solved("hhcrsp", tmp_path, json.dumps(HHCRSP))
    routes = {route["caregiver"]: route["visits"] for route in plan["routes"]}
    # The near patient can wait for 120 minutes; served first, the far one would still be 20 late.
    assert [(v["patient"], v["service"], v["start"]) for v in routes["c1"]] == [
        ("p2", "s1", 20.0),
        ("p1", "s1", 40.0),
    ]
    assert [(v["patient"], v["service"], v["start"]) for v in routes["c2"]] == [("p1", "s2", 60.0)]


def test_uhhc_sets_out_late_and_has_lunch_on_the_way(tmp_path: Path) -> None:
    plan, _ = _solved("uhhc", tmp_path, json.dumps(UHHC))
    (route,) = plan["routes"]
    services = [entry["service"] for entry in route["visits"]]
    assert sorted(services) == ["lunch_break", "s1", "s1"]
    lunch = route["visits"][services.index("lunch_break")]
    assert 180 <= lunch["start"] <= 210
    assert lunch["end"] == lunch["start"] + 30
    assert lunch["patient"] in {"p1", "p2"}
    # Nobody waits: each entry starts when the one before has ended and the way is made.
    ends = [entry.get("end", entry["start"] + 30) for entry in route["visits"]]
    place = {"p1": 1, "p2": 2}
    for number in (1, 2):
        a, b = route["visits"][number - 1], route["visits"][number]
        assert b["start"] == ends[number - 1] + LINE[place[a["patient"]]][place[b["patient"]]]


def test_phhcrsp_follows_a_pattern_with_the_skill_that_it_asks(tmp_path: Path) -> None:
    plan, _ = _solved("phhcrsp", tmp_path, PHHCRSP)
    routes = {(route["caregiver"], route["day"]): route["patients"] for route in plan["routes"]}
    # On Monday the skilled carer does both, depot, home, other area, depot: 3 + 10 + 12 minutes.
    assert routes[8, 0] == [102, 101]
    assert sorted(routes.values()) == [[101], [102, 101]]
    assert {day for _, day in routes} == {0, 2}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("hhcrsp", "{}"),
        ("uhhc", '{"metadata": 3}'),
        ("phhcrsp", "3 2 2"),
        ("phhcrsp", "3 2 2 3\n1 2 3\n"),
        ("phhcrsp", PHHCRSP.replace("101 2 2 0 1", "101 2 4 0 1")),
    ],
)
def test_a_file_of_another_kind_is_named_and_nothing_is_written(
    kind: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "small.txt", tmp_path / "plan.json"
    path.write_text(content)
    options = ["--format", kind, "--iterations", "10", "-o", str(output)]
    assert main(["solve", str(path), *options]) == 2
    assert "scheduler: " in capsys.readouterr().err
    assert not output.exists()


def test_options_of_the_week_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(HHCRSP))
    options = ["--format", "hhcrsp", "--iterations", "10", "-o", str(tmp_path / "plan.json")]
    assert main(["solve", str(path), *options, "--start", str(path)]) == 2
    assert "--start" in capsys.readouterr().err


def test_a_visit_that_nobody_can_give_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, output = tmp_path / "small.json", tmp_path / "plan.json"
    path.write_text(json.dumps({**HHCRSP, "caregivers": HHCRSP["caregivers"][:1]}))
    options = ["--format", "hhcrsp", "--iterations", "50", "-o", str(output)]
    assert main(["solve", str(path), *options]) == 1
    assert "p1 is not given" in capsys.readouterr().err


def test_a_table_has_a_row_for_each_instance_and_one_for_its_set(tmp_path: Path) -> None:
    (tmp_path / "instances").mkdir()
    (tmp_path / "instances" / "A1.json").write_text(json.dumps(HHCRSP))
    (tmp_path / "best_known.csv").write_text("instance,best_known\nA1,26.666\n")
    rows = list(measured("hhcrsp", tmp_path, seconds=0.3, seeds=[1, 2], threads=1))
    assert rows[0].faults == 0
    assert len(rows[0].costs) == 2
    lines = list(table("hhcrsp", iter(rows)))
    assert lines[2].startswith("| A1 | 0.3 | 26.666 |")
    assert lines[3].startswith("| set A |")
    with pytest.raises(ProblemError, match="best_known"):
        list(measured("hhcrsp", tmp_path / "instances", seconds=1, seeds=[1], threads=1))
    assert set(MEASURES) == set(FORMATS)


def test_a_damaged_plan_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.write_text(json.dumps(HHCRSP))
    problem = FORMATS["hhcrsp"].read(path).problem
    assert faults_of(problem, FlexiblePlan(())) == ["p1 is not given", "p2 is not given"]
