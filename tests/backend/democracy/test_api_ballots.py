"""Ballots over HTTP: who may not, what is refused, and that nothing tells what anybody voted."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from backend.accounts.models import User
from backend.democracy.models import BallotKind
from backend.organisation.rota_policy import VOTED_LIMITS
from tests.backend.democracy.ballots import RESOLUTION, Poll
from tests.backend.factories.accounts import admin_of, member_of
from tests.backend.factories.membership import member_in

pytestmark = pytest.mark.django_db

MARK = 748_301
PAPER: list[dict[str, Any]] = [
    {"id": "weights", "ask": "weights"},
    {"id": "max_idle_minutes", "ask": "limit", "low": 0, "high": 999_999, "present": 0},
]


def browser(user: User) -> APIClient:
    found = APIClient()
    found.force_login(user)
    return found


@pytest.fixture
def poll(monkeypatch: pytest.MonkeyPatch) -> Poll:
    """A ballot that the database's clock finds open, with a member of the organisation."""
    # So wide that one answer is found again wherever it is written.
    monkeypatch.setitem(VOTED_LIMITS, "max_idle_minutes", (0, 999_999))
    made = Poll(
        paper=PAPER,
        members=2,
        opens_at=datetime(2020, 1, 1, tzinfo=UTC),
        closes_at=datetime(2100, 1, 1, tzinfo=UTC),
    )
    voter, other = member_of(made.organisation), member_of(made.organisation)
    for user in (voter, other):
        made.users.append(user)
        made.memberships.append(member_in(made.organisation, user=user))
    return made.opened()


def test_nobody_signed_out_and_nobody_without_a_vote_casts(poll: Poll) -> None:
    address, body = f"/api/ballots/{poll.pk}/mine", {"answers": {"max_idle_minutes": 1}}
    outside = member_of(poll.organisation)

    assert APIClient().put(address, body).status_code == 401
    answer = browser(outside).put(address, body)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (
        409,
        "democracy.not_a_member",
    )


@pytest.mark.parametrize(
    "answers", [None, [], "x", {"max_idle_minutes": -1}, {"max_idle_minutes": "x"}, {"x": 1}, {}]
)
def test_an_answer_that_the_paper_does_not_allow_changes_nothing(poll: Poll, answers: Any) -> None:
    answer = browser(poll.users[2]).put(f"/api/ballots/{poll.pk}/mine", {"answers": answers})

    assert answer.status_code in {400, 409}
    assert not poll.ballot.roll.filter(voted=True).exists()


def test_a_member_votes_replaces_the_ballot_and_sees_the_own_receipt_alone(
    poll: Poll, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    voter, other = browser(poll.users[2]), browser(poll.users[3])
    address = f"/api/ballots/{poll.pk}"
    voter.put(f"{address}/mine", {"answers": {"max_idle_minutes": 1}})

    with django_assert_max_num_queries(20):
        receipt = voter.put(f"{address}/mine", {"answers": {"max_idle_minutes": 2}}).json()[
            "receipt"
        ]

    mine = voter.get(address).json()["mine"]
    assert (mine["voted"], mine["receipt"]) == (True, receipt)
    theirs = other.get(address)
    assert theirs.json()["mine"]["voted"] is False
    assert receipt not in theirs.content.decode()


def test_a_marked_ballot_is_seen_by_nobody_through_any_address_or_log(
    poll: Poll, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    voter = poll.users[2]
    receipt = (
        browser(voter)
        .put(f"/api/ballots/{poll.pk}/mine", {"answers": {"max_idle_minutes": MARK}})
        .json()["receipt"]
    )
    logged = [row for row in caplog.records if not row.name.startswith("django.db.backends")]
    assert not any(str(MARK) in row.getMessage() or receipt in row.getMessage() for row in logged)

    everybody = [
        poll.users[3],
        admin_of(poll.organisation),
        poll.officer,
        *poll.scrutineers,
        voter,
    ]
    for user in everybody:
        for part in ("", "/log", "/receipts", "/result", "/package", "/office", "/box"):
            answer = browser(user).get(f"/api/ballots/{poll.pk}{part}")
            told = answer.content.decode()
            assert str(MARK) not in told, (user, part)
            assert receipt not in told or (user == voter and part == ""), (user, part)


def test_there_is_no_result_over_http_before_it_is_declared() -> None:
    poll = Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION)
    admin = browser(admin_of(poll.organisation))
    address = f"/api/ballots/{poll.pk}/result"
    poll.opened()
    poll.cast(0, {"motion": "for"})

    for move in (lambda: None, poll.unlinked, poll.received):
        move()
        answer = admin.get(address)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (
            409,
            "democracy.not_declared",
        )
        assert admin.get(f"/api/ballots/{poll.pk}/package").status_code == 409

    poll.declared()
    assert admin.get(address).json()["cast"] == 1
    assert admin.get(f"/api/ballots/{poll.pk}/package").json()["election"] == poll.ballot.code
