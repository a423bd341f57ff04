"""Results in a file of JSON lines, so that an interrupted measurement goes on where it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]


class Records:
    """What has been measured so far; each thing is measured once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Record] = {}
        lines = path.read_text().splitlines() if path.exists() else []
        for line in lines:
            try:
                told = json.loads(line)
            except ValueError:
                # The line at which it was interrupted.
                continue
            self._known[told["key"]] = told["result"]

    def once(self, what: Record, measure: Callable[[], Record]) -> Record:
        """Return what was measured under these figures before, else measure and keep it."""
        key = json.dumps(what, sort_keys=True)
        if key not in self._known:
            result = measure()
            with self._path.open("a") as file:
                # A broken line before this one must not swallow it.
                file.write("\n" + json.dumps({"key": key, "result": result}) + "\n")
            self._known[key] = result
        return self._known[key]
