"""Starts PostgreSQL and Redis for the tests that need them, once for all of pytest's workers."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.services import missing_services, running_services

# On a busy machine a single example may take seconds; speed is measured elsewhere. Examples are
# drawn alike every time: a change is never blamed for an old fault that happened to be found.
hypothesis_settings.register_profile("patient", deadline=None, derandomize=True)
hypothesis_settings.load_profile("patient")

# pytest-django reads the settings, and with them the addresses of the services, as soon as it
# knows this name; so the name stands here and not in the configuration file.
SETTINGS = "DJANGO_SETTINGS_MODULE"
os.environ.setdefault(SETTINGS, "backend.config.settings.test")

# Parts of the tree whose tests touch neither database nor queue; alone, they start at once.
NEED_NO_SERVICES = (
    "tests/scheduler",
    "tests/architecture",
    "tests/deploy",
    "tests/backend/counting",
    "tests/backend/democracy/pages/pure",
    "tests/backend/surplus",
    "tests/backend/retention",
)
REDIS_DATABASES = 16

_services = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Put the addresses into the environment, where settings and xdist's workers find them."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = _own_redis(os.environ.get("REDIS_URL", ""), worker)
    elif missing_services() and _needs_services(config):
        os.environ.update(_services.enter_context(running_services()))
    # pytest-django, which comes next, sets Django up only when its settings have been read.
    assert settings.DATABASES


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Make each worker read the settings only after `pytest_configure` above, as here."""
    del os.environ[SETTINGS]


def pytest_unconfigure() -> None:
    """Stop what was started, also after a failure or Ctrl-C."""
    _services.close()


def _own_redis(address: str, worker: str) -> str:
    """Give each of pytest's workers, gw0, gw1 …, a numbered Redis database of its own.

    PostgreSQL needs no such thing: pytest-django names the worker in its test database.
    """
    server, _, number = address.rpartition("/")
    if not number.isdigit():
        return address
    return f"{server}/{(int(number) + int(worker.removeprefix('gw'))) % REDIS_DATABASES}"


def _needs_services(config: pytest.Config) -> bool:
    only_looking = config.option.help or config.option.version or config.option.collectonly
    quiet = [config.rootpath / part for part in NEED_NO_SERVICES]
    paths = [Path(config.invocation_params.dir, arg.split("::")[0]) for arg in config.args]
    return not only_looking and not all(
        any(path.is_relative_to(part) for part in quiet) for path in paths
    )
