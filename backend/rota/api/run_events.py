"""A run as Server-Sent Events, read from its row."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer

from backend.accounts.models import User
from backend.rota.api.run_shapes import RunOut
from backend.rota.models import SolverRun
from backend.rota.models.runs import OPEN_STATES
from backend.rota.selectors.runs import list_runs

EVERY_SECONDS = 1.0
# Said when there is nothing new, so that nothing in between takes the line for dead.
STILL_HERE_SECONDS = 15.0
RECONNECT_MILLISECONDS = 2000
LAST = "last"
"""The id of the event after which nothing more will come."""


class EventStreamRenderer(BaseRenderer):
    """Lets a caller ask for `text/event-stream`; what it renders itself is only ever an error."""

    media_type = "text/event-stream"
    format = "event-stream"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002  DRF's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002  DRF's signature
    ) -> bytes:
        """Return an error as JSON."""
        return JSONRenderer().render(data)


class _Reader:
    """One thread with one database connection for all streams of this process.

    A connection for each stream would be held, idle, for as long as its run takes.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="run-events")
        self._streams = 0

    def __enter__(self) -> "_Reader":
        self._streams += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._streams -= 1
        if not self._streams:
            # Named inside: each thread has a connection of its own under this name.
            self._thread.submit(lambda: connection.close())

    async def read(self, viewer_id: int, run_id: int) -> tuple[str, bool] | None:
        """Return a run as JSON and whether it is final; None once it is out of sight."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, _read, viewer_id, run_id)


_reader = _Reader()


def run_events(run: SolverRun, viewer: User, *, last_event: str) -> HttpResponseBase:
    """Return the stream of a run the viewer may see; 204 when it has told everything before."""
    if last_event == LAST and run.state not in OPEN_STATES:
        return HttpResponse(status=204)
    answer = StreamingHttpResponse(
        _events(viewer.pk, run.pk), content_type=EventStreamRenderer.media_type
    )
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


async def _events(viewer_id: int, run_id: int) -> AsyncIterator[str]:
    yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
    told, told_at = "", time.monotonic()
    with _reader:
        while True:
            try:
                read = await _reader.read(viewer_id, run_id)
            except DatabaseError:
                return  # the client connects again
            if read is None:
                return
            content, is_final = read
            if content != told:
                told, told_at = content, time.monotonic()
                yield _event(content, is_final=is_final)
            elif time.monotonic() - told_at > STILL_HERE_SECONDS:
                told_at = time.monotonic()
                yield ": still here\n\n"
            if is_final:
                return
            await asyncio.sleep(EVERY_SECONDS)


def _event(content: str, *, is_final: bool) -> str:
    mark = f"id: {LAST}\n" if is_final else ""
    return f"{mark}event: run\ndata: {content}\n\n"


def _read(viewer_id: int, run_id: int) -> tuple[str, bool] | None:
    # What the viewer may see is asked each time: a right that is taken away ends the stream.
    close_old_connections()
    viewer = User.objects.filter(pk=viewer_id, is_active=True).first()
    run = list_runs(viewer).filter(pk=run_id).first() if viewer else None
    if run is None:
        return None
    content = JSONRenderer().render(RunOut(run).data).decode()
    return content, run.state not in OPEN_STATES
