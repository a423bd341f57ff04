"""The two worlds in which every fault is tried."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import World, world_on_files, world_on_servers

WORLDS = {"postgresql-redis": world_on_servers, "sqlite-files": world_on_files}


@pytest.fixture(params=WORLDS, scope="module")
def world(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[World]:
    """A database, a queue and a ticker for all tests of a module."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    with django_db_blocker.unblock(), WORLDS[request.param](folder) as made:
        made.ticker()
        yield made
