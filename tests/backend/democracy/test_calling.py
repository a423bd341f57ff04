"""Calling a ballot: sent twice it is there once, and it can be changed until the roll is frozen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.democracy.models import Ballot, BallotKind
from backend.democracy.services import (
    appoint_scrutineers,
    change_plan,
    create_ballot,
    set_key,
    set_paper,
)
from backend.democracy.services.preparing import BadPaperError, BadPlanError, plan_of
from backend.democracy.services.steps import NotYourOfficeError, WrongStateError
from tests.backend.democracy.ballots import BEFORE, CLOSES, OPENS, RESOLUTION, Poll
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db


def test_the_same_plan_sent_twice_makes_one_ballot_and_one_entry() -> None:
    poll = Poll()

    again = create_ballot(plan=plan_of(poll.ballot), actor=poll.officer, now=BEFORE)

    assert again.pk == poll.pk
    assert Ballot.objects.count() == 1
    assert poll.ballot.log.count() == 1


def test_another_plan_or_another_officer_does_not_get_a_code_that_is_taken() -> None:
    poll = Poll()
    plan = plan_of(poll.ballot)

    with pytest.raises(BadPlanError):
        create_ballot(plan=replace(plan, title="Another"), actor=poll.officer, now=BEFORE)
    with pytest.raises(BadPlanError):
        create_ballot(plan=plan, actor=poll.scrutineers[0], now=BEFORE)

    assert Ballot.objects.count() == 1


def test_an_officer_changes_dates_and_words_and_the_log_says_when_it_opens() -> None:
    poll = Poll()
    later = replace(
        plan_of(poll.ballot), title="Splits", closes_at=CLOSES + timedelta(days=1), about="Read it."
    )

    for _ in range(2):
        change_plan(ballot_id=poll.pk, plan=later, actor=poll.officer, now=BEFORE)

    assert plan_of(poll.again()) == later
    created, changed = poll.ballot.log.order_by("seq")
    assert (created.type, changed.type) == ("election.created", "election.changed")
    assert changed.data["opens_at"] == OPENS.isoformat()


def test_a_plan_keeps_its_code_and_kind_its_officer_and_its_organisation() -> None:
    poll = Poll()
    plan = plan_of(poll.ballot)
    elsewhere = BranchFactory()

    for wrong in (
        replace(plan, code="other"),
        replace(plan, kind=BallotKind.POLL),
        replace(plan, closes_at=plan.opens_at),
        replace(plan, branch=elsewhere),
    ):
        with pytest.raises(BadPlanError):
            change_plan(ballot_id=poll.pk, plan=wrong, actor=poll.officer, now=BEFORE)
    with pytest.raises(NotYourOfficeError):
        change_plan(ballot_id=poll.pk, plan=plan, actor=poll.users[0], now=BEFORE)

    assert plan_of(poll.again()) == plan


def test_nothing_of_a_plan_changes_once_the_roll_is_frozen() -> None:
    poll = Poll().frozen()
    later = replace(plan_of(poll.again()), title="Other")

    with pytest.raises(WrongStateError):
        change_plan(ballot_id=poll.pk, plan=later, actor=poll.officer, now=BEFORE)


def test_the_same_paper_and_the_same_three_again_write_no_line_and_keep_the_key() -> None:
    poll = Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION).asked()
    set_key(ballot_id=poll.pk, public_key=poll.public.hex(), actor=poll.scrutineers[0], now=BEFORE)
    lines = poll.ballot.log.count()

    set_paper(ballot_id=poll.pk, paper=RESOLUTION, actor=poll.officer, now=BEFORE)
    appoint_scrutineers(
        ballot_id=poll.pk,
        user_ids=[user.pk for user in reversed(poll.scrutineers)],
        actor=poll.officer,
        now=BEFORE,
    )

    assert poll.ballot.log.count() == lines
    assert poll.again().public_key == poll.public.hex()


@pytest.mark.parametrize("notes", [["one"], ["one", "two", "three"], [1, 2], "text"])
def test_descriptions_stand_beside_every_option_or_none(notes: object) -> None:
    poll = Poll(kind=BallotKind.PACKAGES)
    row = {"id": "q1", "ask": "packages", "title": "Which?", "options": ["A", "B"]}

    with pytest.raises(BadPaperError):
        set_paper(
            ballot_id=poll.pk, paper=[{**row, "notes": notes}], actor=poll.officer, now=BEFORE
        )

    set_paper(
        ballot_id=poll.pk, paper=[{**row, "notes": ["a", ""]}], actor=poll.officer, now=BEFORE
    )
