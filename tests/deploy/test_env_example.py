"""Whoever runs Roundtable finds every setting, explained, in deploy/env.example."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(
    r"""(?:environ\.get|getenv|env\.(?:text|words|needed_words|whole|folder|address|addresses))\(\s*["'](\w+)|environ\[["'](\w+)"""
)
# Not for people to set: what tells programs where they are.
ORDINARY = {"PATH", "DISPLAY", "WAYLAND_DISPLAY"}


def names_in_code() -> set[str]:
    files = [
        *(ROOT / "backend").rglob("*.py"),
        *(ROOT / "scheduler").rglob("*.py"),
        *(ROOT / "deploy").rglob("*.py"),
    ]
    found = {one or other for file in files for one, other in READ.findall(file.read_text("utf-8"))}
    return found - ORDINARY


def names_explained() -> set[str]:
    text = (ROOT / "deploy" / "env.example").read_text()
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))


def test_every_setting_that_is_read_is_explained_and_none_that_is_not() -> None:
    assert "DATABASE_URL" in names_in_code()

    assert names_explained() - {"DJANGO_SETTINGS_MODULE"} == names_in_code()
