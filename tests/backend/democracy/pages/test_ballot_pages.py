"""The members' pages: who sees what, and a vote cast with nothing but plain forms."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backend.accounts.models import Role, User
from backend.democracy.models import BallotKind, RollEntry
from backend.democracy.services import challenge_ballot, finish_ballot
from tests.backend.democracy.ballots import AFTER, DURING, RESOLUTION, Poll, tokens
from tests.backend.factories.accounts import PASSWORD, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGES = ("", "/vote", "/receipt", "/check", "/result", "/log", "/log.json", "/package.json")
OFFICE_PAGES = ("/officer", "/scrutineer", "/box.json")
WEIGHTS = ("weights.1", "weights.2", "weights.3", "weights.4")


@pytest.fixture(autouse=True)
def _open_now(monkeypatch: pytest.MonkeyPatch) -> None:
    for view in ("overview", "voting", "officer", "scrutineer"):
        monkeypatch.setattr(f"backend.democracy.pages.views.{view}.database_now", _during)


def _during() -> datetime:
    return DURING


def _with_roles(poll: Poll) -> Poll:
    for user in (*poll.users, poll.officer, *poll.scrutineers):
        RoleGrantFactory(user=user, role=Role.MEMBER)
    return poll


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _at(poll: Poll, page: str = "") -> str:
    return f"/member/ballots/{poll.pk}{page}"


def _hidden(answer: Any) -> dict[str, str]:
    """Return what the page's form carries on, as a browser without a script would send it."""
    html = answer.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        is_box = kind is not None and kind[1] in {"radio", "checkbox"}
        if name and name[1] != "csrfmiddlewaretoken" and (not is_box or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    return found


def _press(client: Client, poll: Poll, page: Any, button: str, **typed: str) -> Any:
    return client.post(_at(poll, "/vote"), {**_hidden(page), **typed, "press": button})


@pytest.mark.parametrize("page", [*PAGES, *OFFICE_PAGES])
def test_who_is_not_signed_in_is_sent_to_the_sign_in_and_comes_back(page: str) -> None:
    poll = _with_roles(Poll().opened())

    answer = Client().get(_at(poll, page))

    assert answer.status_code == 302
    assert answer["Location"] == "/member/sign-in?" + urlencode({"next": _at(poll, page)})


@pytest.mark.parametrize("page", [*PAGES, *OFFICE_PAGES])
def test_people_of_another_co_operative_and_people_without_a_role_find_nothing(page: str) -> None:
    poll = _with_roles(Poll().opened())
    stranger = RoleGrantFactory(role=Role.MEMBER).user
    nobody = UserFactory(organisation=poll.organisation)

    assert _as(stranger).get(_at(poll, page)).status_code == 404
    assert _as(nobody).get(_at(poll, page)).status_code == 404


@pytest.mark.parametrize("page", OFFICE_PAGES)
def test_a_member_without_the_office_does_not_find_its_pages(page: str) -> None:
    poll = _with_roles(Poll().opened())

    assert _as(poll.users[0]).get(_at(poll, page)).status_code == 404


def test_the_officer_is_no_scrutineer_and_a_scrutineer_no_officer() -> None:
    poll = _with_roles(Poll().opened())

    assert _as(poll.officer).get(_at(poll, "/scrutineer")).status_code == 404
    assert _as(poll.officer).get(_at(poll, "/officer")).status_code == 200
    assert _as(poll.scrutineers[0]).get(_at(poll, "/officer")).status_code == 404
    assert _as(poll.scrutineers[0]).get(_at(poll, "/scrutineer")).status_code == 200


def test_what_is_being_prepared_is_hidden_from_members() -> None:
    poll = _with_roles(Poll())

    assert _as(poll.users[0]).get(_at(poll)).status_code == 404
    assert _as(poll.officer).get(_at(poll)).status_code == 200


@pytest.mark.parametrize("page", ["", "/vote", "/check", "/log"])
def test_no_cache_keeps_a_page_and_no_script_runs_on_it(page: str) -> None:
    poll = _with_roles(Poll().opened())

    answer = _as(poll.users[0]).get(_at(poll, page))

    assert answer["Cache-Control"] == "no-store"
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "<script" not in answer.content.decode()
    assert "style=" not in answer.content.decode()


def test_a_member_casts_with_buttons_alone_and_gets_the_receipt() -> None:
    poll = _with_roles(Poll().opened())
    client = _as(poll.users[0])

    page: Any = client.get(_at(poll, "/vote"))
    page = _press(client, poll, page, "keep")
    page = _press(client, poll, page, "take.1")
    page = _press(client, poll, page, "next")
    assert "You have 1 token left" in page.content.decode()
    page = _press(client, poll, page, "add.4")
    page = _press(client, poll, page, "next")
    assert "Most split shifts a week" in page.content.decode()
    page = _press(client, poll, page, "next", **{"max_splits_week.value": "2"})
    assert "Is this what you want?" in page.content.decode()
    answer = _press(client, poll, page, "cast", assisted="1")

    assert answer.status_code == 302
    assert answer["Location"] == _at(poll, "/receipt")
    entry = RollEntry.objects.get(user=poll.users[0], ballot=poll.ballot)
    assert entry.is_assisted
    assert entry.receipt in client.get(answer["Location"]).content.decode()
    poll.unlinked()
    (content,) = poll.contents().values()
    assert content == "[[5,8,1,2,1,2,1],2]"


def test_nothing_of_a_draft_is_kept_by_the_server() -> None:
    poll = _with_roles(Poll().opened())
    client = _as(poll.users[0])
    before = dict(client.session)

    page = _press(client, poll, client.get(_at(poll, "/vote")), "keep")
    _press(client, poll, page, "next")

    assert dict(client.session) == before
    assert not RollEntry.objects.filter(voted=True).exists()
    assert _hidden(client.get(_at(poll, "/vote")))["weights.1"] == "0"


def test_a_form_from_another_site_casts_nothing() -> None:
    poll = _with_roles(Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION).opened())
    client = Client(enforce_csrf_checks=True)
    client.force_login(poll.users[0])

    answer = client.post(_at(poll, "/vote"), {"at": "1", "motion.choice": "for", "press": "cast"})

    assert answer.status_code == 403
    assert not RollEntry.objects.filter(voted=True).exists()


