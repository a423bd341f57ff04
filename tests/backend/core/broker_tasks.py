"""A Celery application of its own for the broker's tests; each task notes that it ran."""

import os
import time
from pathlib import Path

from celery import Celery

from backend.core.broker import SCHEME, file_broker_options, register_file_broker

register_file_broker()
app = Celery("broker-test", broker=f"{SCHEME}://")
folder = Path(os.environ.get("BROKER_TEST_FOLDER", "never-used"))
app.conf.update(
    broker_transport_options=file_broker_options(folder / "broker"),
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
)


@app.task  # type: ignore[untyped-decorator]  # Celery has no types
def note(number: int, sent_at: float) -> None:
    """Note one line: the number and how many seconds it took to start."""
    with (folder / f"ran-{os.getpid()}").open("a") as file:
        file.write(f"{number} {time.time() - sent_at:.3f}\n")
