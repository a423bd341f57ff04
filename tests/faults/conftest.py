"""The two worlds in which every fault is tried."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.faults.harness import World

WORLDS = ("postgresql-redis", "sqlite-files")


@pytest.fixture(params=WORLDS, scope="module")
def world(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> "Iterator[World]":
    """A database, a queue and a ticker for all tests of a module."""
    # This file may be read before Django is ready; the harness needs its tables.
    from tests.faults.harness import world_on_files, world_on_servers

    folder: Path = tmp_path_factory.mktemp(request.param)
    make = world_on_servers if request.param == "postgresql-redis" else world_on_files
    with django_db_blocker.unblock(), make(folder) as made:
        made.ticker()
        yield made
