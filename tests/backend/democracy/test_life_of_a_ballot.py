"""A ballot from its roll to its final result, and everything that is refused on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from backend.audit.models import AuditEntry
from backend.core.errors import RefusalError
from backend.democracy.models import Ballot, BallotKind, BallotState
from backend.democracy.recount import recount as script
from backend.democracy.selectors import (
    broken_log_place,
    my_entry,
    my_paper,
    public_log,
    result_for,
    turnout,
)
from backend.democracy.services import (
    appoint_scrutineers,
    cast_ballot,
    challenge_ballot,
    close_ballot,
    correct_roll,
    decide_challenge,
    declare_ballot,
    enter_papers,
    finish_ballot,
    freeze_roll,
    issue_paper,
    open_ballot,
    receive_opened,
    set_paper,
    unlink_ballot,
    void_ballot,
)
from tests.backend.democracy.ballots import (
    AFTER,
    BEFORE,
    CLOSES,
    DURING,
    OPENS,
    RESOLUTION,
    Poll,
    tokens,
)
from tests.backend.factories.accounts import UserFactory
from tests.backend.factories.membership import member_in

pytestmark = pytest.mark.django_db

SAID = ((10, 4, 2, 4), (12, 4, 0, 4), (0, 0, 20, 0), (8, 8, 2, 2), (5, 5, 5, 5))
SECONDS = (0, 1, 1, 2, None)


def answers(member: int) -> dict[str, Any]:
    return {"weights": tokens(*SAID[member]), "max_splits_week": SECONDS[member]}


def refused(code: str, call: Any, **arguments: Any) -> None:
    with pytest.raises(RefusalError) as refusal, transaction.atomic():
        call(**arguments)
    assert refusal.value.code == code


def counted() -> Poll:
    poll = Poll().opened()
    for member in range(5):
        poll.cast(member, answers(member))
    return poll.unlinked().received().declared()


def test_five_members_vote_on_weights_and_get_the_worked_result_which_anybody_recounts() -> None:
    poll = counted()

    found = result_for(poll.users[0], poll.again())

    answered: Any = found.result["answers"]
    weights, splits = answered
    assert weights["result"]["weights"] == tokens(343, 229, 228, 200)
    assert splits["result"]["value"] == 1
    assert (found.cast, found.invalid) == (5, 0)
    assert found.package is not None
    assert script.recount(dict(found.package)) == found.result


def test_a_member_who_votes_again_is_counted_once_with_the_last_answer() -> None:
    poll = Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION).opened()
    first = poll.cast(0, {"motion": "against"})
    second = poll.cast(0, {"motion": "for"})

    poll.unlinked()

    assert first != second
    assert poll.again().receipts == [second]
    poll.received().declared()
    votes = poll.again().declaration.package["questions"][0]["inputs"]
    assert (votes["votes_for"], votes["votes_against"]) == (1, 0)


def test_nobody_votes_too_early_too_late_off_the_roll_or_beside_the_paper() -> None:
    poll = Poll().frozen()
    by = {"ballot_id": poll.pk, "is_assisted": False, "answers": answers(0)}
    member, stranger = poll.users[0], UserFactory(organisation=poll.organisation)

    refused("democracy.not_due", cast_ballot, **by, actor=member, now=DURING)
    refused("democracy.not_due", open_ballot, ballot_id=poll.pk, actor=poll.officer, now=BEFORE)
    open_ballot(ballot_id=poll.pk, actor=poll.officer, now=OPENS)
    refused("democracy.not_a_member", cast_ballot, **by, actor=stranger, now=DURING)
    refused("democracy.too_late", cast_ballot, **by, actor=member, now=CLOSES)
    wrong: Any
    for wrong in (
        {"weights": tokens(10, 4, 2, 3)},
        {"weights": tokens(21, -1)},
        {"max_splits_week": 8},
        {"weights": "mine"},
        {"other": 1},
        {},
    ):
        refused(
            "democracy.bad_answer",
            cast_ballot,
            **{**by, "answers": wrong},
            actor=member,
            now=DURING,
        )
    close_ballot(ballot_id=poll.pk, now=AFTER)
    refused("democracy.wrong_state", cast_ballot, **by, actor=member, now=DURING)
    assert not poll.ballot.roll.filter(voted=True).exists()


def test_a_refused_answer_is_not_repeated_in_the_refusal() -> None:
    poll = Poll().opened()

    with pytest.raises(RefusalError) as refusal:
        poll.cast(0, {"max_splits_week": 4711})

    assert refusal.value.params == {"question": "max_splits_week"}
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_a_ballot_closes_at_its_time_and_never_earlier() -> None:
    poll = Poll().opened()

    refused("democracy.not_due", close_ballot, ballot_id=poll.pk, now=CLOSES - timedelta(seconds=1))
    close_ballot(ballot_id=poll.pk, now=CLOSES)

    assert poll.again().state == BallotState.CLOSED


def test_the_roll_is_who_was_a_member_on_the_record_date_and_corrections_are_public() -> None:
    poll = Poll(members=3).frozen()
    late = member_in(poll.organisation, since=BEFORE.date())
    by: dict[str, Any] = {"ballot_id": poll.pk, "reason": "moved", "actor": poll.officer}
    by["now"] = BEFORE
    old_hash = poll.again().roll_hash

    refused("democracy.not_a_member", correct_roll, **by, membership_id=late.pk, is_added=True)
    correct_roll(**by, membership_id=poll.memberships[0].pk, is_added=False)

    assert my_entry(poll.users[0], poll.ballot) is None
    assert poll.again().roll_hash != old_hash
    last = public_log(poll.ballot)[-1]
    assert (last.type, last.data["number"]) == ("roll.corrected", poll.memberships[0].number)
    open_ballot(ballot_id=poll.pk, actor=poll.officer, now=OPENS)
    refused(
        "democracy.wrong_state",
        correct_roll,
        **by,
        membership_id=poll.memberships[0].pk,
        is_added=True,
    )


def test_the_roll_is_frozen_only_when_the_record_date_is_over() -> None:
    poll = Poll()
    set_paper(ballot_id=poll.pk, paper=poll.paper, actor=poll.officer, now=BEFORE)
    on_the_day = BEFORE.replace(month=5, day=20)

    refused("democracy.not_due", freeze_roll, ballot_id=poll.pk, actor=poll.officer, now=on_the_day)


def test_a_ballot_opens_only_with_a_key_that_all_three_scrutineers_confirmed() -> None:
    poll = Poll().frozen()
    poll.ballot.scrutineers.filter(user=poll.scrutineers[2]).update(has_confirmed=False)

    refused("democracy.key_missing", open_ballot, ballot_id=poll.pk, actor=poll.officer, now=OPENS)


def test_no_candidate_and_no_returning_officer_keeps_the_key() -> None:
    poll = Poll(kind=BallotKind.ELECTION)
    candidates = [
        {"name": f"Candidate {member}", "membership": poll.memberships[member].pk}
        for member in range(2)
    ]
    paper = [{"id": "s", "ask": "seats", "title": "Council", "seats": 1, "candidates": candidates}]
    set_paper(ballot_id=poll.pk, paper=paper, actor=poll.officer, now=BEFORE)
    two = [user.pk for user in poll.scrutineers[:2]]

    for third in (poll.users[0].pk, poll.officer.pk, two[0]):
        refused(
            "democracy.conflict_of_offices",
            appoint_scrutineers,
            ballot_id=poll.pk,
            user_ids=[*two, third],
            actor=poll.officer,
            now=BEFORE,
        )


def test_others_than_the_officer_and_the_scrutineers_move_nothing() -> None:
    poll = Poll().opened().unlinked()
    by: dict[str, Any] = {"ballot_id": poll.pk, "now": AFTER}
    admin = UserFactory(organisation=poll.organisation)

    refused("democracy.not_your_office", receive_opened, **by, opened={}, actor=poll.officer)
    refused("democracy.not_your_office", declare_ballot, **by, actor=admin)
    refused("democracy.not_your_office", void_ballot, **by, reason="", actor=poll.scrutineers[0])


def test_a_member_with_a_paper_ballot_cannot_vote_here_and_the_reverse() -> None:
    poll = Poll().opened()
    number = poll.memberships[0].number or 0
    by: dict[str, Any] = {"ballot_id": poll.pk, "actor": poll.officer, "now": DURING}

    issue_paper(**by, number=number)
    poll.cast(1, answers(1))

    with pytest.raises(RefusalError, match="paper_or_here"):
        poll.cast(0, answers(0))
    refused("democracy.paper_or_here", issue_paper, **by, number=poll.memberships[1].number)


def test_papers_count_when_two_people_have_typed_in_the_same() -> None:
    poll = Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION).opened()
    for member in (0, 1):
        number = poll.memberships[member].number or 0
        issue_paper(ballot_id=poll.pk, number=number, actor=poll.officer, now=DURING)
    poll.cast(2, {"motion": "against"})
    close_ballot(ballot_id=poll.pk, now=AFTER)
    papers: list[Any] = [(None, {"motion": "for"}), (None, {"motion": "abstain"})]
    by: dict[str, Any] = {"ballot_id": poll.pk, "now": AFTER}

    refused("democracy.papers_missing", unlink_ballot, **by)
    refused(
        "democracy.too_many_papers",
        enter_papers,
        **by,
        papers=[*papers, papers[0]],
        actor=poll.officer,
    )
    assert not enter_papers(**by, papers=papers[:1], actor=poll.officer)
    assert not enter_papers(**by, papers=papers, actor=poll.scrutineers[0])
    assert not enter_papers(**by, papers=papers, actor=poll.officer)
    assert not enter_papers(**by, papers=papers, actor=poll.officer)
    assert enter_papers(**by, papers=papers[::-1], actor=poll.scrutineers[0])

    unlink_ballot(**by)
    Ballot.objects.filter(pk=poll.pk).update(is_rewritten=True)
    votes = poll.received().declared().again().declaration.package["questions"][0]["inputs"]
    assert [votes[one] for one in ("votes_for", "votes_against", "abstain")] == [1, 1, 1]


def test_what_is_no_answer_of_the_paper_counts_as_invalid_and_never_vanishes() -> None:
    poll = Poll().opened()
    for member in range(3):
        poll.cast(member, answers(member))
    contents = poll.unlinked().contents()
    spoilt = sorted(contents)[:2]
    contents |= {spoilt[0]: "", spoilt[1]: "[[20,20,0,0,0,0,0],1]"}

    receive_opened(ballot_id=poll.pk, opened=contents, actor=poll.scrutineers[1], now=AFTER)
    found = result_for(poll.users[0], poll.declared().again())

    assert (found.cast, found.invalid) == (3, 2)
    assert found.result["answers"][0]["result"]["cast"] == 1  # type: ignore[index]


def test_ballots_that_are_not_of_the_box_are_not_taken() -> None:
    poll = Poll().opened()
    poll.cast(0, answers(0))
    contents = poll.unlinked().contents()
    by: dict[str, Any] = {"ballot_id": poll.pk, "actor": poll.scrutineers[0], "now": AFTER}
    more = contents | {"00000000-0000-4000-8000-000000000000": "[null,1]"}

    refused("democracy.not_the_box", receive_opened, **by, opened=more)
    refused("democracy.not_the_box", receive_opened, **by, opened={})
    assert not poll.ballot.opened.exists()


def test_no_result_for_anybody_in_any_state_before_it_is_declared() -> None:
    poll = Poll().opened()
    poll.cast(0, answers(0))
    everybody = [poll.users[0], poll.officer, poll.scrutineers[0]]

    for move in (lambda: None, poll.unlinked, poll.received):
        move()
        for viewer in everybody:
            refused("democracy.not_declared", result_for, viewer=viewer, ballot=poll.again())
    poll.declared()
    assert result_for(everybody[0], poll.again()).cast == 1


def test_a_challenge_in_time_stops_the_result_until_it_is_decided() -> None:
    poll = counted()
    by: dict[str, Any] = {"ballot_id": poll.pk, "reason": "My receipt is missing"}
    week = timedelta(days=7)

    refused("democracy.not_a_member", challenge_ballot, **by, actor=poll.officer, now=AFTER)
    refused("democracy.too_late", challenge_ballot, **by, actor=poll.users[0], now=AFTER + week)
    challenge_ballot(**by, actor=poll.users[0], now=AFTER)
    refused("democracy.wrong_state", finish_ballot, ballot_id=poll.pk, now=AFTER + week)
    decide_challenge(**by, is_upheld=True, actor=poll.officer, now=AFTER)

    assert poll.again().state == BallotState.VOID
    refused("democracy.not_declared", result_for, viewer=poll.users[0], ballot=poll.again())


def test_an_unchallenged_result_is_final_after_a_week_and_the_box_is_emptied() -> None:
    poll = counted()
    week = timedelta(days=7)

    refused(
        "democracy.not_due",
        finish_ballot,
        ballot_id=poll.pk,
        now=AFTER + week - timedelta(seconds=1),
    )
    finish_ballot(ballot_id=poll.pk, now=AFTER + week)

    assert not poll.ballot.box.exists()
    assert result_for(poll.users[0], poll.again()).cast == 5


@pytest.mark.parametrize("state", [BallotState.DECLARED, BallotState.DRAFT, BallotState.FINAL])
def test_the_database_itself_refuses_a_step_that_does_not_follow(state: BallotState) -> None:
    poll = Poll().opened()

    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.filter(pk=poll.pk).update(state=state, declared_at=AFTER)


def test_the_public_log_is_whole_names_nobody_and_breaks_where_somebody_edits_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = counted()
    names = [user.display_name for user in (*poll.users, *poll.scrutineers, poll.officer)]
    told = " ".join(f"{row.actor} {row.data}" for row in public_log(poll.ballot))

    assert broken_log_place(poll.ballot) is None
    assert not any(name in told for name in names)

    rows = public_log(poll.ballot)
    for place, row in enumerate(rows, start=1):
        for column, value in (("at", "2026-01-01T00:00:00Z"), ("data", {}), ("actor", "nobody")):
            before = getattr(row, column)
            setattr(row, column, value)
            monkeypatch.setattr("backend.democracy.selectors.public.public_log", lambda _: rows)
            assert broken_log_place(poll.ballot) == place
            setattr(row, column, before)
    assert broken_log_place(poll.ballot) is None


def test_the_database_refuses_to_change_the_log_a_result_or_an_opened_ballot() -> None:
    poll = counted()

    for rows, change in (
        (poll.ballot.log.all(), {"actor": "nobody"}),
        (poll.ballot.opened.all(), {"content": "[]"}),
        (type(poll.again().declaration).objects.all(), {"result_hash": "0" * 64}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_every_step_but_casting_leaves_an_audit_entry() -> None:
    poll = counted()

    events = set(
        AuditEntry.objects.filter(subject=f"ballot:{poll.pk}").values_list("event", flat=True)
    )

    assert events >= {row.type for row in public_log(poll.ballot)}
    assert not [event for event in events if "cast" in event]


def test_how_many_voted_is_shown_only_where_at_least_ten_may_vote() -> None:
    small, large = Poll(members=9).opened(), Poll(members=10).opened()
    small.cast(0, answers(0))
    large.cast(0, answers(0))

    assert [row.cast for row in turnout(small.ballot)] == [None]
    assert [row.cast for row in turnout(large.ballot)] == [1]


def test_each_member_sees_all_options_beginning_at_a_place_of_their_own() -> None:
    poll = Poll(
        kind=BallotKind.POLL,
        members=12,
        paper=[{"id": "p", "ask": "approval", "title": "Which day?", "options": list("abcde")}],
    ).opened()

    orders = {my_paper(user, poll.again())[0].order for user in poll.users}

    assert len(orders) > 1
    assert all(sorted(order) == [1, 2, 3, 4, 5] for order in orders)
    assert my_paper(poll.officer, poll.again()) == []


def test_full_rankings_of_many_candidates_among_few_voters_are_not_published() -> None:
    names = [{"name": f"Candidate {number}"} for number in range(7)]
    poll = Poll(
        kind=BallotKind.ELECTION,
        members=11,
        paper=[{"id": "s", "ask": "seats", "title": "Council", "seats": 2, "candidates": names}],
    ).opened()
    for member in range(11):
        poll.cast(member, {"s": [1 + member % 7, 1 + (member + 1) % 7]})
    ballot = poll.unlinked().received().declared().again()

    assert result_for(poll.users[0], ballot).package is None
    assert result_for(poll.scrutineers[0], ballot).package is not None
