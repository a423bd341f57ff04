"""A route server on this machine for tests: well, slow, broken, half-answering or down."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A question as it came in."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What the server sends: status, bytes, and how."""

    status: int = 200
    data: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    told_length: int | None = None
    byte_seconds: float = 0.0
    wait_seconds: float = 0.0


Behaviour = Callable[[Asked], Reply]


def as_json(document: object, status: int = 200) -> Reply:
    """Return a reply with a document."""
    return Reply(status, json.dumps(document).encode())


def osrm(asked: Asked) -> Reply:
    """Answer as OSRM does: each way takes as many seconds as its places lie apart, one way."""
    url = urlsplit(asked.path)
    places = [tuple(map(float, p.split(","))) for p in url.path.rsplit("/", 1)[1].split(";")]
    query = parse_qs(url.query, separator="&")
    sources = [places[int(n)] for n in query["sources"][0].split(";")]
    targets = [places[int(n)] for n in query["destinations"][0].split(";")]
    return as_json({"code": "Ok", "durations": [[seconds(a, b) for b in targets] for a in sources]})


def seconds(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Return made-up seconds; eastward is slower, so that a way back takes another time."""
    east, north = b[0] - a[0], b[1] - a[1]
    return round(abs(east) * 6000 + abs(north) * 9000 + max(0.0, east) * 3000, 1)


class RouteServer:
    """The server: counts and keeps what it is asked; `behaviour` may change at any time."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = osrm
        self.asked: list[Asked] = []
        self.leave = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stub.answer(self, None)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                stub.answer(self, json.loads(self.rfile.read(length)))

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                pass  # clients hang up on purpose here

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def answer(self, handler: BaseHTTPRequestHandler, body: Any) -> None:
        """Note the question and send what the behaviour says."""
        asked = Asked(handler.command, handler.path, body, dict(handler.headers))
        self.asked.append(asked)
        reply = self.behaviour(asked)
        self.leave.wait(reply.wait_seconds)
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        length = len(reply.data) if reply.told_length is None else reply.told_length
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        if not reply.byte_seconds:
            handler.wfile.write(reply.data)
            return
        for byte in reply.data:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            if self.leave.wait(reply.byte_seconds):
                return

    def close(self) -> None:
        """Stop, and let go of whoever still waits."""
        self.leave.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def route_server() -> Iterator[RouteServer]:
    """Run a server for the time of a test."""
    server = RouteServer()
    try:
        yield server
    finally:
        server.close()


def unused_address() -> str:
    """Return an address on this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
