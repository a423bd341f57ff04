"""Each import fence is broken on purpose in a copy, and must turn red."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]

BREACHES = [
    ("the scheduler is pure Python", "scheduler/units.py", "import django"),
    (
        "scheduler modules depend downwards",
        "scheduler/units.py",
        "from scheduler import model",
    ),
    (
        "backend apps depend downwards",
        "backend/clients/selectors.py",
        "from backend.rota import models",
    ),
    (
        "backend apps depend downwards",
        "backend/clients/selectors.py",
        "from backend.people import models",
    ),
    (
        "backend apps depend downwards",
        "backend/travel/tables.py",
        "from backend.people import models",
    ),
    ("counting is pure Python", "backend/counting/stv.py", "import django"),
    (
        "the recount shares nothing with the count",
        "backend/democracy/recount/__init__.py",
        "from backend.counting import stv",
    ),
    (
        "backend apps depend downwards",
        "backend/rota/tasks.py",
        "from backend.democracy import counting",
    ),
    (
        "rules and queries know nothing of HTTP",
        "backend/clients/services/key_safe.py",
        "import rest_framework",
    ),
    (
        "nobody borrows another app's HTTP layer",
        "backend/rota/api/board.py",
        "from backend.clients.api import serializers",
    ),
    (
        "one door between backend and scheduler",
        "backend/rota/services/publish.py",
        "import scheduler",
    ),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all that the fences look at."""
    place = tmp_path_factory.mktemp("fences")
    for part in ("backend", "scheduler"):
        shutil.copytree(
            ROOT / part,
            place / part,
            ignore=shutil.ignore_patterns("__pycache__", "_build", "*.so"),
        )
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def _broken_contracts(place: Path) -> tuple[set[str], str]:
    """Return the names of the contracts that are broken, and what the linter said."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    broken = {contract["name"] for contract in CONTRACTS if f"{contract['name']} BROKEN" in said}
    assert bool(broken) == bool(done.returncode), said
    return broken, said


def test_no_fence_is_broken(copy: Path) -> None:
    broken, said = _broken_contracts(copy)

    assert not broken, said


def test_every_fence_is_tried() -> None:
    assert {name for name, _, _ in BREACHES} == {contract["name"] for contract in CONTRACTS}


@pytest.mark.parametrize(("fence", "module", "breach"), BREACHES)
def test_a_breach_turns_its_fence_red(copy: Path, fence: str, module: str, breach: str) -> None:
    path = copy / module
    before = path.read_text()
    path.write_text(f"{before}\n{breach}\n")

    broken, _ = _broken_contracts(copy)
    path.write_text(before)

    assert fence in broken


def test_a_new_app_without_a_place_turns_the_layers_red(copy: Path) -> None:
    app = copy / "backend" / "newcomer"
    app.mkdir()
    (app / "__init__.py").write_text("")

    broken, _ = _broken_contracts(copy)
    shutil.rmtree(app)

    assert broken == {"backend apps depend downwards"}
