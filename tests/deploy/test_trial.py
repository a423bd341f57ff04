"""The trial remembers its sign-ins and built rotas, for exactly the data they belong to."""

import stat
from pathlib import Path
from typing import Any

import pytest

from deploy.roundtable.terminal import FailureError
from deploy.roundtable.trial import Trial, trial_file

TOLD = {
    "is_new": True,
    "next_week": "2026-11-30",
    "branches": ["Northmoor", "Southbeck"],
    "sign_ins": [{"role": "Carer", "username": "carer", "password": "abc", "name": "Vera Firth"}],
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDTABLE_VAR", str(tmp_path))


def loaded(trial: Trial, database: str = "", **told: Any) -> Trial:
    trial.loaded({**TOLD, **told}, database, all_branches=False)
    return trial


def built() -> Trial:
    trial = loaded(Trial())
    trial.built["Northmoor"] = [["covered", "99.4 %"]]
    return trial


def test_only_the_shown_branch_is_built_unless_all_are_asked_for() -> None:
    trial = loaded(Trial())

    assert trial.branches_to_build(all_branches=False) == ["Northmoor"]
    assert trial.branches_to_build(all_branches=True) == ["Northmoor", "Southbeck"]


def test_a_second_start_builds_nothing_again() -> None:
    built().save()

    again = Trial.load()

    assert again.has("", all_branches=False)
    assert again.branches_to_build(all_branches=False) == []
    assert again.branches_to_build(all_branches=True) == ["Southbeck"]


def test_another_database_has_neither_the_people_nor_the_rotas() -> None:
    trial = built()
    other = "postgresql://someone:secret@localhost/other"

    assert not trial.has(other, all_branches=False)
    assert loaded(trial, other, is_new=False).built == {}


@pytest.mark.parametrize("change", [{"is_new": True}, {"is_new": False, "next_week": "2026-12-07"}])
def test_new_data_and_a_new_week_want_a_new_rota(change: dict[str, Any]) -> None:
    assert loaded(built(), **change).built == {}


def test_loading_again_what_is_there_keeps_the_rota() -> None:
    assert list(loaded(built(), is_new=False).built) == ["Northmoor"]


def test_all_branches_are_loaded_when_one_was_before() -> None:
    assert not built().has("", all_branches=True)


def test_passwords_and_the_databases_address_stay_with_the_owner() -> None:
    loaded(Trial(), "postgresql://someone:secret@localhost/rt").save()

    assert stat.S_IMODE(trial_file().stat().st_mode) == 0o600
    assert "secret" not in trial_file().read_text()


def test_a_broken_note_says_how_to_go_on() -> None:
    trial_file().write_text('{"address": 1, "colour": "red"}')

    with pytest.raises(FailureError, match="start with --reset"):
        Trial.load()


def test_the_screen_shows_figures_address_and_sign_ins() -> None:
    trial = built()
    trial.address = "http://localhost:8000/"

    shown = trial.description()

    for part in ("Northmoor", "99.4 %", "http://localhost:8000/", "carer", "abc"):
        assert part in shown
