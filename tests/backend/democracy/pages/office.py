"""A browser for tests of the office's pages: forms are read from the page and sent as they are."""

import re
from html import unescape
from typing import Any

from django.test import Client

from backend.accounts.models import Role, User
from tests.backend.democracy.ballots import Poll
from tests.backend.factories.accounts import RoleGrantFactory

CLOCKED = (
    "calling",
    "challenge",
    "naming",
    "officer",
    "overview",
    "questions",
    "results",
    "roll",
    "scrutineer",
    "typing",
    "voting",
)
"""The views that ask the database for the time."""


def with_roles(poll: Poll) -> Poll:
    """Let everybody of a ballot see pages: its officer administers the co-operative."""
    for user in (*poll.users, *poll.scrutineers):
        RoleGrantFactory(user=user, role=Role.MEMBER)
    RoleGrantFactory(user=poll.officer, role=Role.ADMIN)
    return poll


def browser(user: User) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def at(poll: Poll, page: str = "") -> str:
    """Return the address of a ballot's page."""
    return f"/member/ballots/{poll.pk}{page}"


def text_of(answer: Any) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def filled(answer: Any) -> dict[str, list[str]]:
    """Return all fields of the page's form as a browser would send them, without any button."""
    html, found = answer.content.decode(), dict[str, list[str]]()

    def put(name: str, value: str) -> None:
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(unescape(value))

    for tag in re.findall(r"<input\b[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        is_box = kind is not None and kind[1] in {"radio", "checkbox"}
        if name and (not is_box or " checked" in tag):
            put(name[1], value[1] if value else "on" if is_box else "")
    for name, body in re.findall(
        r'<textarea\b[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.S
    ):
        put(name, body.removeprefix("\n"))
    for name, body in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body) or re.search(r'value="([^"]*)"', body)
        put(name, chosen[1] if chosen else "")
    return found


def send(client: Client, address: str, page: Any, **typed: Any) -> Any:
    """Send a page's form with what is typed over it; None takes a field out."""
    fields: dict[str, Any] = {**filled(page), **typed}
    return client.post(address, {name: one for name, one in fields.items() if one is not None})
