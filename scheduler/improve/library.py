"""The compiled kernels: built at set-up by a compiler that is a Python wheel, loaded at run time.

There are two: `ROTA` searches the week, whose starts lie near targets (decision record 0002), and
`SOFT` searches plans whose times follow from orders (decision record 0007).
"""

import ctypes
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from scheduler.improve.encode import ProblemArrays
from scheduler.improve.soft_encode import FlexibleArrays

FOLDER: Final = Path(__file__).parent
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


Faces: TypeAlias = Mapping[str, tuple[Any, list[Any]]]
"""What a kernel's functions return and are given."""


@dataclass(frozen=True)
class Kernel:
    """One library: its folder of sources, headers it borrows from another, and its functions."""

    name: str
    folder: str
    borrowed: tuple[str, ...]
    faces: Faces

    def sources(self) -> Iterator[Path]:
        """Yield all files that the library is made of, in the same order everywhere."""
        yield from sorted((FOLDER / self.folder).iterdir())
        yield from (FOLDER / name for name in self.borrowed)

    def __hash__(self) -> int:
        return hash(self.name)


_SOLVER: Final = ctypes.c_void_p
_ADDRESS: Final = ctypes.c_void_p
_WHOLE: Final = ctypes.c_int32
_POINTS: Final = ctypes.c_int64

ROTA: Final = Kernel(
    "rota",
    "kernel",
    (),
    {
        "rota_create": (_SOLVER, [ctypes.POINTER(ProblemArrays), _WHOLE, ctypes.c_uint64]),
        "rota_free": (None, [_SOLVER]),
        "rota_keep": (_WHOLE, [_SOLVER, _WHOLE, _WHOLE, ctypes.POINTER(_WHOLE)]),
        "rota_construct": (None, [_SOLVER]),
        "rota_improve": (None, [_SOLVER, _WHOLE, ctypes.c_double]),
        "rota_go_back_to_best": (None, [_SOLVER]),
        "rota_total": (_POINTS, [_SOLVER]),
        "rota_best_total": (_POINTS, [_SOLVER]),
        "rota_terms": (None, [_SOLVER, ctypes.POINTER(_POINTS)]),
        "rota_read_best": (None, [_SOLVER, _ADDRESS, _ADDRESS]),
    },
)
SOFT: Final = Kernel(
    "soft",
    "soft",
    ("kernel/random.hpp",),
    {
        "soft_create": (_SOLVER, [ctypes.POINTER(FlexibleArrays), _WHOLE, ctypes.c_uint64]),
        "soft_free": (None, [_SOLVER]),
        "soft_improve": (None, [_SOLVER, _WHOLE, ctypes.c_double, ctypes.c_double]),
        "soft_meet": (None, [_SOLVER]),
        "soft_go_back_to_best": (None, [_SOLVER]),
        "soft_best_total": (_POINTS, [_SOLVER]),
        "soft_read_best": (None, [_SOLVER, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS]),
    },
)
KERNELS: Final = (ROTA, SOFT)


def library_path(kernel: Kernel = ROTA) -> Path:
    """Return where the library of these very sources and flags is, or would be."""
    digest = hashlib.sha256(" ".join((*FLAGS, sys.platform, os.uname().machine)).encode())
    for source in kernel.sources():
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return BUILD_FOLDER / f"{kernel.name}-{digest.hexdigest()[:16]}.so"


def build() -> None:
    """Compile the kernels that are not there already.

    The first time on a machine takes about a minute, since the compiler builds its own standard
    library first. Two builds at once do no harm.

    Raises
    ------
    EngineError
        The compiler is missing or refuses the sources; the message holds what it said.
    """
    for kernel in KERNELS:
        if not library_path(kernel).exists():
            _compile(kernel)


def _compile(kernel: Kernel) -> None:
    path = library_path(kernel)
    BUILD_FOLDER.mkdir(exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    command = [sys.executable, "-m", "ziglang", "c++", *FLAGS]
    command += ["-o", str(unfinished), str(FOLDER / kernel.folder / "api.cpp")]
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
    for old in BUILD_FOLDER.glob(f"{kernel.name}-*.so"):
        if old != path:
            old.unlink(missing_ok=True)


@cache
def load(kernel: Kernel = ROTA) -> ctypes.CDLL:
    """Load a kernel that `build` has made.

    Raises
    ------
    EngineError
        It has not been built for these sources.
    """
    path = library_path(kernel)
    if not path.exists():
        raise EngineError(
            "The rota engine is not compiled. Run `python -m scheduler build` (./roundtable setup "
            "does it) and try again."
        )
    library = ctypes.CDLL(str(path))
    for name, (result, arguments) in kernel.faces.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
