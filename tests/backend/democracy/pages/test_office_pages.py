"""The returning officer's pages: a ballot from the call to the final result with plain forms."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from backend.accounts.models import Role
from backend.democracy.models import Ballot, BallotKind, BallotState
from backend.democracy.services import close_ballot, issue_paper
from tests.backend.democracy.ballots import AFTER, BEFORE, DURING, OPENS, RESOLUTION, Poll, tokens
from tests.backend.democracy.pages.office import (
    CLOCKED,
    at,
    browser,
    filled,
    send,
    text_of,
    with_roles,
)
from tests.backend.factories.accounts import RoleGrantFactory, UserFactory
from tests.backend.factories.membership import ConstituencyFactory, MemberClassFactory, member_in
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db

CALL = "/member/ballots/call"
OFFICER_PAGES = (
    "/officer",
    "/officer/plan",
    "/officer/questions",
    "/officer/questions/q1",
    "/officer/preview",
    "/officer/scrutineers",
    "/officer/roll",
)
PLAN = {
    "kind": "resolution",
    "title": "Six bicycles",
    "about": "",
    "classes": ["worker"],
    "branch": "",
    "record_on": "2026-05-20",
    "opens_at": "2026-06-01T09:00",
    "closes_at": "2026-06-15T18:00",
    "challenge_days": "7",
}


class Clock:
    """The database's clock in the pages' hands."""

    now: datetime = BEFORE

    def __call__(self) -> datetime:
        """Return the moment that the test has set."""
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    for view in CLOCKED:
        monkeypatch.setattr(f"backend.democracy.pages.views.{view}.database_now", found)
    return found


def _poll(kind: BallotKind = BallotKind.RESOLUTION, **given: Any) -> Poll:
    return with_roles(Poll(paper=given.pop("paper", RESOLUTION), kind=kind, **given))


def _press(client: Client, address: str, button: str, **typed: Any) -> Any:
    return send(client, address, client.get(address), press=button, **typed)


# Who may not


@pytest.mark.parametrize("page", [*OFFICER_PAGES, "/papers", "/challenge"])
def test_who_is_not_signed_in_is_sent_to_the_sign_in(page: str) -> None:
    poll = _poll().asked()

    for answer in (Client().get(at(poll, page)), Client().post(at(poll, page), {"press": "x"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/member/sign-in?next=")


@pytest.mark.parametrize("page", OFFICER_PAGES)
def test_only_the_officer_of_this_ballot_finds_its_pages(page: str) -> None:
    poll = _poll().asked()
    other = RoleGrantFactory(user__organisation=poll.organisation, role=Role.ADMIN).user
    stranger = RoleGrantFactory(role=Role.ADMIN).user

    for user in (poll.users[0], poll.scrutineers[0], other, stranger):
        assert browser(user).get(at(poll, page)).status_code == 404
        for button in ("press", "step"):
            answer = browser(user).post(at(poll, page), {button: "freeze", "sure": "1"})
            assert answer.status_code == 404

    assert browser(poll.officer).get(at(poll, page)).status_code in {200, 302, 404}
    assert poll.again().state == BallotState.DRAFT


def test_only_who_administers_calls_a_vote_and_sees_the_way_to_it() -> None:
    poll = _poll()
    without_organisation = RoleGrantFactory(user__organisation=None, role=Role.ADMIN).user

    for user in (poll.users[0], poll.scrutineers[0], without_organisation):
        assert browser(user).get(CALL).status_code == 404
        assert browser(user).post(CALL, PLAN).status_code == 404

    assert Ballot.objects.count() == 1
    assert "Call a vote" not in text_of(browser(poll.users[0]).get("/member/ballots/"))
    assert "Call a vote" in text_of(browser(poll.officer).get("/member/ballots/"))


def test_paper_forms_are_typed_in_by_the_offices_alone() -> None:
    poll = _poll().opened()

    assert browser(poll.users[0]).get(at(poll, "/papers")).status_code == 404
    for user in (poll.officer, poll.scrutineers[0]):
        assert browser(user).get(at(poll, "/papers")).status_code == 200


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/officer", {"step": "void", "sure": "1", "reason": "x"}),
        ("/officer/plan", {**PLAN, "title": "Other"}),
        ("/officer/questions/q1", {"title": "Other?", "kind": "ordinary", "press": "save"}),
        ("/officer/scrutineers", {"press": "name", "chosen": [1, 2, 3]}),
        ("/officer/roll", {"press": "strike.1", "sure": "1", "reason": "x"}),
    ],
)
def test_a_form_from_another_site_changes_nothing(page: str, fields: dict[str, Any]) -> None:
    poll = _poll()
    client = Client(enforce_csrf_checks=True)
    client.force_login(poll.officer)

    assert client.post(at(poll, page), fields).status_code == 403
    assert client.post(CALL, PLAN).status_code == 403
    assert (poll.again().state, poll.again().paper, Ballot.objects.count()) == ("draft", [], 1)


# Calling


def test_an_administrator_calls_a_vote_and_is_its_officer_sent_twice_it_is_there_once() -> None:
    poll = _poll()
    client = browser(poll.officer)

    first, second = (client.post(CALL, PLAN) for _ in range(2))

    ballot = Ballot.objects.exclude(pk=poll.pk).get()
    assert first["Location"] == second["Location"] == f"/member/ballots/{ballot.pk}/officer"
    assert (ballot.code, ballot.returning_officer) == ("six-bicycles-2026-06-01", poll.officer)
    # Typed in local time: in June an hour before that of Greenwich.
    assert ballot.opens_at == OPENS
    page = text_of(client.get(first["Location"]))
    assert "Next: Set the questions" in page
    assert "Mon 1 Jun 2026, 09:00" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "Title: This field is required."),
        ({"closes_at": "2026-06-01T09:00"}, "It must close after it opens."),
        ({"closes_at": "2026-05-01T09:00"}, "This moment is over."),
        ({"record_on": "2026-06-01"}, "must lie before the day of opening"),
        ({"opens_at": "soon"}, "Enter a valid date/time."),
        ({"classes": []}, "Who votes?: This field is required."),
        ({"classes": ["investor"]}, "Who votes?: Select a valid choice."),
        ({"challenge_days": "0"}, "greater than or equal to 1"),
        ({"kind": "war"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_held_is_told_beside_its_field_and_nothing_typed_is_lost(
    typed: dict[str, Any], told: str
) -> None:
    poll = _poll()
    given = {**PLAN, "about": "Read <this> first.", **typed}

    answer = browser(poll.officer).post(CALL, given)

    assert answer.status_code == 400
    assert told in text_of(answer)
    kept = filled(answer)
    assert kept["about"] == ["Read <this> first."]
    assert kept["title"] == [given["title"]]
    assert kept["opens_at"] == [given["opens_at"]]
    assert Ballot.objects.count() == 1


def test_a_title_that_is_taken_on_that_day_is_refused_in_words() -> None:
    poll = _poll()
    client = browser(poll.officer)
    client.post(CALL, PLAN)

    answer = client.post(CALL, {**PLAN, "about": "Another text."})

    assert answer.status_code == 400
    assert "There is a vote with this title" in text_of(answer)
    assert filled(answer)["about"] == ["Another text."]


def test_a_policy_vote_asks_all_branches() -> None:
    poll = _poll()
    branch = BranchFactory(organisation=poll.organisation)
    elsewhere = BranchFactory()
    client = browser(poll.officer)

    policy = client.post(CALL, {**PLAN, "kind": "policy", "branch": branch.pk})
    foreign = client.post(CALL, {**PLAN, "branch": elsewhere.pk})

    assert "asks all branches" in text_of(policy)
    assert "Select a valid choice" in text_of(foreign)
    assert client.post(CALL, {**PLAN, "branch": branch.pk}).status_code == 302


def test_dates_and_words_can_be_changed_until_the_list_is_fixed() -> None:
    poll = _poll()
    client, address = browser(poll.officer), at(poll, "/officer/plan")

    page = client.get(address)
    done = send(client, address, page, title="Eight bicycles", closes_at="2026-06-20T18:00")

    assert done.status_code == 302
    assert poll.again().title == "Eight bicycles"
    assert poll.again().closes_at - poll.ballot.closes_at == timedelta(days=5)
    poll.frozen()
    assert client.get(address)["Location"] == at(poll, "/officer")


# Questions


def test_a_resolution_is_written_saved_twice_and_changed() -> None:
    poll = _poll(paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions/q1")
    assert client.get(at(poll, "/officer/questions"))["Location"] == address

    for _ in range(2):
        done = _press(client, address, "save", title="Buy six?", note="Blue.", kind="rule_change")
        assert done["Location"] == at(poll, "/officer/questions")
    _press(client, at(poll, "/officer/questions/q2"), "save", title="And a shed?", kind="ordinary")

    first, second = poll.again().paper
    assert first == {
        "id": "q1",
        "ask": "resolution",
        "title": "Buy six?",
        "note": "Blue.",
        "kind": "rule_change",
    }
    assert filled(client.get(address))["note"] == ["Blue."]
    _press(client, at(poll, "/officer/questions"), "remove.q1")
    assert poll.again().paper == [second]
    # The last one stays: a paper cannot be empty.
    _press(client, at(poll, "/officer/questions"), "remove.q2")
    assert poll.again().paper == [second]
    assert poll.ballot.log.filter(type="question.set").count() == 3


def test_a_question_without_words_is_told_and_not_saved() -> None:
    poll = _poll(paper=[])

    answer = _press(
        browser(poll.officer), at(poll, "/officer/questions/q1"), "save", title=" ", note="Blue."
    )

    assert answer.status_code == 400
    assert "The question, in a few words: This field is required." in text_of(answer)
    assert filled(answer)["note"] == ["Blue."]
    assert poll.again().paper == []


def test_packages_have_names_descriptions_and_the_present_one() -> None:
    poll = _poll(BallotKind.PACKAGES, paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions/q1")

    page = _press(client, address, "more", title="Which?", option=["A", "", "B", "C"])
    assert page.status_code == 200
    assert filled(page)["option"] == ["A", "", "B", "C", "", ""]
    notes = ["Old.", "", "New.", "", "", ""]
    done = send(client, address, page, press="save", option_note=notes, present="3")

    assert done.status_code == 302
    (row,) = poll.again().paper
    assert (row["options"], row["notes"]) == (["A", "B", "C"], ["Old.", "New.", ""])
    assert row["present"] == 2
    preview = client.get(at(poll, "/officer/preview"))
    assert "New." in text_of(preview)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["A", "", "", ""], "at least two"),
        (["A", "A", "", ""], "Two have the same name"),
    ],
)
def test_a_poll_needs_two_different_options(options: list[str], told: str) -> None:
    poll = _poll(BallotKind.POLL, paper=[])
    address = at(poll, "/officer/questions/q1")

    answer = _press(browser(poll.officer), address, "save", title="Which?", option=options)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert filled(answer)["option"] == options
    assert poll.again().paper == []


def test_candidates_are_found_in_the_register_and_the_officer_cannot_stand() -> None:
    poll = _poll(BallotKind.ELECTION, paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions/q1")
    own = member_in(poll.organisation, user=poll.officer, name="Olga Officer")
    first, second = poll.memberships[:2]
    elsewhere = member_in(UserFactory().organisation, name="Nobody here")

    page = _press(client, address, "look", title="Council", seats="1", words="olga")
    assert "is the returning officer and cannot stand" in text_of(page)
    page = send(client, address, page, press="look", words=str(first.number))
    page = send(client, address, page, press=f"put.{first.pk}")
    page = send(client, address, page, press=f"put.{second.pk}", statement=["I am for quiet."])
    page = send(client, address, page, press=f"put.{elsewhere.pk}")
    done = send(client, address, page, press="save")

    assert done.status_code == 302
    (row,) = poll.again().paper
    assert row["candidates"] == [
        {"name": first.holder.name, "note": "I am for quiet.", "membership": first.pk},
        {"name": second.holder.name, "note": "", "membership": second.pk},
    ]
    assert (row["seats"], row["method"]) == (1, "scottish-stv-1")
    page = client.get(address)
    forced = send(
        client,
        address,
        page,
        press="save",
        candidate=[own.pk],
        candidate_name=["x"],
        statement=[""],
    )
    assert forced.status_code == 400
    assert "A candidate can be neither returning officer" in text_of(forced)
    assert poll.again().paper == [row]


def test_more_seats_than_candidates_are_refused_and_two_of_one_name_told_apart() -> None:
    poll = _poll(BallotKind.ELECTION, paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions/q1")
    twins = [member_in(poll.organisation, name="Ana Rees") for _ in range(2)]
    stand = {
        "candidate": [one.pk for one in twins],
        "candidate_name": ["Ana Rees", "Ana Rees"],
        "statement": ["", ""],
    }

    many = _press(client, address, "save", title="Council", seats="3", **stand)
    done = _press(client, address, "save", title="Council", seats="1", **stand)

    assert "more seats than candidates" in text_of(many)
    assert done.status_code == 302
    names = [one["name"] for one in poll.again().paper[0]["candidates"]]
    assert names == [f"Ana Rees ({one.number})" for one in twins]


def test_a_policy_asks_the_weights_by_itself_and_the_limits_that_are_ticked() -> None:
    poll = _poll(BallotKind.POLICY, paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions")
    page = client.get(address)
    assert "Least notice of a published rota now 7 days" in text_of(page)

    typed = {"rota_days-ask": "on", "rota_days-step": "7", "rota_days-high": "21"}
    for _ in range(2):
        done = send(client, address, page, **typed)
        assert done["Location"] == at(poll, "/officer")

    weights, notice = poll.again().paper
    assert weights["ask"] == "weights"
    assert (notice["low"], notice["high"], notice["step"], notice["present"]) == (7, 21, 7, 7)
    assert filled(client.get(address))["rota_days-ask"] == ["on"]
    assert poll.ballot.log.filter(type="question.set").count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"high": "35"}, "May be between 7 days and 28 days."),
        ({"low": "6", "step": "1"}, "May be between 7 days and 28 days."),
        ({"low": "28"}, "It must be above the lowest."),
        ({"step": "4"}, "These steps do not reach the highest value."),
        ({"low": "8", "step": "10"}, "The value in force, 7 days, must be one of"),
        ({"step": ""}, "Please fill this in."),
        ({"step": "x"}, "Enter a whole number."),
    ],
)
def test_a_scale_beyond_the_law_or_without_what_is_in_force_is_refused_beside_its_limit(
    typed: dict[str, str], told: str
) -> None:
    poll = _poll(BallotKind.POLICY, paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions")
    given = {f"rota_days-{name}": value for name, value in typed.items()}

    answer = send(client, address, client.get(address), **{"rota_days-ask": "on", **given})

    assert answer.status_code == 400
    assert f"Least notice of a published rota: {told}" in text_of(answer)
    assert all(filled(answer)[name] == [value] for name, value in given.items())
    assert poll.again().paper == []


def test_a_time_is_typed_as_a_time_and_a_limit_not_in_force_names_what_changes_nothing() -> None:
    poll = _poll(BallotKind.POLICY, paper=[])
    client, address = browser(poll.officer), at(poll, "/officer/questions")
    name = "latest_finish_before_early"
    typed = {f"{name}-ask": "on", f"{name}-low": "20:00", f"{name}-high": "23:00"}

    missing = send(client, address, client.get(address), **typed, **{f"{name}-step": "60"})
    wrong = send(client, address, missing, **{f"{name}-present": "25:99"})
    done = send(client, address, wrong, **{f"{name}-present": "23:00"})

    assert "Please fill this in." in text_of(missing)
    assert "Type a time such as 22:00." in text_of(wrong)
    assert done.status_code == 302
    row = poll.again().paper[1]
    assert (row["low"], row["high"], row["present"]) == (1200, 1380, 1380)


def test_the_preview_shows_the_voters_screens_and_casts_nothing() -> None:
    poll = _poll(BallotKind.POLICY, paper=[{"id": "weights", "ask": "weights"}]).asked()
    client, address = browser(poll.officer), at(poll, "/officer/preview")

    page = client.get(address)
    assert "Preview: this is what voters see" in text_of(page)
    page = send(client, address, page, press="keep")
    page = send(client, address, page, press="next")

    assert "Is this what you want?" in text_of(page)
    assert 'value="cast" disabled' in page.content.decode()
    forced = send(client, address, page, press="cast")
    assert "Is this what you want?" in text_of(forced)
    assert not poll.ballot.roll.exists()


def test_the_preview_of_constituencies_asks_as_whom_first() -> None:
    poll = _poll(BallotKind.ELECTION, paper=[])
    place = ConstituencyFactory(member_class=poll.memberships[0].member_class, name="Leeds")
    poll.paper = [
        {
            "id": "q1",
            "ask": "seats",
            "title": "Leeds council",
            "seats": 1,
            "constituency": place.pk,
            "candidates": [{"name": "Ana"}, {"name": "Bea"}],
        }
    ]
    poll.asked()
    client, address = browser(poll.officer), at(poll, "/officer/preview")

    page = client.get(address)
    assert "As whom do you want to see it?" in text_of(page)
    page = client.post(address, {"place": place.pk})
    page = send(client, address, page, press="put.1")

    assert "Leeds council" in text_of(page)
    assert filled(page)["q1.order"] == ["1"]


# Scrutineers


def test_scrutineers_are_found_by_name_and_named_once() -> None:
    poll = _poll()
    client, address = browser(poll.officer), at(poll, "/officer/scrutineers")
    first, second, third = poll.scrutineers
    stranger = RoleGrantFactory(user__display_name="Zed Elsewhere").user

    page = _press(client, address, "look", words=first.display_name)
    assert f"put.{first.pk}" in page.content.decode()
    assert "Nobody who signs in here" in text_of(_press(client, address, "look", words="Zed"))
    page = send(client, address, page, press=f"put.{first.pk}")
    early = send(client, address, page, press="name")
    assert early.status_code == 409
    assert "there must be three" in text_of(early)
    page = send(client, address, page, press=f"put.{second.pk}")
    page = send(client, address, page, press=f"put.{stranger.pk}")
    page = send(client, address, page, press=f"put.{third.pk}")
    for _ in range(2):
        done = send(client, address, page, press="name")
        assert done["Location"] == at(poll, "/officer")

    assert set(poll.ballot.scrutineers.values_list("user", flat=True)) == {
        one.pk for one in poll.scrutineers
    }
    assert poll.ballot.log.filter(type="scrutineers.appointed").count() == 1
    assert "0 of 3 have confirmed" in text_of(client.get(at(poll, "/officer")))


def test_the_officer_and_candidates_are_no_scrutineers_and_it_is_said_why() -> None:
    poll = _poll(BallotKind.ELECTION, paper=[])
    candidate = poll.users[0]
    poll.paper = [
        {
            "id": "q1",
            "ask": "seats",
            "title": "Council",
            "seats": 1,
            "candidates": [{"name": "Ana", "membership": poll.memberships[0].pk}],
        }
    ]
    poll.asked()
    client, address = browser(poll.officer), at(poll, "/officer/scrutineers")

    for user, why in ((poll.officer, "is the returning officer"), (candidate, "is a candidate")):
        page = _press(client, address, f"out.{poll.scrutineers[0].pk}", words=user.display_name)
        assert f"{user.display_name} {why}" in text_of(page)
        kept = [poll.scrutineers[1].pk, poll.scrutineers[2].pk]
        forced = client.post(address, {"press": "name", "chosen": [*kept, user.pk]})
        assert forced.status_code == 409
        assert "A candidate can be neither" in text_of(forced)


def test_naming_others_when_there_is_a_key_is_asked_for_once() -> None:
    poll = _poll().frozen()
    client, address = browser(poll.officer), at(poll, "/officer/scrutineers")
    chosen = [poll.users[0].pk, *(one.pk for one in poll.scrutineers[:2])]

    asked = client.post(address, {"press": "name", "chosen": chosen})
    assert "It becomes useless" in text_of(asked)
    assert poll.again().public_key
    declined = send(client, address, asked, no="1")
    assert filled(declined)["chosen"] == [str(one) for one in chosen]
    send(client, address, asked, sure="1")

    assert poll.again().public_key == ""
    assert poll.ballot.scrutineers.filter(user=poll.users[0]).exists()


# The roll


def test_the_list_is_fixed_after_the_record_date_and_not_without_questions(clock: Clock) -> None:
    poll = _poll()
    client, address = browser(poll.officer), at(poll, "/officer")

    assert "Fix who may vote…" not in text_of(client.get(address))
    without = client.post(address, {"step": "freeze", "sure": "1"})
    assert "The questions cannot be put like this" in text_of(without)
    poll.asked()
    assert "Fix who may vote…" in text_of(client.get(address))
    clock.now = BEFORE.replace(day=20)
    early = client.post(address, {"step": "freeze", "sure": "1"})
    assert early.status_code == 409
    assert "possible after Wed 20 May 2026 is over" in text_of(early)
    clock.now = BEFORE
    asked = client.post(address, {"step": "freeze"})
    assert "copied as it was at the end of the record date" in text_of(asked)
    assert poll.again().state == "draft"
    for _ in range(2):
        assert client.post(address, {"step": "freeze", "sure": "1"}).status_code in {200, 302}

    assert poll.again().state == "roll_frozen"
    assert poll.ballot.log.filter(type="roll.frozen").count() == 1
    assert "Next: Make and confirm the key" in text_of(client.get(address))


def test_a_member_is_struck_off_and_added_again_with_reasons_that_are_published() -> None:
    poll = _poll().frozen()
    client, address = browser(poll.officer), at(poll, "/officer/roll")
    one = poll.memberships[0]

    asked = client.post(address, {"press": f"strike.{one.pk}"})
    assert f"{one.holder.name} ({one.number}) will not be able to vote" in text_of(asked)
    without = send(client, address, asked, sure="1", reason=" ")
    assert "Please give a reason." in text_of(without)
    assert poll.ballot.roll.count() == 5
    for _ in range(2):
        send(client, address, without, sure="1", reason="Left in April.")
    assert poll.ballot.roll.count() == 4
    assert poll.ballot.log.filter(type="roll.corrected").count() == 1
    page = client.get(address)
    assert f"add.{one.pk}" in page.content.decode()
    asked = client.post(address, {"press": f"add.{one.pk}"})
    send(client, address, asked, sure="1", reason="A mistake.")

    assert poll.ballot.roll.count() == 5
    log = text_of(browser(poll.users[1]).get(at(poll, "/log")))
    assert "Left in April." in log
    assert "A mistake." in log


def test_nobody_without_a_vote_on_the_record_date_is_added() -> None:
    poll = _poll().frozen()
    late = member_in(poll.organisation, since=BEFORE.date())
    elsewhere = member_in(UserFactory().organisation)
    client, address = browser(poll.officer), at(poll, "/officer/roll")

    for one in (late, elsewhere):
        answer = client.post(address, {"press": f"add.{one.pk}", "sure": "1", "reason": "x"})
        assert answer.status_code == 200

    assert poll.ballot.roll.count() == 5


def test_the_list_is_searched_and_says_nothing_of_who_voted(clock: Clock) -> None:
    poll = _poll().opened()
    clock.now = DURING
    client, address = browser(poll.officer), at(poll, "/officer/roll")
    one, other = poll.memberships[:2]

    before = text_of(client.get(address))
    poll.cast(0, {"motion": "for"})
    found = text_of(client.post(address, {"press": "look", "words": str(one.number)}))

    assert text_of(client.get(address)) == before
    assert one.holder.name in found
    assert other.holder.name not in found
    # Once voting has begun the list stays as it is.
    client.post(address, {"press": f"strike.{one.pk}", "sure": "1", "reason": "x"})
    assert poll.ballot.roll.count() == 5


def test_a_paper_form_is_noted_once_and_not_for_who_voted_here(clock: Clock) -> None:
    poll = _poll().opened()
    clock.now = DURING
    poll.cast(0, {"motion": "for"})
    client, address = browser(poll.officer), at(poll, "/officer/roll")
    voted, other = poll.memberships[:2]

    asked = client.post(address, {"press": f"paper.{other.number}"})
    assert "can no longer vote here" in text_of(asked)
    for _ in range(2):
        assert send(client, address, asked, sure="1").status_code == 302
    refused = client.post(address, {"press": f"paper.{voted.number}", "sure": "1"})

    assert refused.status_code == 409
    assert "This member has voted here" in text_of(refused)
    assert list(poll.ballot.roll.filter(paper_issued=True).values_list("number", flat=True)) == [
        other.number
    ]
    assert "You have been given a paper form" in text_of(browser(poll.users[1]).get(at(poll)))


# Opening and what follows


def test_opening_too_early_or_without_all_shares_says_from_when(clock: Clock) -> None:
    poll = _poll().frozen()
    client, address = browser(poll.officer), at(poll, "/officer")

    early = client.post(address, {"step": "open", "sure": "1"})
    assert "possible from Mon 1 Jun 2026, 09:00 on" in text_of(early)
    clock.now = OPENS
    poll.ballot.scrutineers.filter(user=poll.scrutineers[0]).update(has_confirmed=False)
    without = client.post(address, {"step": "open", "sure": "1"})
    assert "have not all confirmed their share" in text_of(without)
    poll.ballot.scrutineers.update(has_confirmed=True)
    client.post(address, {"step": "open", "sure": "1"})

    assert poll.again().state == "open"
    assert "Next: The vote closes By itself, on Mon 15 Jun 2026, 18:00." in text_of(
        client.get(address)
    )


def test_a_vote_whose_time_went_by_unopened_says_what_to_do(clock: Clock) -> None:
    poll = _poll().frozen()
    clock.now = AFTER

    page = text_of(browser(poll.officer).get(at(poll, "/officer")))

    assert "The closing time has passed: cancel it and call it again." in page


def test_a_vote_is_cancelled_with_a_reason_that_everybody_reads(clock: Clock) -> None:
    poll = _poll().opened()
    clock.now = DURING
    poll.cast(0, {"motion": "for"})
    client, address = browser(poll.officer), at(poll, "/officer")

    asked = client.post(address, {"step": "void"})
    assert "destroyed unread" in text_of(asked)
    assert "Please give a reason" in text_of(send(client, address, asked, sure="1"))
    assert poll.again().state == "open"
    for _ in range(2):
        send(client, address, asked, sure="1", reason="Wrong question.")

    assert poll.again().state == "void"
    assert not poll.ballot.roll.filter(sealed__isnull=False).exists()
    assert poll.ballot.log.filter(type="ballot.voided").count() == 1
    seen = text_of(browser(poll.users[0]).get(at(poll, "/result")))
    assert "This vote was cancelled" in seen
    assert "Wrong question." in seen


def _declared(poll: Poll) -> Poll:
    poll.opened()
    poll.cast(0, {"motion": "for"})
    return poll.unlinked().received().declared()


def test_a_member_on_the_list_challenges_a_result_once_and_the_officer_decides(
    clock: Clock,
) -> None:
    poll = _declared(_poll())
    clock.now = AFTER
    member, address = browser(poll.users[0]), at(poll, "/challenge")

    assert "Challenge this result" in text_of(member.get(at(poll, "/result")))
    asked = member.get(address)
    assert "Everybody can read your reason, but not your name." in text_of(asked)
    assert "Please give a reason." in text_of(send(member, address, asked, sure="1"))
    for _ in range(2):
        done = send(member, address, asked, sure="1", reason="The text was changed.")
        assert done["Location"] == at(poll, "/result")
    assert poll.again().state == "challenged"
    assert poll.ballot.log.filter(type="result.challenged").count() == 1
    result = text_of(browser(poll.users[1]).get(at(poll, "/result")))
    assert "The text was changed." in result
    assert poll.users[0].display_name not in result

    officer = browser(poll.officer)
    page = text_of(officer.get(at(poll, "/officer")))
    assert "Next: Decide the challenge" in page
    assert "The text was changed." in page
    asked = officer.post(at(poll, "/officer"), {"step": "dismiss"})
    send(officer, at(poll, "/officer"), asked, sure="1", reason="It was not.")
    assert poll.again().state == "final"
    assert "the result is final" in text_of(officer.get(at(poll, "/officer")))


def test_who_is_not_on_the_list_or_comes_late_does_not_challenge(clock: Clock) -> None:
    poll = _declared(_poll())
    clock.now = AFTER
    address, yes = at(poll, "/challenge"), {"sure": "1", "reason": "x"}

    for user in (poll.officer, poll.scrutineers[0]):
        assert browser(user).post(address, yes)["Location"] == at(poll)
        assert "Challenge this result" not in text_of(browser(user).get(at(poll, "/result")))
    clock.now = AFTER + timedelta(days=7)
    assert browser(poll.users[0]).post(address, yes)["Location"] == at(poll, "/result")

    assert poll.again().state == "declared"


# Paper forms


def _closed_with_paper(*numbers: int, **given: Any) -> Poll:
    poll = _poll(**given).opened()
    for place in numbers:
        issue_paper(
            ballot_id=poll.pk,
            number=poll.memberships[place].number or 0,
            actor=poll.officer,
            now=DURING,
        )
    close_ballot(ballot_id=poll.pk, now=AFTER)
    return poll


def _type_in(client: Client, poll: Poll, *answers: dict[str, str]) -> Any:
    address = at(poll, "/papers")
    page = client.get(address)
    for answer in answers:
        page = send(client, address, page, press="next", **answer)
    asked = send(client, address, page, press="all")
    return send(client, address, asked, sure="1")


def test_two_people_type_in_the_same_forms_and_they_are_in_the_box(clock: Clock) -> None:
    poll = _closed_with_paper(3, 4)
    clock.now = AFTER
    officer, scrutineer = browser(poll.officer), browser(poll.scrutineers[0])
    yes, no = {"motion.choice": "for"}, {"motion.choice": "against"}

    page = text_of(officer.get(at(poll, "/officer")))
    assert "Next: Type in the paper forms" in page
    _type_in(officer, poll, yes, no)
    assert "Now somebody else must type in the same" in text_of(officer.get(at(poll, "/papers")))
    assert not poll.ballot.box.exists()
    # In another order: a heap of paper has none.
    _type_in(scrutineer, poll, no, yes)

    assert "the forms are in the box" in text_of(scrutineer.get(at(poll, "/papers")))
    assert poll.ballot.box.count() == 2
    assert sorted(poll.contents().values()) == ['["against"]', '["for"]']
    assert poll.ballot.log.filter(type="papers.entered").count() == 1


def test_two_that_differ_begin_again_and_are_told(clock: Clock) -> None:
    poll = _closed_with_paper(4)
    clock.now = AFTER

    _type_in(browser(poll.officer), poll, {"motion.choice": "for"})
    second = browser(poll.scrutineers[0])
    done = _type_in(second, poll, {"motion.choice": "against"})

    assert "the program does not know who is right" in text_of(second.get(done["Location"]))
    assert not poll.ballot.box.exists()
    assert not hasattr(poll.again(), "paper_batch")


def test_a_blank_form_a_slip_and_one_too_many_are_told_and_the_others_stay(clock: Clock) -> None:
    paper = [
        {
            "id": "q1",
            "ask": "seats",
            "title": "Council",
            "seats": 1,
            "candidates": [{"name": "Ana"}, {"name": "Bea"}],
        }
    ]
    poll = _closed_with_paper(4, kind=BallotKind.ELECTION, paper=paper)
    clock.now = AFTER
    client, address = browser(poll.officer), at(poll, "/papers")

    blank = send(client, address, client.get(address), press="next")
    slip = send(client, address, blank, press="next", **{"q1.order": "2, 3"})
    assert "Leave blank and spoilt forms out" in text_of(blank)
    assert "a number is not on the paper, or stands there twice" in text_of(slip)
    assert filled(slip)["q1.order"] == ["2, 3"]
    page = send(client, address, slip, press="next", **{"q1.order": "2, 1"})
    many = send(client, address, page, press="next", **{"q1.order": "1"})
    assert "Only 1 paper forms were given out" in text_of(many)
    kept = ['[null, {"q1": [2, 1]}]']
    assert filled(many)["typed"] == kept
    asked = send(client, address, many, press="all")
    assert filled(send(client, address, asked, no="1"))["typed"] == kept
    taken = send(client, address, many, press="drop")
    assert "typed" not in filled(taken)


def test_what_is_typed_in_is_in_no_session_and_no_cache(clock: Clock) -> None:
    poll = _closed_with_paper(4)
    clock.now = AFTER
    client = browser(poll.officer)
    before = dict(client.session)

    page = _press(client, at(poll, "/papers"), "next", **{"motion.choice": "for"})

    assert page["Cache-Control"] == "no-store"
    assert dict(client.session) == before


def test_nothing_is_typed_in_where_no_form_was_given_out(clock: Clock) -> None:
    poll = _closed_with_paper()
    clock.now = AFTER

    page = browser(poll.officer).get(at(poll, "/papers"))

    assert "No paper forms were given out" in text_of(page)


def test_forms_of_constituencies_are_typed_in_for_theirs(clock: Clock) -> None:
    poll = _poll(BallotKind.ELECTION, paper=[])
    other_class = MemberClassFactory(
        entity=poll.memberships[0].member_class.entity, kind="community"
    )
    leeds = ConstituencyFactory(member_class=poll.memberships[0].member_class, name="Leeds")
    york = ConstituencyFactory(member_class=other_class, name="York")
    poll.paper = [
        {
            "id": name,
            "ask": "seats",
            "title": f"{place.name} council",
            "seats": 1,
            "constituency": place.pk,
            "candidates": [{"name": "Ana"}, {"name": "Bea"}],
        }
        for name, place in (("q1", leeds), ("q2", york))
    ]
    poll.opened()
    number = poll.memberships[0].number or 0
    issue_paper(ballot_id=poll.pk, number=number, actor=poll.officer, now=DURING)
    close_ballot(ballot_id=poll.pk, now=AFTER)
    clock.now = AFTER
    client, address = browser(poll.officer), at(poll, "/papers")

    page = send(client, address, client.get(address), press=f"place.{leeds.pk}")
    assert "Leeds council" in text_of(page)
    assert "York council" not in text_of(page)
    page = send(client, address, page, press="next", **{"q1.order": "2,1"})

    assert filled(page)["typed"] == [f'[{leeds.pk}, {{"q1": [2, 1]}}]']
    assert filled(page)["place"] == [str(leeds.pk)]


# All of it


def test_every_kind_of_ballot_is_previewed_and_every_page_is_strict() -> None:
    poll = _poll(BallotKind.POLICY, paper=[{"id": "weights", "ask": "weights"}]).asked()
    client = browser(poll.officer)

    for page in ("/officer", "/officer/plan", "/officer/questions", "/officer/preview"):
        answer = client.get(at(poll, page))
        assert answer["Cache-Control"] == "no-store"
        assert "script-src 'none'" in answer["Content-Security-Policy"]
        assert "style=" not in answer.content.decode()
        assert "<script" not in answer.content.decode()


def test_a_policy_vote_goes_from_the_call_to_the_result_without_the_interface(
    clock: Clock,
) -> None:
    poll = _poll()
    client = browser(poll.officer)
    home = client.post(CALL, {**PLAN, "kind": "policy", "title": "Rota"})["Location"]
    ballot = Ballot.objects.exclude(pk=poll.pk).get()
    poll.ballot = ballot

    page = client.get(f"{home}/questions")
    send(client, f"{home}/questions", page, **{"max_splits_week-ask": "on"} | _present_splits(page))
    chosen = [one.pk for one in poll.scrutineers]
    client.post(f"{home}/scrutineers", {"press": "name", "chosen": chosen})
    client.post(home, {"step": "freeze", "sure": "1"})
    for user in poll.scrutineers:
        keeper, key = browser(user), {"public_key": poll.public.hex()}
        keeper.post(at(poll, "/scrutineer"), {**key, "step": "key"})
        keeper.post(at(poll, "/scrutineer"), {**key, "step": "confirm"})
    clock.now = OPENS
    client.post(home, {"step": "open", "sure": "1"})
    assert poll.again().state == "open"
    poll.cast(0, {"weights": tokens(10, 10), "max_splits_week": 2})
    poll.unlinked().received()
    clock.now = AFTER
    client.post(home, {"step": "declare", "sure": "1"})

    assert poll.again().state == "declared"
    assert "Familiar faces" in text_of(browser(poll.users[0]).get(at(poll, "/result")))


def _present_splits(page: Any) -> dict[str, str]:
    """Return which value stands for no limit, where the page asks for it."""
    asked = "max_splits_week-present"
    return {asked: "7"} if asked in filled(page) else {}
