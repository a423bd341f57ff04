"""The person's own pip settings, passed on to uv, which reads neither pip's files nor variables."""

import ast
import os
import subprocess

from deploy.roundtable.places import PYTHON, environment

# Where pip finds a setting, from the weakest to the strongest.
SECTIONS = ("global", "install", ":env:")
# uv's variable for each of pip's settings.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


def uv_settings() -> dict[str, str]:
    """Return environment variables that give uv what pip is told; the person's own for uv win."""
    command = [str(PYTHON), "-m", "pip", "config", "list", "--disable-pip-version-check"]
    listed = subprocess.run(
        command, env=environment(), capture_output=True, text=True, check=False
    ).stdout
    return {name: value for name, value in translate(listed).items() if name not in os.environ}


def translate(listed: str) -> dict[str, str]:
    """Translate what `pip config list` prints: one `section.name='value'` in each line."""
    settings: dict[str, str] = {}
    for section in SECTIONS:
        for line in listed.splitlines():
            key, equals, value = line.partition("=")
            if equals and key.removeprefix(f"{section}.") in UV_NAMES:
                name = key.removeprefix(f"{section}.")
                settings[UV_NAMES[name]] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in settings:
        settings["UV_FIND_LINKS"] = settings["UV_FIND_LINKS"].replace(" ", ",")
    if "UV_INDEX" in settings:
        # pip takes a version from whichever of its indexes has it, uv by default from the first
        # that knows the package. The hashes in the lock make both equally safe.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings
