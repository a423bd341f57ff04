"""From 850 votes to one carer's week: called, voted, declared, final, planned, published."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.core.ticks import tick_all
from backend.democracy.envelopes import open_ballot_envelope
from backend.democracy.models import Ballot
from backend.democracy.recount import recount as script
from backend.democracy.scrutineer.shares import make_key, private_key_from, unlock_share
from backend.democracy.services import cast_ballot
from backend.organisation.models import Branch, Organisation, RotaPolicyVersion
from backend.organisation.rota_policy import RULE_NAMES, solver_weights
from backend.people.models import Carer
from backend.rota.models import Rota, RotaProposal, SolverRun
from backend.rota.services.ask_run import ask_run
from backend.rota.services.decide_proposal import accept_proposal
from backend.rota.services.publish import publish_rota
from backend.rota.solver.at_once import solve_at_once
from backend.rota.solver.run import run
from backend.rota.solver.translate import problem_for
from scheduler import Policy
from scheduler.model import PLAIN_WEIGHTS
from tests.backend.factories.accounts import (
    UserFactory,
    admin_of,
    carer_user_of,
    coordinator_of,
    member_of,
)
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.membership import member_in
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import AvailabilityFactory, CarerFactory, ContractFactory
from tests.backend.factories.rota import RotaFactory, VisitFactory

# Taking the names off writes a table anew, which no transaction of a test may hold.
pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = 850
OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
CLOSES = datetime(2026, 3, 16, 18, tzinfo=UTC)
HOLDS_FROM = date(2026, 4, 20)
"""Declared on Tuesday 17 March: 28 days later is a Tuesday, and this the Monday after."""
PLANNED_AT = datetime(2026, 4, 9, 9, tzinfo=UTC)
ROUNDS = 2_000

NO_SPLITS = dict(zip(RULE_NAMES, (3, 3, 0, 0, 0, 14, 0), strict=True))
OTHERS = dict(zip(RULE_NAMES, (0, 0, 10, 0, 10, 0, 0), strict=True))
PHRASES = {1: "first long passphrase", 2: "second long passphrase", 3: "third long passphrase"}


@dataclass
class Clock:
    """What the database's clock shows."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(OPENS - timedelta(days=2))
    for module in ("api.members", "api.office", "api.steps", "tick"):
        monkeypatch.setattr(f"backend.democracy.{module}.database_now", made)
    return made


@pytest.fixture
def branch() -> Branch:
    found: Branch = BranchFactory()
    return found


def as_user(user: User) -> APIClient:
    found = APIClient()
    found.force_login(user)
    return found


def done(answer: Any) -> Any:
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def call_ballot(officer: APIClient, scrutineers: list[User]) -> int:
    """Have the council call a vote on the rota; return its key."""
    plan = {
        "code": "rota-2026",
        "kind": "policy",
        "title": "How should our rotas be made?",
        "record_on": "2026-02-20",
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
    }
    pk: int = done(officer.post("/api/ballots", plan, format="json"))["id"]
    paper = [
        {"id": "weights", "ask": "weights"},
        {"id": "rota_days", "ask": "limit", "low": 7, "high": 28, "step": 7},
    ]
    at = f"/api/ballots/{pk}"
    done(officer.put(f"{at}/questions", {"paper": paper}, format="json"))
    ids = [user.pk for user in scrutineers]
    done(officer.put(f"{at}/scrutineers", {"user_ids": ids}, format="json"))
    done(officer.post(f"{at}/freeze-roll"))
    return pk


def set_key(pk: int, scrutineers: list[User]) -> dict[str, Any]:
    """Have the scrutineers make the key; return its file with those of the shares."""
    key, shares = make_key("rota-2026", PHRASES)
    body = {"public_key": key["public_key"]}
    done(as_user(scrutineers[0]).put(f"/api/ballots/{pk}/key", body, format="json"))
    for user in scrutineers:
        done(as_user(user).post(f"/api/ballots/{pk}/confirm-share", body, format="json"))
    return {"key": key, "shares": shares}


