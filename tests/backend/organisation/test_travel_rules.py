"""The rules of travel: peaks and sources that are refused, and how a file becomes a rule."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from backend.audit.models import AuditEntry
from backend.organisation.models import Branch, RuleArea, RuleSet
from backend.organisation.rules import RuleValuesError, TravelRules
from backend.organisation.selectors import travel_rules
from tests.backend.factories import MONDAY
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory

PEAK = {"days": [0, 1], "from": 480, "to": 540, "factor": 1.5}
SPEED = {"kmh": 24.0, "detour": 1.35, "overhead_min": 2.0}


def rules(*peaks: Any, **changes: Any) -> dict[str, Any]:
    return {"modes": {"car": {**SPEED, "peaks": list(peaks)}}, **changes}


def test_rules_without_peaks_and_provider_reckon_by_the_formula() -> None:
    assert TravelRules.of({"modes": {"car": SPEED}}).provider == "formula"


def test_windows_may_meet_and_lie_on_different_days() -> None:
    ramp = {**PEAK, "from": 540, "to": 570, "factor": 1.2}
    saturday = {**PEAK, "days": [5]}

    assert TravelRules.of(rules(PEAK, ramp, saturday, provider="osrm")).provider == "osrm"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (rules(provider="a map"), "provider must be one of formula, osrm, valhalla"),
        (rules(place="here"), "unknown: place"),
        ({"modes": {"car": {**SPEED, "peak": []}}}, "modes.car needs"),
        ({"modes": {"car": {**SPEED, "peaks": "morning"}}}, "modes.car.peaks must be a list"),
        (rules("morning"), r"\[0\] needs days, from, to and factor"),
        (rules({**PEAK, "name": "morning"}), r"\[0\] needs days, from, to and factor"),
        (rules({**PEAK, "days": []}), "days must be"),
        (rules({**PEAK, "days": [1, 0]}), "days must be"),
        (rules({**PEAK, "days": [7]}), "days must be"),
        (rules({**PEAK, "days": [True]}), "days must be"),
        (rules({**PEAK, "days": 1}), "days must be"),
        (rules({**PEAK, "from": 540}), "0 <= from < to"),
        (rules({**PEAK, "from": "08:00"}), "0 <= from < to"),
        (rules({**PEAK, "to": 1441}), "0 <= from < to"),
        (rules({**PEAK, "factor": 0.9}), "factor must be 1 to 10"),
        (rules({**PEAK, "factor": float("nan")}), "factor must be 1 to 10"),
        (rules({**PEAK, "factor": True}), "factor must be 1 to 10"),
        (rules(PEAK, {**PEAK, "days": [1], "from": 530, "to": 600}), "overlap on day 1"),
        (rules(PEAK, PEAK), "overlap on day 0"),
    ],
)
def test_unfit_rules_are_refused_in_words(values: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleValuesError, match=words):
        TravelRules.of(values)


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory()
    return found


def enact(branch: Branch, file: Path, *more: str) -> None:
    call_command(
        "enact_rules",
        "travel",
        str(file),
        *("--from", MONDAY.isoformat(), "--decided-by", "the members, 3 November"),
        *("--organisation", branch.organisation.external_id, *more),
    )


@pytest.mark.django_db
def test_a_file_becomes_the_rules_of_a_branch_from_a_date_on(
    branch: Branch, tmp_path: Path
) -> None:
    file = tmp_path / "travel.yaml"
    file.write_text(yaml.safe_dump(rules(PEAK, provider="osrm")))
    actor = coordinator_of(branch)

    for _ in range(2):
        enact(branch, file, "--branch", branch.external_id, "--actor", actor.username)

    assert travel_rules(branch, MONDAY) == TravelRules.of(rules(PEAK, provider="osrm"))
    assert RuleSet.objects.filter(area=RuleArea.TRAVEL, branch=branch).count() == 1
    assert AuditEntry.objects.get(event="rules.enacted").actor == actor


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a list", "must hold the area's values"),
        ("{", "cannot be read"),
        ("modes: {car: {kmh: 1}}", "modes.car needs"),
        ("provider: osrm", "missing: modes"),
        ("modes: 7", "Nothing was enacted"),
    ],
)
def test_an_unfit_file_changes_nothing(
    branch: Branch, tmp_path: Path, text: str, words: str
) -> None:
    file, before = tmp_path / "travel.yaml", RuleSet.objects.count()
    file.write_text(text)

    with pytest.raises(CommandError, match=words):
        enact(branch, file)

    assert RuleSet.objects.count() == before
