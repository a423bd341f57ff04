"""Time alone closes a ballot, takes the names off and makes a result final."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.core.ticks import tick_all
from backend.democracy import tick as module
from backend.democracy.models import BallotState
from backend.democracy.services import issue_paper
from tests.backend.democracy.ballots import AFTER, CLOSES, DURING, Poll

pytestmark = [pytest.mark.django_db(transaction=True)]


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "database_now", lambda: moment)
    tick_all()


def test_a_ballot_closes_unlinks_and_becomes_final_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = Poll(members=2).opened()
    poll.cast(0, {"max_splits_week": 1})

    at(CLOSES - timedelta(seconds=1), monkeypatch)
    assert poll.again().state == BallotState.OPEN
    at(CLOSES, monkeypatch)
    assert (poll.again().state, poll.again().is_rewritten) == (BallotState.UNLINKED, True)
    poll.received().declared()
    at(AFTER + timedelta(days=7), monkeypatch)

    assert poll.again().state == BallotState.FINAL


def test_names_stay_until_the_papers_are_typed_in_and_other_ballots_do_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits, goes = Poll(members=1).opened(), Poll(members=1).opened()
    number = waits.memberships[0].number or 0
    issue_paper(ballot_id=waits.pk, number=number, actor=waits.officer, now=DURING)

    at(datetime(2026, 7, 1, tzinfo=UTC), monkeypatch)

    assert waits.again().state == BallotState.CLOSED
    assert goes.again().state == BallotState.UNLINKED
