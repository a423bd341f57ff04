"""Files made to do harm: refused with a clear word, quickly, and without taking much memory."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler import ProblemError, problem_from, problem_to, read_problem
from scheduler.exchange import limits
from tests.scheduler.builders import a_problem, a_visit

ROOT = Path(__file__).parents[2]
MOST_MEGABYTES = 512
MOST_SECONDS = 1.0

# In a process of its own: its peak is what this one file took, on top of the program itself.
READ = """
import resource, sys, time
from scheduler import ProblemError, read_problem
began = time.process_time()
try:
    read_problem(sys.argv[1])
except ProblemError as error:
    print(len(str(error)), str(error)[:300])
print(time.process_time() - began)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

PLAIN = json.dumps(problem_to(a_problem(visits=[a_visit("v1", "Mon 09:00")])))


def _with(part: str, rows: str) -> bytes:
    """Return a sound problem in which one part is replaced by other JSON."""
    document = json.loads(PLAIN)
    document[part] = "HERE"
    return json.dumps(document).replace('"HERE"', rows).encode()


def _many(item: str, count: int) -> str:
    return "[" + ",".join([item] * count) + "]"


FILES: dict[str, Callable[[], bytes]] = {
    "larger than allowed": lambda: b" " * (limits.MOST_BYTES + 1),
    "deep": lambda: b"[" * 350_000,
    "deep and closed": lambda: b"[" * 190_000 + b"]" * 190_000,
    "objects without end": lambda: _many("{}", 2_000_000).encode(),
    "as many objects as allowed": lambda: _many('{"a":0}', limits.MOST_CONTAINERS - 1).encode(),
    "as many lists as allowed": lambda: _many("[0]", limits.MOST_CONTAINERS - 1).encode(),
    "as many texts as allowed": lambda: _many('"ab"', limits.MOST_VALUES - 1).encode(),
    "as many numbers as allowed": lambda: _many("1e9", limits.MOST_VALUES - 1).encode(),
    "wide text": lambda: ('["' + "😀" * 7_900_000 + '"]').encode(),
    "wide text in pieces": lambda: _many('"' + "😀" * 8 + '"', 800_000).encode(),
    "too many visits": lambda: _with("visits", _many("0", limits.MOST_ROWS + 1)),
    "visits that are numbers": lambda: _with("visits", _many("7", 150_000)),
    "endless text": lambda: _with("visits", json.dumps([{"id": "x" * 20_000_000}])),
    "endless name of a field": lambda: _with("visits", json.dumps([{"x" * 20_000_000: 1}])),
    "endless number": lambda: _with("visits", "[" + "9" * 10_000_000 + "]"),
    "not a number": lambda: _with("places", '[{"id": "p", "x": NaN, "y": 0}]'),
    "infinite": lambda: _with("places", '[{"id": "p", "x": 1e999, "y": 0}]'),
    "same carer twice": lambda: _with(
        "carers", json.dumps([json.loads(PLAIN)["carers"][0]] * 20_000)
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_quickly_in_little_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / "week.json"
    path.write_bytes(FILES[name]())

    _refused(path)


@pytest.mark.parametrize("megabytes", [40, 400])
def test_a_small_file_that_unpacks_into_a_large_one_is_not_unpacked(
    tmp_path: Path, megabytes: int
) -> None:
    path = tmp_path / "week.json.gz"
    piece = gzip.compress(b" " * 20_000_000, mtime=0)
    path.write_bytes(piece * (megabytes // 20))
    assert path.stat().st_size < 1_000_000

    assert "bytes" in _refused(path)


def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    assert "bytes" in _refused(Path("/dev/zero"))


def _refused(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    complaint, seconds, megabytes = done.stdout.splitlines()
    length, _, words = complaint.partition(" ")
    assert int(length) < 1_000, "a complaint must stay readable"
    assert float(megabytes) < MOST_MEGABYTES
    assert float(seconds) < MOST_SECONDS
    return words


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("visits", "minutes", 10**30),
        ("visits", "minutes", -(10**4000)),
        ("carers", "last_end", -(10**9)),
        ("carers", "max_week_minutes", 10**9),
        ("clients", "target_carers", 10**12),
        ("places", "x", 10**400),
        ("places", "x", 1e300),
        ("places", "y", float("-inf")),
        ("carers", "id", "\ud800"),
        ("carers", "id", "x" * 501),
        ("carers", "skills", ["x"] * 10_001),
        ("carers", "available", [[0, 60]] * 10_001),
    ],
)
def test_figures_and_texts_beyond_all_sense_are_refused_by_field(
    part: str, field: str, value: Any
) -> None:
    document = json.loads(PLAIN)
    document[part][0][field] = value

    with pytest.raises(ProblemError) as caught:
        problem_from(document)

    assert caught.value.path == f"{part}[0].{field}"
    assert len(str(caught.value)) < 300


def test_a_compressed_file_in_several_pieces_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "week.json.gz"
    text = PLAIN.encode()
    pieces = gzip.compress(text[:100], mtime=0) + gzip.compress(text[100:], mtime=0) + b"\0" * 9
    path.write_bytes(pieces)

    assert problem_to(read_problem(path)) == json.loads(PLAIN)
