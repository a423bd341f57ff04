"""What is known of the trial between two starts: sign-ins, built rotas, where it answers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from deploy.roundtable.places import var
from deploy.roundtable.terminal import FailureError, table

NAME = "trial.json"
SIGN_IN = ("role", "username", "password")


def trial_file() -> Path:
    """Return where the trial is noted, with the passwords of its made-up people."""
    return var() / NAME


@dataclass
class Trial:
    """The trial's note to itself."""

    address: str = ""
    # A fingerprint; empty before anything was loaded.
    database: str = ""
    all_branches: bool = False
    # As `manage.py load_demo --json` prints them: the branch that is shown comes first.
    sign_ins: list[dict[str, str]] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    # The Monday of the week that is built.
    next_week: str = ""
    # The figures of each branch whose rota was built, one pair of words and value for each.
    built: dict[str, list[list[str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path | None = None) -> "Trial":
        """Return the note of the last start; an empty one when there is none."""
        file = file or trial_file()
        try:
            return cls(**json.loads(file.read_text()))
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError) as error:
            raise FailureError(f"{file} cannot be read; start with --reset.") from error

    def save(self) -> None:
        """Write the note, whole or not at all."""
        fresh = trial_file().with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(asdict(self), indent=1))
        fresh.replace(trial_file())

    def has(self, database: str, *, all_branches: bool) -> bool:
        """Say whether this database (its address) holds all that is asked for."""
        return self.database == _mark(database) and (self.all_branches or not all_branches)

    def loaded(self, told: Mapping[str, Any], database: str, *, all_branches: bool) -> None:
        """Note what `manage.py load_demo --json` told; rotas of other data are forgotten."""
        found = (_mark(database), told["next_week"])
        if told["is_new"] or found != (self.database, self.next_week):
            self.built = {}
        self.database, self.next_week = found
        self.all_branches = all_branches
        self.sign_ins, self.branches = told["sign_ins"], told["branches"]

    def branches_to_build(self, *, all_branches: bool) -> list[str]:
        """Return the branches that are still to get next week's rota in this start."""
        wanted = self.branches if all_branches else self.branches[:1]
        return [branch for branch in wanted if branch not in self.built]

    def description(self) -> str:
        """Return the figures, the address and the sign-ins as they are shown."""
        parts = [f"Next week's rota of {name}\n{table(rows)}" for name, rows in self.built.items()]
        rows = [tuple(each[column] for column in SIGN_IN) for each in self.sign_ins]
        parts.append(f"Roundtable answers at {self.address}; sign in as\n{table([SIGN_IN, *rows])}")
        return "\n\n".join(parts)


def _mark(address: str) -> str:
    """Return a fingerprint of a database's address, which may hold a password."""
    return hashlib.sha256(address.encode()).hexdigest()
