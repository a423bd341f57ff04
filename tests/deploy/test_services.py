"""The tests' own PostgreSQL and Valkey answer, keep strangers out and never outlive the tests."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from tests.deploy.test_processes import is_alive, wait_for
from tests.services import running_services

ROOT = Path(__file__).resolve().parents[2]


def without_addresses() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.endswith("_URL")}


@contextmanager
def started() -> Iterator[tuple["subprocess.Popen[str]", dict[str, str]]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.services"],
        cwd=ROOT,
        env=without_addresses(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def servers(addresses: dict[str, str]) -> list[int]:
    with psycopg.connect(addresses["DATABASE_URL"]) as database:
        row = database.execute("select pg_backend_pid()").fetchone()
        assert row is not None
        backend = int(Path(f"/proc/{row[0]}/stat").read_text().rpartition(")")[2].split()[1])
    with redis.Redis.from_url(addresses["REDIS_URL"]) as client:
        return [backend, int(client.info("server")["process_id"])]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_both_servers_answer_and_end_with_their_starter(how: signal.Signals) -> None:
    with started() as (process, addresses):
        pids = servers(addresses)

        process.send_signal(how)
        process.wait(20)

    wait_for(lambda: not any(map(is_alive, pids)))


def test_nothing_is_left_on_the_disk_after_an_orderly_end() -> None:
    with started() as (process, addresses):
        folder = Path(addresses["DATABASE_URL"].partition("host=")[2])
        assert folder.is_dir()

        process.terminate()
        process.wait(20)

    assert not folder.exists()


def test_a_stranger_without_the_password_is_refused() -> None:
    with started() as (_process, addresses):
        address = addresses["REDIS_URL"]
        open_address = "redis://" + address.rpartition("@")[2]

        with redis.Redis.from_url(open_address) as client, pytest.raises(redis.AuthenticationError):
            client.ping()


def test_given_addresses_win_and_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"DATABASE_URL": "postgresql://db.example/rt", "REDIS_URL": "redis://queue.example"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(subprocess, "Popen", None)

    with running_services() as addresses:
        assert addresses == given
