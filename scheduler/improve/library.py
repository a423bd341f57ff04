"""The compiled kernel: built at set-up by a compiler that is a Python wheel, loaded at run time."""

import ctypes
import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

from scheduler.improve.encode import ProblemArrays

SOURCES: Final = Path(__file__).parent / "kernel"
BUILD_FOLDER: Final = Path(__file__).parent / "_build"
BUILD_SECONDS: Final = 600
# The plain processor of its kind, so that a library built here also runs on an older machine, and
# no contraction of float operations: the same seed gives the same week everywhere.
FLAGS: Final = (
    "-std=c++20", "-O3", "-DNDEBUG", "-mcpu=baseline", "-ffp-contract=off", "-fPIC", "-shared",
    "-Wall", "-Wextra", "-s",
)  # fmt: skip


class EngineError(RuntimeError):
    """The kernel is missing or could not be compiled; the message says what to do."""


def library_path() -> Path:
    """Return where the kernel for these very sources and flags is, or would be."""
    digest = hashlib.sha256(" ".join((*FLAGS, sys.platform, os.uname().machine)).encode())
    for source in sorted(SOURCES.iterdir()):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return BUILD_FOLDER / f"rota-{digest.hexdigest()[:16]}.so"


def build() -> Path:
    """Compile the kernel unless it is there already, and return its path.

    The first time on a machine takes about a minute, since the compiler builds its own standard
    library first. Two builds at once do no harm.

    Raises
    ------
    EngineError
        The compiler is missing or refuses the sources; the message holds what it said.
    """
    path = library_path()
    if path.exists():
        return path
    BUILD_FOLDER.mkdir(exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    command = [sys.executable, "-m", "ziglang", "c++", *FLAGS]
    command += ["-o", str(unfinished), str(SOURCES / "api.cpp")]
    # The compiler's cache stays with the build, not in the home of whoever runs it.
    cache_folder = str(BUILD_FOLDER / "cache")
    variables = {"ZIG_GLOBAL_CACHE_DIR": cache_folder, "ZIG_LOCAL_CACHE_DIR": cache_folder}
    try:
        done = subprocess.run(  # noqa: S603  (our own sources, a compiler from the lock file)
            command,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"Compiling the engine took over {BUILD_SECONDS} seconds.") from error
    if done.returncode != 0:
        unfinished.unlink(missing_ok=True)
        raise EngineError(f"The engine could not be compiled:\n{done.stderr.strip()}")
    unfinished.replace(path)
    for old in BUILD_FOLDER.glob("rota-*.so"):
        if old != path:
            old.unlink(missing_ok=True)
    return path


@cache
def load() -> ctypes.CDLL:
    """Load the kernel that `build` has made.

    Raises
    ------
    EngineError
        It has not been built for these sources.
    """
    path = library_path()
    if not path.exists():
        raise EngineError(
            "The rota engine is not compiled. Run `python -m scheduler build` (./roundtable setup "
            "does it) and try again."
        )
    library = ctypes.CDLL(str(path))
    solver, whole, points = ctypes.c_void_p, ctypes.c_int32, ctypes.c_int64
    faces = {
        "rota_create": (solver, [ctypes.POINTER(ProblemArrays), whole, ctypes.c_uint64]),
        "rota_free": (None, [solver]),
        "rota_keep": (whole, [solver, whole, whole, ctypes.POINTER(whole)]),
        "rota_construct": (None, [solver]),
        "rota_improve": (None, [solver, whole, ctypes.c_double]),
        "rota_go_back_to_best": (None, [solver]),
        "rota_total": (points, [solver]),
        "rota_best_total": (points, [solver]),
        "rota_terms": (None, [solver, ctypes.POINTER(points)]),
        "rota_read_best": (None, [solver, ctypes.c_void_p, ctypes.c_void_p]),
    }
    for name, (result, arguments) in faces.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
