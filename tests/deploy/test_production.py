"""Whoever follows the runbook gets a server that is shut where it should be, and can sign in.

A real web server with the production settings, filled by the runbook's commands. The database is
an SQLite file here: what is looked at is the same with PostgreSQL.
"""

import base64
import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest

from deploy.roundtable.parts import web
from deploy.roundtable.places import environment, manage
from deploy.roundtable.processes import child

ROOT = Path(__file__).resolve().parents[2]
HOST = "rota.example.org"
THROUGH_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
START_WITHIN = 60  # seconds

# One server for them all.
pytestmark = pytest.mark.xdist_group("production")


def _needed() -> list[str]:
    """Return the names that deploy/env.example says production needs."""
    text = (ROOT / "deploy" / "env.example").read_text()
    return re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("production")
    given = {
        "DJANGO_SETTINGS_MODULE": "backend.config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SEALING_KEYS": f"2026:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "ALLOWED_HOSTS": f"{HOST}, www.{HOST}",
        "DATABASE_URL": f"sqlite:///{folder / 'production.sqlite3'}",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    assert set(given) == set(_needed())
    return environment(**given, ROUNDTABLE_VAR=str(folder))


def _manage(settings: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        manage(*words), env=settings, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Site:
    """A running server, and the password of its administrator "ada"."""

    port: int
    password: str

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] = THROUGH_PROXY,
        body: object = None,
    ) -> http.client.HTTPResponse:
        """Ask as the proxy would, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {**headers, **({"Content-Type": "application/json"} if body else {})}
        connection.request(method, path, json.dumps(body) if body else None, sent)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def answers(self) -> bool:
        """Say whether the server is up."""
        try:
            return self.ask("GET", "/api/health").status > 0
        except OSError:
            return False


@pytest.fixture(scope="module")
def site(settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    _manage(settings, "migrate", "--no-input")
    _manage(settings, "add_organisation", "Oak Care")
    told = _manage(settings, "add_user", "ada", "--name", "Ada Ash", "--role", "admin")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(port, re.findall(r"shown this once: (\S+)", told)[0])
    log = tmp_path_factory.mktemp("log") / "web.log"
    with child(web(host="127.0.0.1", port=port).command, env=settings, log=log) as process:
        give_up = time.monotonic() + START_WITHIN
        while not site.answers():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < give_up, log.read_text()
            time.sleep(0.1)
        yield site


def _cookies(answer: http.client.HTTPResponse) -> dict[str, Morsel[str]]:
    found: dict[str, Morsel[str]] = {}
    for line in answer.headers.get_all("Set-Cookie") or []:
        found.update(SimpleCookie(line))
    return found


def test_django_finds_nothing_to_warn_of(settings: dict[str, str]) -> None:
    told = _manage(settings, "check", "--deploy", "--fail-level", "WARNING")

    assert "no issues (0 silenced)" in told


@pytest.mark.parametrize("name", [name for name in _needed() if name != "DJANGO_SETTINGS_MODULE"])
def test_production_does_not_start_without_what_it_needs_and_names_it(
    settings: dict[str, str], name: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import backend.config.settings.production"],
        env={**settings, name: ""},
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert done.returncode != 0
    assert f"{name} must be set; see deploy/env.example" in done.stderr


@pytest.mark.parametrize("path", ["/", "/carer/", "/api/session", "/api/nothing-here"])
def test_every_answer_carries_the_headers_that_shut_it(site: Site, path: str) -> None:
    headers = site.ask("GET", path).headers

    assert headers["Strict-Transport-Security"].startswith("max-age=63072000; includeSubDomains")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    allowed = headers["Permissions-Policy"].split(", ")
    assert {"camera=(self)", "geolocation=(self)", "microphone=()"} <= set(allowed)
    assert not [rule for rule in allowed if "*" in rule]


@pytest.mark.parametrize(
    ("path", "styles"),
    [
        # The office's component library sets sizes through style attributes.
        ("/", ["'self'", "'unsafe-inline'"]),
        ("/carer/", ["'self'"]),
        ("/api/session", ["'self'", "'unsafe-inline'"]),
    ],
)
def test_a_page_runs_our_own_scripts_only_and_is_framed_by_nobody(
    site: Site, path: str, styles: list[str]
) -> None:
    policy = site.ask("GET", path).headers["Content-Security-Policy"]

    told = {words[0]: words[1:] for words in (part.split() for part in policy.split(";")) if words}
    assert told.pop("style-src") == styles
    assert told == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }


def test_what_the_interface_answers_is_kept_nowhere(site: Site) -> None:
    assert site.ask("GET", "/api/session").headers["Cache-Control"] == "no-store"


def test_the_first_administrator_signs_in_and_gets_cookies_that_stay_here(site: Site) -> None:
    token = _cookies(site.ask("GET", "/api/session"))["csrftoken"]
    answer = site.ask(
        "POST",
        "/api/session/sign-in",
        {
            **THROUGH_PROXY,
            "Origin": f"https://{HOST}",
            "Cookie": f"csrftoken={token.value}",
            "X-CSRFToken": token.value,
        },
        {"username": "ada", "password": site.password},
    )

    assert answer.status == 200
    session = _cookies(answer)["__Host-sessionid"]
    # A browser takes a name that begins with __Host- only so.
    assert (session["secure"], session["path"], session["domain"]) == (True, "/", "")
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert (token["secure"], token["samesite"]) == (True, "Strict")


def test_plain_http_is_sent_to_https(site: Site) -> None:
    answer = site.ask("GET", "/", {"Host": HOST})

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{HOST}/"


def test_another_site_s_name_is_refused(site: Site) -> None:
    assert site.ask("GET", "/", {**THROUGH_PROXY, "Host": "elsewhere.example.org"}).status == 400


def test_a_page_of_another_site_cannot_sign_anybody_in(site: Site) -> None:
    token = _cookies(site.ask("GET", "/api/session"))["csrftoken"].value
    answer = site.ask(
        "POST",
        "/api/session/sign-in",
        {
            **THROUGH_PROXY,
            "Origin": "https://elsewhere.example.org",
            "Cookie": f"csrftoken={token}",
            "X-CSRFToken": token,
        },
        {"username": "ada", "password": site.password},
    )

    assert answer.status == 403


def test_only_the_named_proxy_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def believed() -> str:
        command = [str(word) for word in web(host="127.0.0.1", port=1).command]
        return command[command.index("--forwarded-allow-ips") + 1]

    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert believed() == "127.0.0.1,::1"

    monkeypatch.setitem(os.environ, "FORWARDED_ALLOW_IPS", "10.0.0.5")
    assert believed() == "10.0.0.5"