def test_a_form_with_answers_beside_the_paper_is_shown_again_and_not_cast() -> None:
    poll = _with_roles(Poll().opened())
    given = {"at": "2", "press": "cast", "max_splits_week.value": "99", "weights.1": "20"}

    answer = _as(poll.users[0]).post(_at(poll, "/vote"), given)

    assert answer.status_code == 200
    assert "Choose one of the values shown." in answer.content.decode()
    assert not RollEntry.objects.filter(voted=True).exists()


def test_a_vote_that_closed_while_it_was_filled_in_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = _with_roles(Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION).opened())
    monkeypatch.setattr(
        "backend.democracy.pages.views.voting.database_now", lambda: poll.ballot.closes_at
    )

    answer = _as(poll.users[0]).post(
        _at(poll, "/vote"), {"at": "1", "motion.choice": "for", "press": "cast"}
    )

    assert answer.status_code == 409
    assert "This vote has closed" in answer.content.decode()


def test_who_is_not_on_the_roll_is_told_so_and_gets_no_paper() -> None:
    poll = _with_roles(Poll().opened())

    client = _as(poll.officer)

    assert "not on the list" in client.get(_at(poll)).content.decode()
    assert client.get(_at(poll, "/vote"))["Location"] == _at(poll)


def test_a_member_never_sees_the_receipt_of_another() -> None:
    poll = _with_roles(Poll().opened())
    receipt = poll.cast(0, {"max_splits_week": 2})

    other = _as(poll.users[1])

    for page in PAGES:
        assert receipt not in other.get(_at(poll, page)).content.decode()
    asked = other.post(_at(poll, "/check"), {"receipt": receipt})
    assert "This is not the receipt" in asked.content.decode()


@pytest.mark.parametrize("written", [str, str.lower, lambda receipt: receipt.replace("-", " ")])
def test_a_receipt_is_found_in_the_published_list_however_it_is_written(written: Any) -> None:
    poll = _with_roles(Poll().opened())
    receipt = poll.cast(0, {"max_splits_week": 2})
    client = _as(poll.users[0])
    own = client.post(_at(poll, "/check"), {"receipt": written(receipt)})
    poll.unlinked()

    published = client.post(_at(poll, "/check"), {"receipt": written(receipt)})
    missing = client.post(_at(poll, "/check"), {"receipt": "0000-0000-0000-0000"})

    assert "Yes: this is the receipt" in own.content.decode()
    assert "Yes: this receipt is on the published list" in published.content.decode()
    assert "not on the published list" in missing.content.decode()


