"""The engine is compiled before its first test; the same sources are compiled only once."""

import logging
from collections.abc import Iterator

import pytest

from scheduler.improve.library import build


@pytest.fixture(scope="session", autouse=True)
def _engine_is_compiled() -> None:
    build()


@pytest.fixture(autouse=True)
def _nothing_had_to_be_taken_out(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail where the final check of `solve` had to mend what the engine proposed."""
    yield
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
