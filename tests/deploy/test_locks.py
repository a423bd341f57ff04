"""The locks are complete, carry hashes, and send nobody to one particular package index."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = ("base", "dev")
ADDRESS = re.compile(r"(https?|file|git\+\w+)://", re.IGNORECASE)
NOT_COMMITTED = ("uv.lock", "pylock.toml", "yarn.lock", "pnpm-lock.yaml", "poetry.lock")


def requirements(name: str) -> dict[str, str]:
    """Return the packages of a lock, each with its version and hashes as one line."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [
        line.strip() for line in text.splitlines() if line and not line.lstrip().startswith("#")
    ]
    return {line.split("==")[0]: line for line in lines}


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_python_package_has_one_version_and_hashes(name: str) -> None:
    for package, line in requirements(name).items():
        assert re.match(r"[\w.\-\[\]]+==[\w.+!]+( ;|  )", line), f"{package} has no exact version"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), f"{package} has no hash"


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_a_python_lock_holds_everything_that_its_list_asks_for(name: str) -> None:
    asked = (ROOT / "requirements" / f"{name}.in").read_text()
    names = re.findall(r"^([A-Za-z][\w.\-]*)", asked, re.MULTILINE)

    assert names
    locked = {re.sub(r"\[.*", "", package).lower() for package in requirements(name)}
    assert {re.sub(r"[-_.]+", "-", each).lower() for each in names} <= locked


def test_what_runs_is_what_is_tested() -> None:
    tested = requirements("dev")

    assert {name: line for name, line in requirements("base").items() if tested[name] != line} == {}


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_a_python_lock_names_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()

    assert not ADDRESS.search(text)
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host", text)


def npm_lock() -> dict[str, dict[str, object]]:
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    return {path: entry for path, entry in packages.items() if path}


def test_every_front_end_package_has_a_version_and_a_hash() -> None:
    packages = npm_lock()

    assert packages
    for path, entry in packages.items():
        assert entry["version"], path
        assert str(entry.get("integrity", "")).startswith("sha512-"), f"{path} has no hash"


def test_the_front_end_lock_names_no_address_beside_funding_links() -> None:
    for path, entry in npm_lock().items():
        said = {key: value for key, value in entry.items() if key != "funding"}
        assert not ADDRESS.search(json.dumps(said)), path


def test_the_project_itself_keeps_addresses_out_of_the_front_end_lock() -> None:
    settings = (ROOT / "frontend" / ".npmrc").read_text().split()

    assert "omit-lockfile-registry-resolved=true" in settings


def test_no_lock_that_keeps_addresses_is_committed() -> None:
    assert [name for name in NOT_COMMITTED for _ in ROOT.glob(name)] == []
    assert [name for name in NOT_COMMITTED for _ in (ROOT / "frontend").glob(name)] == []