def test_there_is_no_result_before_it_is_declared_not_even_for_the_officer() -> None:
    poll = _with_roles(Poll().opened())
    poll.cast(0, {"max_splits_week": 2})
    poll.unlinked().received()

    for user in (poll.users[0], poll.officer, poll.scrutineers[0]):
        page = _as(user).get(_at(poll, "/result")).content.decode()
        assert "There is no result yet." in page
        assert "<svg" not in page
        assert _as(user).get(_at(poll, "/package.json")).status_code == 404


def test_a_declared_result_has_sentence_picture_table_and_package() -> None:
    poll = _with_roles(Poll().opened())
    poll.cast(0, {"weights": tokens(10, 4, 2, 4), "max_splits_week": 2})
    poll.cast(1, {"weights": tokens(10, 4, 2, 4), "max_splits_week": 2})
    poll.unlinked().received().declared()
    client = _as(poll.users[2])

    page = client.get(_at(poll, "/result")).content.decode()
    package = client.get(_at(poll, "/package.json"))

    assert "“Familiar faces” counts most, with 50.0 %." in page
    assert "Decided: 2 (before, it was 3)." in page
    assert page.count("<svg") == 8
    assert page.count("<table") == 2
    assert package.json()["declared"]["result_hash"] in page
    assert b"Count a published election again" in client.get("/member/ballots/recount.py").content


def _declared_policy() -> Poll:
    poll = _with_roles(Poll().opened())
    for member in range(3):
        poll.cast(member, {"weights": tokens(10, 4, 2, 4), "max_splits_week": 2})
    return poll.unlinked().received().declared()


def test_a_declared_result_says_what_would_follow_and_until_when_it_can_be_challenged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backend.democracy.pages.views.results.database_now", lambda: AFTER)
    poll = _declared_policy()
    client = _as(poll.users[0])

    page = client.get(_at(poll, "/result")).content.decode()

    assert "Unless it is challenged before Mon 22 Jun 2026" in page
    assert "Weeks from Monday 13 July 2026 on are then made by it" in page
    challenge_ballot(ballot_id=poll.pk, reason="Why?", actor=poll.users[0], now=AFTER)
    page = client.get(_at(poll, "/result")).content.decode()
    assert "Until that is decided, nothing follows from it" in page
    assert "13 July" not in page


def test_a_final_result_names_the_policy_it_became_and_its_monday() -> None:
    poll = _declared_policy()
    finish_ballot(ballot_id=poll.pk, now=AFTER + timedelta(days=7))
    client = _as(poll.users[0])

    page = client.get(_at(poll, "/result")).content.decode()
    told = client.get(f"/api/ballots/{poll.pk}/result").json()

    assert '<a href="/rota-policy#policy-1">policy 1 of the rota</a>' in page
    assert "Weeks from Monday 13 July 2026 on are made by it" in page
    assert told["follows"] == {"number": 1, "starts_on": "2026-07-13", "challenge_until": None}
    assert "It became the policy of the rota" in client.get(_at(poll, "/log")).content.decode()


def test_other_results_say_nothing_of_a_policy() -> None:
    poll = _with_roles(Poll(paper=RESOLUTION, kind=BallotKind.RESOLUTION).opened())
    poll.cast(0, {"motion": "for"})
    poll.unlinked().received().declared()

    client = _as(poll.users[0])

    assert "What follows" not in client.get(_at(poll, "/result")).content.decode()
    assert client.get(f"/api/ballots/{poll.pk}/result").json()["follows"] is None


def test_the_bars_stand_against_the_version_in_force_when_the_paper_was_set() -> None:
    first = _declared_policy()
    finish_ballot(ballot_id=first.pk, now=AFTER + timedelta(days=7))
    later = timedelta(weeks=10)
    second = Poll(organisation=first.organisation, code="policy-2027", members=1, later=later)
    second.paper = [second.paper[0]]
    second = _with_roles(second.opened())
    second.cast(0, {"weights": tokens(0, 20)}, now=DURING + later)
    second.unlinked().received().declared()

    page = _as(second.users[0]).get(_at(second, "/result")).content.decode()

    assert "Upright line: policy 1, in force when the questions were set." in page
    # What was voted first stands as "before": half of the tokens were on familiar faces.
    assert '<td class="number">50.0 %</td>' in page


