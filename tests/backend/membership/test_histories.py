"""The worked examples get the verdicts that are known of them."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from backend.audit.models import AuditEntry
from backend.membership.histories import Expected, stories
from backend.membership.models import LegalEntity, Membership
from backend.membership.selectors import control_statement
from backend.membership.statement import FlagCode
from tests.backend.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db

EXPECTED = [expected for story in stories() for expected in story.expected]
GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "control.md"


def _load() -> None:
    OrganisationFactory()
    call_command("load_histories")


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: f"{one.body} {one.as_at}")
def test_each_history_gets_its_verdict_with_its_flags(expected: Expected) -> None:
    _load()
    statement = control_statement(
        LegalEntity.objects.get(external_id=expected.body), expected.as_at
    )

    def flagged(code: FlagCode) -> tuple[str, ...]:
        return tuple(flag.subject for flag in statement.flags if flag.code is code)

    assert (
        Expected(
            body=expected.body,
            as_at=expected.as_at,
            inside_votes_bp=statement.verdict.inside_votes_bp or 0,
            inside_board_bp=statement.verdict.inside_board_bp,
            verdict=statement.verdict.verdict.value,
            can_block=flagged(FlagCode.CAN_BLOCK),
            breached=flagged(FlagCode.COVENANT_BREACHED),
            undisclosed=bool(flagged(FlagCode.UNDISCLOSED)),
        )
        == expected
    )


def test_the_stories_are_those_of_the_references() -> None:
    assert {(one.body, one.as_at.year) for one in EXPECTED} == {
        ("casa-local", 2014),
        ("casa", 2015),
        ("casa", 2019),
        ("sunderland", 2006),
        ("leading-lives", 2019),
        ("gll", 1993),
        ("mycsp", 2012),
        ("mycsp", 2014),
        ("serco", 2014),
    }


def test_loading_twice_adds_nothing_and_says_so_once() -> None:
    _load()
    counts = Membership.objects.count(), LegalEntity.objects.count()

    call_command("load_histories")

    assert (Membership.objects.count(), LegalEntity.objects.count()) == counts
    assert AuditEntry.objects.filter(event="histories.loaded").count() == 1


def test_a_body_that_is_not_recorded_on_a_date_has_no_verdict() -> None:
    _load()

    statement = control_statement(LegalEntity.objects.get(external_id="gll"), date(1990, 1, 1))

    assert (statement.verdict.verdict, statement.votes, statement.board) == ("incomplete", (), ())


def test_the_guide_shows_the_worked_examples_as_they_are_now(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _load()
    capsys.readouterr()

    call_command("control_guide")

    _, mark, shown = GUIDE.read_text(encoding="utf-8").partition("<!-- worked examples -->\n\n")
    assert mark
    assert shown == capsys.readouterr().out
