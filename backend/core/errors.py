"""Refusals: a rule says no, and the person can act on it."""

from typing import ClassVar


class RefusalError(Exception):
    """A rule forbids what was asked; nothing was changed.

    The HTTP layer answers 409 with `code` and `params`; the words are chosen on screen.
    """

    code: ClassVar[str] = "core.refused"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params
