"""What a measurement ran on."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """Return the processor's name and the number of cores this process may use."""
    cores = len(os.sched_getaffinity(0))
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()} ({cores} cores)"
