"""A route server for each test that wants one."""

from collections.abc import Iterator

import pytest

from tests.backend.travel.stub import RouteServer, route_server


@pytest.fixture
def server() -> Iterator[RouteServer]:
    with route_server() as running:
        yield running