def answers(tokens: dict[str, int]) -> dict[str, Any]:
    return {"weights": [tokens[name] for name in RULE_NAMES], "rota_days": 14}


def vote(pk: int, members: list[User], now: datetime) -> None:
    """Seven of ten want few split days above all; the first votes over HTTP, and thinks twice."""
    first = as_user(members[0])
    for tokens in (OTHERS, NO_SPLITS):
        body = {"answers": answers(tokens)}
        done(first.put(f"/api/ballots/{pk}/mine", body, format="json"))
    for number, user in enumerate(members[1:], start=1):
        tokens = NO_SPLITS if number % 10 < 7 else OTHERS
        cast_ballot(ballot_id=pk, answers=answers(tokens), is_assisted=False, actor=user, now=now)


def open_box(pk: int, scrutineers: list[User], files: dict[str, Any]) -> None:
    """Have two scrutineers open the box with their shares and bring what was in it."""
    second = as_user(scrutineers[1])
    box = done(second.get(f"/api/ballots/{pk}/box"))
    shares = [unlock_share(files["shares"][holder], PHRASES[holder]) for holder in (1, 3)]
    private = private_key_from(files["key"], *shares)
    opened = {
        name: open_ballot_envelope(bytes.fromhex(sealed), private_key=private, ballot=box["ballot"])
        for name, sealed in box["sealed"].items()
    }
    done(second.post(f"/api/ballots/{pk}/opened", {"opened": opened}, format="json"))


def staff_of(branch: Branch) -> tuple[Carer, Carer]:
    """One carer with hours to fill, who signs in, and one without."""
    found = []
    for guaranteed, user in ((1500, carer_user_of(branch)), (0, None)):
        carer = CarerFactory(branch=branch, user=user)
        ContractFactory(carer=carer, guaranteed_minutes=guaranteed)
        for weekday in range(7):
            AvailabilityFactory(carer=carer, weekday=weekday)
        found.append(carer)
    return found[0], found[1]


def week_of(branch: Branch, monday: date) -> Rota:
    """Two days with four hours for one client in the morning and four for another at night."""
    rota: Rota = RotaFactory(branch=branch, week_starts_on=monday)
    clients = [ClientFactory(branch=branch) for _ in range(2)]
    for day in (0, 2):
        for client, first in zip(clients, (8, 17), strict=True):
            for hour in range(4):
                VisitFactory(
                    rota=rota,
                    client=client,
                    on=monday + timedelta(days=day),
                    target_minute=(first + hour) * 60,
                    minutes=60,
                )
    return rota


def split_days(rows: Any, rota: Rota) -> int:
    """Count the days on which somebody works in the morning and in the evening."""
    days = dict(rota.visits.values_list("pk", "on"))
    parts: dict[tuple[Any, Any], set[bool]] = {}
    for visit, minute, carers in rows:
        for carer in carers:
            parts.setdefault((carer, days[visit]), set()).add(minute < 14 * 60)
    return sum(len(halves) > 1 for halves in parts.values())


def points(policy: Policy) -> dict[str, Any]:
    weights = policy.weights
    return {
        **{name: getattr(weights, name) for name in PLAIN_WEIGHTS},
        "preferences": dict(weights.preferences),
        "unassigned": {str(key): value for key, value in weights.unassigned.items()},
    }


def decided(organisation: Organisation, clock: Clock) -> tuple[Ballot, Any]:
    """Take a vote from its call to its final result; return it with what its page says."""
    officer, members = admin_of(organisation), [member_of(organisation)]
    members += [UserFactory(organisation=organisation) for _ in range(MEMBERS - 1)]
    for user in members:
        member_in(organisation, user=user)
    scrutineers = [member_of(organisation) for _ in range(3)]
    pk = call_ballot(as_user(officer), scrutineers)
    files = set_key(pk, scrutineers)

    clock.now = OPENS
    done(as_user(officer).post(f"/api/ballots/{pk}/open"))
    vote(pk, members, OPENS + timedelta(days=3))
    clock.now = CLOSES
    tick_all()
    clock.now = CLOSES + timedelta(hours=15)
    open_box(pk, scrutineers, files)
    done(as_user(officer).post(f"/api/ballots/{pk}/declare"))
    told = done(as_user(members[0]).get(f"/api/ballots/{pk}/result"))
    assert told["follows"]["number"] is None
    assert not RotaPolicyVersion.objects.exists()

    clock.now += timedelta(days=7)
    tick_all()
    package = done(as_user(members[0]).get(f"/api/ballots/{pk}/package"))
    assert script.recount(package) == package["declared"]["result"]
    return Ballot.objects.get(pk=pk), done(as_user(members[0]).get(f"/api/ballots/{pk}/result"))


