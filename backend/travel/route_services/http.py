"""One careful question over HTTP: in time, of bounded size, without redirects or proxies."""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

from backend.travel.route_services.face import Failure, RouteServiceError

LONGEST_WAIT_SECONDS: Final = 15.0
LARGEST_ANSWER_BYTES: Final = 32 * 1024 * 1024
BUSY_STATUSES: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
FAULT_STATUS: Final = 400
"""With it both services say in JSON what they do not like."""


def ask(
    address: str, path: str, *, body: Mapping[str, Any] | None = None, until: float
) -> tuple[int, Any]:
    """Return status (200 or 400) and JSON of an answer; with a body it is a POST.

    Parameters
    ----------
    address
        Scheme, host, port and perhaps a path before `path`; from the settings alone.
    until
        On the clock of `time.monotonic`. Nothing takes longer, not even a server that sends a
        byte now and then.

    Raises
    ------
    RouteServiceError
        There was no such answer.
    """
    seconds = min(LONGEST_WAIT_SECONDS, until - time.monotonic())
    if seconds <= 0:
        raise RouteServiceError(Failure.OUT_OF_TIME)
    began = time.monotonic()
    try:
        with closing(_connection(address, seconds)) as connection:
            connection.connect()
            with _cut_after(connection.sock, seconds - (time.monotonic() - began)):
                path = urlsplit(address).path.rstrip("/") + path
                status, data = _exchange(connection, path, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        is_late = isinstance(error, TimeoutError) or time.monotonic() - began >= seconds
        raise RouteServiceError(
            Failure.TIMED_OUT if is_late else Failure.UNREACHABLE, type(error).__name__
        ) from error
    if status not in {200, FAULT_STATUS}:
        failure = Failure.BUSY if status in BUSY_STATUSES else Failure.REFUSED
        raise RouteServiceError(failure, f"status {status}")
    try:
        return status, json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RouteServiceError(Failure.UNREADABLE, "not JSON") from error


def _connection(address: str, seconds: float) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(
            parts.netloc, timeout=seconds, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(parts.netloc, timeout=seconds)


def _exchange(
    connection: http.client.HTTPConnection, path: str, body: Mapping[str, Any] | None
) -> tuple[int, bytes]:
    headers = {"Accept": "application/json", "User-Agent": "Roundtable", "Connection": "close"}
    if body is None:
        connection.request("GET", path, headers=headers)
    else:
        headers["Content-Type"] = "application/json"
        connection.request("POST", path, json.dumps(body), headers)
    with connection.getresponse() as answer:
        data = answer.read(LARGEST_ANSWER_BYTES + 1)
        if len(data) > LARGEST_ANSWER_BYTES:
            raise RouteServiceError(Failure.UNREADABLE, "the answer is too large")
        if answer.length:
            raise http.client.IncompleteRead(data, answer.length)
        return answer.status, data


@contextmanager
def _cut_after(sock: socket.socket, seconds: float) -> Iterator[None]:
    """End what goes on over a socket after a time.

    A time limit of the socket itself begins anew with each byte.
    """
    guard = threading.Timer(seconds, _cut, [sock])
    guard.daemon = True
    guard.start()
    try:
        yield
    finally:
        guard.cancel()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
