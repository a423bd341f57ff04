"""What a password may be beyond Django's own rules, and how one is made up for somebody."""

import secrets

from django.core.exceptions import ValidationError

from backend.accounts.models import User

LONGEST_PASSWORD = 256
"""Hashing takes time that grows with the length; nobody's pass phrase is longer."""

# No letters or digits that are taken for each other when read from paper or over the telephone.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4


class MaximumLengthValidator:
    """Refuses what is longer than sign-in would take."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002  Django's signature
        """Raise `ValidationError` with the code `password_too_long`."""
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Say what holds."""
        return f"A password has at most {LONGEST_PASSWORD} characters."


def new_password() -> str:
    """Return a password that nobody can guess: 79 bits, in groups that can be read out."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