def test_what_850_members_vote_is_what_the_next_weeks_are_made_by(
    branch: Branch, clock: Clock, settings: Any, tmp_path: Path
) -> None:
    settings.SOLVER_FOLDER = tmp_path
    hours, relief = staff_of(branch)
    assert hours.user is not None
    ballot, told = decided(branch.organisation, clock)

    # The result is the policy, by its hashes, from the Monday that the page named.
    version = RotaPolicyVersion.objects.get()
    assert (ballot.state, ballot.cast) == ("final", MEMBERS)
    assert told["follows"] == {
        "number": 1,
        "starts_on": HOLDS_FROM.isoformat(),
        "challenge_until": None,
    }
    assert version.effective_from == HOLDS_FROM
    assert (version.ballot, version.result_hash) == ("rota-2026", told["result_hash"])
    assert version.inputs_hash == told["result"]["inputs_hash"]
    assert version.limits == {"rota_days": 14}
    assert version.weights == dict(zip(RULE_NAMES, (150, 150, 162, 0, 161, 377, 0), strict=True))

    # The last week before it and the first under it differ in the points of the mapping alone.
    before, after = week_of(branch, HOLDS_FROM - timedelta(days=7)), week_of(branch, HOLDS_FROM)
    old, new = problem_for(before).policy, problem_for(after).policy
    mapped = solver_weights(version.weights, version.scales)
    assert points(new) == mapped
    assert points(old)["split"] == 20.0
    assert points(new)["split"] > 80
    assert {name: points(old)[name] for name in ("lateness", "fairness")} == {
        name: points(new)[name] for name in ("lateness", "fairness")
    }
    assert (old.max_day_minutes, old.voted) == (new.max_day_minutes, new.voted)
    # One weight more or less changes its own prices and no others.
    other = solver_weights({**version.weights, "travel": 151}, version.scales)
    assert {name for name in mapped if other[name] != mapped[name]} == {"travel"}

    # The same work, planned under both: fewer split days, which is what was voted.
    plans = {
        rota: solve_at_once(rota, iterations=ROUNDS, seed=1).assignments for rota in (before, after)
    }
    assert split_days(plans[before], before) == 2
    assert split_days(plans[after], after) == 0

    # The run of the first week names the vote; what it proposes is told, and the phone says why.
    coordinator = coordinator_of(branch)
    by: dict[str, Any] = {"actor": coordinator, "now": PLANNED_AT}
    asked, _ = ask_run(rota_id=after.pk, seconds=3, **by)
    assert asked.policy is not None
    assert asked.policy.policy_version == version
    run(asked.pk)
    proposal = RotaProposal.objects.get(run=SolverRun.objects.get(pk=asked.pk))
    assert split_days(proposal.assignments, after) == 0
    accept_proposal(proposal_id=proposal.pk, **by)
    drafted = Rota.objects.get(pk=after.pk)
    publish_rota(rota_id=after.pk, version=drafted.version, note="As voted", **by)

    mine = done(as_user(hours.user).get(f"/api/my/weeks/{HOLDS_FROM}"))
    assert (mine["vote"]["number"], mine["vote"]["ballot"]) == (1, "rota-2026")
    assert relief.published.exists()
    assert any(day["visits"] for day in mine["days"])
    assert done(as_user(hours.user).get("/api/rota-policy"))["versions"][0]["ballot"] == "rota-2026"
    week_before = done(as_user(hours.user).get(f"/api/my/weeks/{before.week_starts_on}"))
    assert week_before["vote"] is None
