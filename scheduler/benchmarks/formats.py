"""Public benchmark files by the name of their format: reading one, and writing its plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from scheduler.benchmarks import hhcrsp, phhcrsp, uhhc
from scheduler.exchange.files import read_document
from scheduler.flexible import FlexiblePlan, FlexibleProblem
from scheduler.model import ProblemError


@dataclass(frozen=True, slots=True)
class Instance:
    """One file: the problem, and what turns a plan into the layout that its scorer reads."""

    problem: FlexibleProblem
    document_of: Callable[[FlexiblePlan], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Format:
    """How one benchmark is read and written; `suffix` is that of its instance files."""

    suffix: str
    parse: Callable[[Path], Any]
    problem_of: Callable[[Any, str], FlexibleProblem]
    document_of: Callable[[Any, FlexibleProblem, FlexiblePlan], dict[str, Any]]

    def read(self, path: Path) -> Instance:
        """Read an instance file. Raises `ProblemError`."""
        raw = self.parse(path)
        try:
            problem = self.problem_of(raw, path.stem)
        except ProblemError:
            raise
        except (KeyError, TypeError, ValueError, IndexError) as error:
            reason = f"is not an instance of this format: {type(error).__name__} {error}"
            raise ProblemError(str(path), reason) from error
        return Instance(problem, partial(self.document_of, raw, problem))


def _read_text(path: Path) -> phhcrsp.Instance:
    try:
        return phhcrsp.parse(path.read_text())
    except ProblemError as error:
        raise error.inside(str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(str(path), f"cannot be read: {error}") from error


FORMATS: Final[Mapping[str, Format]] = {
    "uhhc": Format(".json", read_document, uhhc.problem_of, uhhc.document_of),
    "hhcrsp": Format(".json", read_document, hhcrsp.problem_of, hhcrsp.document_of),
    "phhcrsp": Format(".txt", _read_text, phhcrsp.problem_of, phhcrsp.document_of),
}
