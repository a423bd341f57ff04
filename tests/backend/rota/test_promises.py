"""What was promised of a policy beside what happened, in figures that can be done by hand."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.organisation.models import Branch, Organisation, RotaPolicyVersion
from backend.organisation.rota_policy import RULE_NAMES
from backend.rota.models import PolicyWeek, PolicyWeekPart, RunState, Scenario, SolverRun
from backend.rota.selectors.promises import LEAST, promises_of, verdict_of
from backend.rota.services.enact_policy import DeclaredPolicy, enact_policy
from tests.backend.factories.accounts import member_of
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.rota import RotaFactory, ScenarioFactory
from tests.backend.rota.callers import signed_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 11, 12, tzinfo=UTC)
HOLDS_FROM = date(2026, 7, 13)
TODAY = HOLDS_FROM + timedelta(days=30)
WEEK = timedelta(days=7)


def version_of(organisation: Organisation, number: int = 1) -> RotaPolicyVersion:
    declared = DeclaredPolicy(
        organisation_id=organisation.pk,
        ballot=f"ballot-{number}",
        method="im-1",
        declared_at=AT + (number - 1) * 2 * WEEK,
        weights=dict(zip(RULE_NAMES, (250, 200, 150, 150, 150, 50, 50), strict=True)),
        inputs_hash="a" * 64,
        result_hash="b" * 64,
    )
    return enact_policy(declared, actor=None, now=AT)


def figures(**given: float) -> dict[str, float]:
    named = {name.replace("_", " "): value for name, value in given.items()}
    return {**dict.fromkeys(LEAST, 0), "visits": 100, **named}


def rows_of(side: Mapping[str, float]) -> dict[str, Any]:
    return {"figures": [{"name": name, "value": value} for name, value in side.items()]}


class Told:
    """A branch whose weeks have been looked at for a version."""

    def __init__(self, version: RotaPolicyVersion, name: str, *, carers: int = 5) -> None:
        self.version, self.carers = version, carers
        self.branch: Branch = BranchFactory(organisation=version.organisation, name=name)

    def made(self, present: Mapping[str, float], tried: Mapping[str, float]) -> Scenario:
        """Have one week made under both policies."""
        rota = RotaFactory(branch=self.branch, week_starts_on=HOLDS_FROM - 6 * WEEK)
        result = {"present": rows_of(present), "tried": rows_of(tried)}
        scenario: Scenario = ScenarioFactory(rota=rota, result=result)
        SolverRun.objects.filter(rota=rota).update(state=RunState.FINISHED)
        self._look(PolicyWeekPart.PROMISED, rota, scenario=scenario)
        return scenario

    def told(self, *weeks: Mapping[str, float], part: PolicyWeekPart) -> None:
        """Have so many weeks published."""
        ahead = 0 if part == PolicyWeekPart.AFTER else -4
        for number, found in enumerate(weeks):
            monday = HOLDS_FROM + (number + ahead) * WEEK
            rota = RotaFactory(branch=self.branch, week_starts_on=monday)
            self._look(part, rota, figures=found)

    def _look(self, part: PolicyWeekPart, rota: Any, **given: Any) -> None:
        PolicyWeek.objects.create(
            version=self.version, rota=rota, part=part, carers=self.carers, done_at=AT, **given
        )


def promise_of(version: RotaPolicyVersion, today: date = TODAY) -> dict[str, Any]:
    versions = RotaPolicyVersion.objects.filter(organisation=version.organisation)
    return promises_of(version.organisation, list(versions.order_by("-number")), today)[version.pk]


def line(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    [found] = [row for row in rows if row["name"] == name]
    return found


def whole_branch(version: RotaPolicyVersion, name: str, faces: int, carers: int = 5) -> Told:
    """A branch that was promised ten new faces less of `faces`, and got eight less."""
    one = Told(version, name, carers=carers)
    one.made(figures(new_faces=50), figures(new_faces=40))
    before = [figures(new_faces=faces + more) for more in (-2, 0, 2)]
    after = [figures(new_faces=faces - 8 + more) for more in (-3, -1, 1, 3)]
    one.told(*before, part=PolicyWeekPart.BEFORE)
    one.told(*after, part=PolicyWeekPart.AFTER)
    return one


def test_two_branches_by_hand_sums_are_added_and_means_go_by_visits() -> None:
    version = version_of(OrganisationFactory())
    small, large = Told(version, "Ash"), Told(version, "Birch")
    for one, visits, faces, wishes in ((small, 100, 20, 50), (large, 300, 60, 90)):
        key = {"wishes kept % (by strength)": wishes}
        side = {**figures(new_faces=faces, visits=visits), **key}
        one.made(side, {**side, "new faces": faces - 10})
        one.told({**side, "new faces": faces + 4}, side, part=PolicyWeekPart.BEFORE)
        after = [{**side, "new faces": faces - 6 - less} for less in (0, 0, 4, 4)]
        one.told(*after, part=PolicyWeekPart.AFTER)

    found = promise_of(version)

    # Before: (24 + 20) / 2 = 22 and (64 + 60) / 2 = 62. After: 20 - 8 = 12 and 60 - 8 = 52.
    new = line(found["figures"], "new faces")
    assert (new["before"], new["promised_change"]) == (84, -20)
    assert (new["after"], new["change"], new["verdict"]) == (64, -20, "as_promised")
    assert new["is_sum"] is True
    # (50 x 100 + 90 x 300) / 400
    kept = line(found["figures"], "wishes kept % (by strength)")
    assert (kept["before"], kept["promised_change"], kept["after"]) == (80, 0, 80)
    assert (kept["is_sum"], kept["verdict"]) == (False, "as_promised")
    ash, birch = found["branches"]
    assert (ash["branch_name"], line(ash["figures"], "new faces")["after"]) == ("Ash", 12)
    assert line(birch["figures"], "new faces")["change"] == -10
    assert ash["made_weeks"] == [HOLDS_FROM - 6 * WEEK]
    assert ash["weeks_before"] == [HOLDS_FROM - 4 * WEEK, HOLDS_FROM - 3 * WEEK]
    assert ash["weeks_after"] == [HOLDS_FROM + ahead * WEEK for ahead in range(4)]
    assert (found["state"], found["weeks"], found["weeks_needed"]) == ("finished", 4, 4)


@pytest.mark.parametrize(
    ("promised", "change", "verdict"),
    [
        (-10, -10, "as_promised"),
        (-10, -5, "as_promised"),
        (-10, -4.9, "less"),
        (10, 20, "as_promised"),
        (10, 20.1, "more"),
        (-10, 10, "other_way"),
        (-10, 0.9, "no_change"),
        (0.9, 0.9, "as_promised"),
        (0.9, -1, "unpromised"),
    ],
)
def test_a_change_is_judged_by_its_direction_and_size(
    promised: float, change: float, verdict: str
) -> None:
    assert verdict_of(promised, change, least=1) == verdict


def test_less_than_two_in_a_hundred_of_many_is_no_change() -> None:
    version = version_of(OrganisationFactory())
    one = Told(version, "Ash")
    one.made(figures(travel_minutes=5000), figures(travel_minutes=4000))
    one.told(figures(travel_minutes=5000), part=PolicyWeekPart.BEFORE)
    one.told(*[figures(travel_minutes=4901)] * 4, part=PolicyWeekPart.AFTER)

    assert line(promise_of(version)["figures"], "travel minutes")["verdict"] == "no_change"


def test_before_four_weeks_it_is_too_early_and_it_says_how_many_there_are() -> None:
    version = version_of(OrganisationFactory())
    one = Told(version, "Ash")
    one.made(figures(new_faces=50), figures(new_faces=40))
    one.told(figures(new_faces=48), part=PolicyWeekPart.BEFORE)
    one.told(*[figures(new_faces=1)] * 3, part=PolicyWeekPart.AFTER)

    found = promise_of(version)

    faces = line(found["figures"], "new faces")
    assert (found["weeks"], found["has_ended"], faces["verdict"]) == (3, False, "too_early")
    assert (faces["before"], faces["promised_change"]) == (48, -10)
    assert (faces["after"], faces["change"]) == (None, None)
    late = promise_of(version, HOLDS_FROM + 13 * WEEK)
    assert line(late["figures"], "new faces")["verdict"] == "too_short"


def test_a_version_that_another_followed_too_soon_is_not_waited_for() -> None:
    organisation = OrganisationFactory()
    first, second = version_of(organisation), version_of(organisation, 2)
    assert second.effective_from == HOLDS_FROM + 2 * WEEK
    Told(first, "Ash").made(figures(), figures())

    assert promise_of(first, second.effective_from - timedelta(days=1))["has_ended"] is False
    assert promise_of(first, second.effective_from)["has_ended"] is True
    assert promise_of(second, second.effective_from)["has_ended"] is False


def test_all_together_are_the_branches_with_all_weeks_and_the_others_are_named() -> None:
    version = version_of(OrganisationFactory())
    whole_branch(version, "Ash", 100)
    late = Told(version, "Birch")
    late.made(figures(new_faces=7), figures(new_faces=2))
    late.told(figures(new_faces=9), part=PolicyWeekPart.BEFORE)

    found = promise_of(version)

    assert line(found["figures"], "new faces")["before"] == 100
    assert [(row["branch_name"], row["is_counted"]) for row in found["branches"]] == [
        ("Ash", True),
        ("Birch", False),
    ]
    assert line(found["branches"][1]["figures"], "new faces")["verdict"] == "too_early"


def test_a_branch_of_fewer_than_five_carers_is_in_no_list_and_no_sum() -> None:
    version = version_of(OrganisationFactory())
    whole_branch(version, "Ash", 100)
    whole_branch(version, "Birch", 1000, carers=4)

    found = promise_of(version)

    assert [row["branch_name"] for row in found["branches"]] == ["Ash"]
    assert line(found["figures"], "new faces")["before"] == 100


def test_a_promise_that_failed_says_so_and_one_under_way_too() -> None:
    version = version_of(OrganisationFactory())
    one = Told(version, "Ash")
    scenario = one.made(figures(), figures())
    one.told(figures(), part=PolicyWeekPart.BEFORE)
    one.told(*[figures()] * 4, part=PolicyWeekPart.AFTER)
    Scenario.objects.update(result=None)

    SolverRun.objects.filter(pk=scenario.tried_id).update(state=RunState.QUEUED)
    assert promise_of(version)["state"] == "waiting"
    SolverRun.objects.filter(pk=scenario.tried_id).update(state=RunState.FAILED)
    failed = promise_of(version)

    assert (failed["state"], failed["branches"][0]["failed_weeks"]) == ("failed", 1)
    for rows in (failed["figures"], failed["branches"][0]["figures"]):
        assert {(row["after"], row["verdict"]) for row in rows} == {(0, "not_known")}
    PolicyWeek.objects.update(scenario=None, done_at=None)
    assert promise_of(version)["state"] == "waiting"
    PolicyWeek.objects.update(claims=5)
    assert promise_of(version)["state"] == "failed"


def test_a_version_without_published_weeks_promises_nothing() -> None:
    found = promise_of(version_of(OrganisationFactory()))

    assert (found["state"], found["branches"], found["weeks"]) == ("none", [], 0)


def test_people_read_of_their_own_organisation_and_no_query_is_added_by_a_version() -> None:
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    whole_branch(version_of(theirs), "Theirs", 700)
    whole_branch(version_of(ours), "Ash", 100)
    browser = signed_in(member_of(ours))

    def read() -> tuple[dict[str, Any], int]:
        with time_machine.travel(TODAY), CaptureQueriesContext(connection) as queries:
            answer = browser.get("/api/rota-policy")
        return answer.json(), len(queries)

    found, queries = read()
    whole_branch(version_of(ours, 2), "Birch", 50)
    again, more_queries = read()

    [version] = found["versions"]
    assert line(version["promise"]["figures"], "new faces") == {
        "name": "new faces",
        "is_sum": True,
        "before": 100,
        "promised_change": -10,
        "after": 92,
        "change": -8,
        "verdict": "as_promised",
    }
    assert "Theirs" not in json.dumps(again)
    assert len(again["versions"]) == 2
    assert more_queries == queries
