"""Running the parts of Roundtable together: when one stops, all stop, and it is said why."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.roundtable.parts import Part
from deploy.roundtable.places import logs
from deploy.roundtable.processes import child, end, ending, tail
from deploy.roundtable.terminal import FailureError

STOP_WITHIN = 3.0  # seconds


@dataclass(frozen=True)
class Running:
    """The parts that were started, each with its process and its log."""

    stack: ExitStack
    parts: list[tuple[Part, "subprocess.Popen[bytes]", Path]] = field(default_factory=list)

    def start(self, *parts: Part) -> None:
        """Start parts, each with a fresh log."""
        for part in parts:
            log = logs() / f"{part.name.replace(' ', '-')}.log"
            log.write_bytes(b"")
            process = self.stack.enter_context(
                child(part.command, log=log, killed_parent_signal=part.killed_parent_signal)
            )
            self.parts.append((part, process, log))

    def check(self) -> None:
        """Raise `FailureError` with the end of its log as soon as one part has stopped."""
        for part, process, log in self.parts:
            code = process.poll()
            if code is not None:
                said = f"The {part.name} {ending(code)}, so everything else was stopped."
                raise FailureError(f"{said} The end of {log}:{tail(log)}")


@contextmanager
def together() -> Iterator[Running]:
    """Yield what starts parts; all that it started ends when the block is left."""
    with ExitStack() as stack:
        running = Running(stack)
        try:
            yield running
        finally:
            # All at once; the stack would end one after the other. Not for long: an idle worker
            # looks up every two seconds, and a rota being built goes on at the next start.
            end([process for _, process, _ in running.parts], grace=STOP_WITHIN)
