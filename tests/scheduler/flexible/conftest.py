"""The engine is compiled before its first test; the same sources are compiled only once."""

import pytest

from scheduler.improve.library import build


@pytest.fixture(scope="session", autouse=True)
def _engine_is_compiled() -> None:
    build()
