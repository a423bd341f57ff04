"""The complaint about data that the scheduler cannot use."""


class ProblemError(ValueError):
    """Data that the scheduler cannot use.

    Attributes
    ----------
    path
        Where the fault is, as in `visits[17].earliest`; empty for the whole document.
    reason
        What is wrong and what to mend, in plain words.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason

    def inside(self, parent: str) -> "ProblemError":
        """Return the same fault as seen from the value that holds this one."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return ProblemError(f"{parent}{joint}{self.path}", self.reason)