@pytest.mark.parametrize(
    ("page", "leads_to"), [("result", "/result"), ("package.json", "/package.json")]
)
def test_a_policy_leads_by_its_code_to_the_ballot_of_the_own_co_operative_alone(
    page: str, leads_to: str
) -> None:
    poll, other = _with_roles(Poll().opened()), _with_roles(Poll().opened())
    address = f"/member/ballots/named/{poll.ballot.code}/{page}"

    assert _as(poll.users[0]).get(address)["Location"] == _at(poll, leads_to)
    assert _as(other.users[0]).get(address)["Location"] == _at(other, leads_to)
    assert Client().get(address)["Location"].startswith("/member/sign-in")
    assert _as(poll.users[0]).get(f"/member/ballots/named/none/{page}").status_code == 404
    nobody = UserFactory(organisation=poll.organisation)
    assert _as(nobody).get(address).status_code == 404


def test_the_log_says_in_words_what_was_done_and_that_its_chain_is_whole() -> None:
    poll = _with_roles(Poll().opened())
    client = _as(poll.users[0])
    whole = client.get(_at(poll, "/log")).content.decode()
    rows = client.get(_at(poll, "/log.json")).json()

    assert "all of them fit" in whole
    assert rows[-1]["hash"] in whole
    assert "Voting began" in whole


def test_an_altered_log_names_the_first_step_that_does_not_fit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = _with_roles(Poll().opened())
    monkeypatch.setattr("backend.democracy.pages.views.results.broken_log_place", lambda _ballot: 3)

    page = _as(poll.users[0]).get(_at(poll, "/log")).content.decode()

    assert "Step 3 does not fit the one before it" in page


def test_the_officer_is_asked_again_before_a_step_is_done() -> None:
    poll = _with_roles(Poll().opened())
    poll.cast(0, {"max_splits_week": 2})
    poll.unlinked().received()
    client = _as(poll.officer)

    asked = client.post(_at(poll, "/officer"), {"step": "declare"})
    assert "This cannot be undone" in asked.content.decode()
    assert poll.again().state == "opened"
    done = client.post(_at(poll, "/officer"), {"step": "declare", "sure": "1"})

    assert done.status_code == 302
    assert poll.again().state == "declared"


def test_the_officers_roll_does_not_say_who_has_voted() -> None:
    poll = _with_roles(Poll().opened())
    client = _as(poll.officer)
    before = _without_token(client.get(_at(poll, "/officer")))

    poll.cast(0, {"max_splits_week": 2})

    assert _without_token(client.get(_at(poll, "/officer"))) == before


def _without_token(page: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def test_a_scrutineer_takes_the_box_away_and_brings_the_opened_votes() -> None:
    poll = _with_roles(Poll().opened())
    poll.cast(0, {"max_splits_week": 2})
    poll.unlinked()
    client = _as(poll.scrutineers[0])

    box = client.get(_at(poll, "/box.json")).json()
    wrong = client.post(
        _at(poll, "/scrutineer"),
        {"step": "opened", "opened": SimpleUploadedFile("x.json", b"[[[")},
    )
    file = json.dumps({"opened": poll.contents()}).encode()
    done = client.post(
        _at(poll, "/scrutineer"),
        {"step": "opened", "opened": SimpleUploadedFile("x.json", file)},
    )

    assert len(box["sealed"]) == 1
    assert wrong.status_code == 409
    assert done.status_code == 302
    assert poll.again().state == "opened"


def test_signing_in_leads_back_and_never_to_another_site() -> None:
    poll = _with_roles(Poll().opened())
    given = {"username": poll.users[0].username, "password": PASSWORD}

    back = Client().post("/member/sign-in", {**given, "next": _at(poll)})
    away = Client().post("/member/sign-in", {**given, "next": "https://elsewhere.example/"})
    wrong = Client().post("/member/sign-in", {**given, "password": "not this one"})

    assert back["Location"] == _at(poll)
    assert away["Location"] == "/member/ballots/"
    assert wrong.status_code == 400
    assert "do not go together" in wrong.content.decode()


def test_who_guesses_passwords_on_the_page_is_told_to_wait_in_words() -> None:
    user = UserFactory()
    client = Client()
    given = {"username": user.username, "password": "a guess"}

    for _ in range(10):
        client.post("/member/sign-in", given)
    answer = client.post("/member/sign-in", given)

    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()
