"""A policy ballot asks in the keys of the rota, shows what is in force, and can be carried out."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from backend.democracy.models import Ballot, BallotKind, BallotState
from backend.democracy.services import BallotPlan, create_ballot, freeze_roll, set_paper
from backend.democracy.services.preparing import BadPaperError, BadPlanError
from backend.organisation.policy_words import LIMIT_WORDS, RULE_WORDS
from backend.organisation.rota_policy import RULE_NAMES, TOKENS, VOTED_LIMITS
from backend.rota.services.enact_policy import DeclaredPolicy, enact_policy
from tests.backend.democracy.ballots import BEFORE, CLOSES, OPENS, POLICY, RECORD_ON, Poll
from tests.backend.factories.organisation import BranchFactory

pytestmark = pytest.mark.django_db

WEIGHTS: dict[str, Any] = {"id": "weights", "ask": "weights"}
NEW = [292, 393, 39, 73, 72, 88, 43]
VOTED = dict(zip(RULE_NAMES, (250, 200, 150, 150, 150, 50, 50), strict=True))


def limit(name: str, **given: Any) -> dict[str, Any]:
    return {"id": name, "ask": "limit", **given}


def paper_of(poll: Poll, *rows: dict[str, Any], now: datetime = BEFORE) -> list[dict[str, Any]]:
    set_paper(ballot_id=poll.pk, paper=list(rows), actor=poll.officer, now=now)
    found: list[dict[str, Any]] = poll.again().paper
    return found


def enact(poll: Poll, **limits: int) -> date:
    """Have a policy enacted; return the Monday from which it holds."""
    version = enact_policy(
        DeclaredPolicy(
            organisation_id=poll.organisation.pk,
            ballot="earlier",
            method="im-1",
            declared_at=BEFORE - timedelta(days=60),
            weights=VOTED,
            limits=limits,
            inputs_hash="a" * 64,
            result_hash="b" * 64,
        ),
        actor=None,
        now=BEFORE - timedelta(days=53),
    )
    return version.effective_from


def test_every_rule_and_every_limit_has_words_of_its_own_and_none_is_left_over() -> None:
    assert tuple(RULE_WORDS) == RULE_NAMES
    assert tuple(LIMIT_WORDS) == tuple(VOTED_LIMITS)
    assert len({words.title for words in LIMIT_WORDS.values()}) == len(LIMIT_WORDS)


def test_the_policy_page_calls_rules_and_limits_what_the_paper_calls_them() -> None:
    screen = Path("frontend/src/features/rota-policy/rules.ts").read_text(encoding="utf-8")

    for name, (label, about) in RULE_WORDS.items():
        assert f"t`{label}`" in screen, name
        assert f"t`{about}`" in screen, name
    limits = Path("frontend/src/features/rota-policy/limits.ts").read_text(encoding="utf-8")
    for name, words in LIMIT_WORDS.items():
        assert f"t`{words.title}`" in limits, name


def test_the_officer_names_rules_and_limits_and_the_rest_is_put_in() -> None:
    weights, notice = paper_of(Poll(), WEIGHTS, limit("rota_days", low=7, high=28, step=7))

    assert weights["rules"] == list(RULE_NAMES)
    assert (weights["tokens"], weights["present"]) == (TOKENS, NEW)
    assert weights["present_version"] is None
    assert (notice["title"], notice["unit"]) == ("Least notice of a published rota", "days")
    assert notice["present"] == 7


def test_what_is_shown_as_present_is_the_version_in_force_when_the_paper_was_set() -> None:
    poll = Poll()
    holds_from = enact(poll, max_splits_week=4, max_day_minutes=600)
    rows = (
        WEIGHTS,
        limit("max_splits_week", low=0, high=7),
        limit("max_day_minutes", low=540, high=720, step=60),
    )

    weights, splits, day = paper_of(poll, *rows)

    assert holds_from <= BEFORE.date()
    assert weights["present"] == list(VOTED.values())
    assert (weights["present_version"], splits["present"], day["present"]) == (1, 4, 600)
    # Before it held, the paper would have shown what was in force then.
    earlier = BEFORE - timedelta(days=50)
    assert paper_of(poll, WEIGHTS, now=earlier)[0]["present"] == NEW


def test_the_end_that_the_law_closes_is_said_only_where_the_scale_reaches_it() -> None:
    poll = Poll()

    closed, open_ended = (
        paper_of(poll, WEIGHTS, limit("max_consecutive_days", low=3, high=high, present=high))[1]
        for high in (6, 5)
    )

    assert (closed["law_end"], closed["law"]) == (
        "high",
        "The law asks for a day of rest each week.",
    )
    assert "law_end" not in open_ended


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([POLICY[1]], "must ask once for the weights"),
        ([WEIGHTS, {**WEIGHTS, "id": "again"}], "must ask once for the weights"),
        ([{**WEIGHTS, "rules": ["The same faces", "Short ways"], "present": [1, 1]}], "present"),
        ([{**WEIGHTS, "rules": list(RULE_NAMES[::-1])}], "paper[0].rules: must be continuity"),
        ([{**WEIGHTS, "rules": [*RULE_NAMES[:6], "naps"]}], "paper[0].rules: must be continuity"),
        ([{**WEIGHTS, "tokens": 10}], "paper[0]: must place 20 tokens, not 10"),
        ([{**WEIGHTS, "present": [400, 100, 100, 100, 100, 100, 100]}], "paper[0].present: is not"),
        ([WEIGHTS, limit("naps", low=0, high=3)], "paper[1].id: is no limit of the rota"),
        ([WEIGHTS, limit("rota_days", low=1, high=28)], "paper[1].low: must be between 7 and 28"),
        ([WEIGHTS, limit("rota_days", low=7, high=35)], "paper[1].high: must be between 7 and 28"),
        ([WEIGHTS, limit("rota_days", low=14, high=28)], "7 is not on the scale 14 to 28"),
        ([WEIGHTS, limit("rota_days", low=7, high=28, present=14)], "leave it out, or give 7"),
        ([WEIGHTS, limit("max_splits_week", low=0, high=7)], "give as present the value"),
        ([{"ask": "weights"}], "paper[0]: id is missing"),
        (["weights"], "paper[0]: must be an object"),
        ("weights", "paper: must be a list"),
    ],
)
def test_what_could_not_be_carried_out_is_refused_with_its_place(rows: Any, wrong: str) -> None:
    poll = Poll()

    with pytest.raises(BadPaperError) as refusal, transaction.atomic():
        set_paper(ballot_id=poll.pk, paper=rows, actor=poll.officer, now=BEFORE)

    assert wrong in str(refusal.value.params["wrong"])
    assert poll.again().paper == []


def test_every_limit_can_be_asked_on_its_whole_scale() -> None:
    rows = [
        limit(name, low=least, high=most, present=present)
        for name, (least, most) in VOTED_LIMITS.items()
        for present in [IN_FORCE.get(name, most)]
    ]

    assert len(paper_of(Poll(), WEIGHTS, *rows)) == len(VOTED_LIMITS) + 1


IN_FORCE = {
    "max_day_minutes": 660,
    "daily_rest_minutes": 660,
    "weekly_rest_minutes": 1440,
    "stretch_minutes": 360,
    "break_minutes": 20,
    "split_gap_minutes": 120,
    "rota_days": 7,
}


def test_a_paper_from_before_there_were_keys_is_not_voted_on() -> None:
    poll = Poll().asked()
    old = [{**poll.again().paper[0], "rules": list("abcdefg")}]
    Ballot.objects.filter(pk=poll.pk).update(paper=old)

    with pytest.raises(BadPaperError):
        freeze_roll(ballot_id=poll.pk, actor=poll.officer, now=BEFORE)

    assert poll.again().state == BallotState.DRAFT


def test_a_policy_that_holds_for_everybody_is_not_decided_by_one_branch() -> None:
    poll = Poll()
    plan = BallotPlan(
        code="one-branch",
        kind=BallotKind.POLICY,
        title="Ours",
        record_on=RECORD_ON,
        opens_at=OPENS,
        closes_at=CLOSES,
        branch=BranchFactory(organisation=poll.organisation),
    )

    with pytest.raises(BadPlanError):
        create_ballot(plan=plan, actor=poll.officer, now=BEFORE)
