"""What is generated and committed is what the code gives today."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from backend.core.errors import RefusalError

ROOT = Path(__file__).parents[2]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("backend.")]


def test_the_committed_schema_is_what_the_views_give() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "backend/manage.py", "spectacular", "--validate", "--fail-on-warn"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "backend.config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "backend/openapi.yaml").read_text(encoding="utf-8"), (
        "run: python backend/manage.py spectacular --validate --fail-on-warn "
        "--file backend/openapi.yaml"
    )


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    said = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=said, verbosity=1)

    assert "No changes detected" in said.getvalue()


def test_migrations_are_named_for_what_they_do() -> None:
    names = [path.stem for path in ROOT.glob("backend/*/migrations/[0-9]*.py")]

    assert names
    assert not [name for name in names if "_auto_" in name]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_of_a_table_shows_itself_in_words(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__


def test_no_model_hides_a_rule_in_saving() -> None:
    assert not [model for model in MODELS if "save" in vars(model) or "clean" in vars(model)]


def test_a_code_of_a_refusal_names_its_app_and_is_used_once() -> None:
    for path in ROOT.glob("backend/*/services/*.py"):
        __import__(".".join(path.relative_to(ROOT).with_suffix("").parts))
    refusals = _below(RefusalError)
    codes = [refusal.code for refusal in refusals]

    assert len(codes) == len(set(codes))
    assert not [
        (refusal, refusal.code)
        for refusal in refusals
        if refusal.code.split(".")[0] not in {app.label for app in apps.get_app_configs()}
    ]


def _below(kind: type[RefusalError]) -> list[type[RefusalError]]:
    return [one for direct in kind.__subclasses__() for one in (direct, *_below(direct))]
