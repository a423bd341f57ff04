"""What the commands about people share: whom they are about, passwords, refusals in words."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from getpass import getpass
from typing import Any

from django.core.management.base import CommandError

from backend.accounts.models import User
from backend.accounts.passwords import new_password
from backend.core.errors import RefusalError

WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "accounts.username_taken": lambda given: (
        f"Somebody signs in as {given['username']!r} already. Choose another username; to give "
        "that person a further role: ./roundtable user grant."
    ),
    "accounts.unfit_name": lambda given: " ".join(
        f"{field}: {' '.join(problems)}" for field, problems in given["problems"].items()
    ),
    "accounts.weak_password": lambda given: " ".join(given["reasons"]),
    "accounts.last_admin": lambda _: (
        "This is the organisation's last administrator. Make somebody else administrator first."
    ),
    "accounts.role_branch": lambda given: (
        f"The role {given['role']} is held for one branch: name it with --branch."
        if given["needs_branch"]
        else f"The role {given['role']} holds everywhere: leave --branch out."
    ),
    "accounts.others_branch": lambda _: "The branch belongs to another organisation.",
    "accounts.user_deactivated": lambda given: (
        f"{given['username']} is shut out. Let them in again first: ./roundtable user on."
    ),
    "people.carer_has_sign_in": lambda _: (
        "This carer signs in as somebody else already, or the user is another carer."
    ),
}


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Turn a refusal into what the person at the terminal can do about it."""
    try:
        yield
    except RefusalError as refusal:
        words = WORDS.get(refusal.code)
        raise CommandError(words(refusal.params) if words else str(refusal)) from refusal


def user_called(username: str) -> User:
    """Return a user by the name they sign in with.

    Raises
    ------
    CommandError
        Nobody has it.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {username!r}.")
    return user


def actor_called(username: str | None) -> User | None:
    """Return in whose name something is done; None: whoever looks after the server."""
    if username is None:
        return None
    actor = user_called(username)
    if not actor.is_active:
        raise CommandError(f"{username} is shut out, and so does nothing here.")
    return actor


def password_from(*, asks: bool) -> str:
    """Return a password that was typed, unseen and twice, or else a made-up one.

    Never from the command line, which other users of the machine can read. Where there is no
    terminal, it is the first line of the input.
    """
    if not asks:
        return new_password()
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise CommandError("The two were not the same; nothing was changed.")
    return password
