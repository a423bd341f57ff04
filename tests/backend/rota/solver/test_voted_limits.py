"""What members voted reaches the solver, with the weeks before where a vote asks for them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from backend.core.periods import Week
from backend.organisation.models import Branch, RuleArea
from backend.organisation.rules import RotaPolicy, RuleValuesError
from backend.organisation.selectors import rota_policy
from backend.organisation.services import enact_rules
from backend.organisation.voted_limits import SCALES
from backend.rota.models import Rota
from backend.rota.selectors.board import get_board
from backend.rota.selectors.publishing import review
from backend.rota.selectors.worked_before import WorkedBefore, worked_before
from backend.rota.solver.translate import problem_document, problem_for
from scheduler.voted_limits import SCALES as SOLVER_SCALES
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)

pytestmark = pytest.mark.django_db

Counting = Callable[[int], AbstractContextManager[Any]]


def _vote(branch: Branch, **voted: Any) -> None:
    values = {**_values(branch), "voted": voted}
    enact_rules(
        organisation=branch.organisation,
        branch=branch,
        area=RuleArea.ROTA_POLICY,
        starts_on=MONDAY,
        values=values,
        decided_by="the ballot of spring",
        actor=None,
        now=NOW,
    )


def _values(branch: Branch) -> dict[str, Any]:
    policy = rota_policy(branch, MONDAY)
    return {name: getattr(policy, name) for name in RotaPolicy.__slots__ if name != "voted"}


def _told(carer: Any, *days_before: int) -> None:
    """Tell a carer of work on days before this Monday."""
    for days in days_before:
        on = MONDAY - timedelta(days=days)
        monday = on - timedelta(days=on.weekday())
        rota = Rota.objects.filter(branch=carer.branch, week_starts_on=monday).first()
        if rota is None:
            rota = PublicationFactory(
                rota=RotaFactory(branch=carer.branch, week_starts_on=monday)
            ).rota
        visit = VisitFactory(rota=rota, on=on)
        publication = rota.publications.get()
        PublishedAssignmentFactory(publication=publication, visit=visit, carer=carer)


def test_both_sides_of_the_door_have_the_same_scales() -> None:
    assert dict(SCALES) == dict(SOLVER_SCALES)


def test_without_a_vote_nothing_of_it_reaches_the_solver() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    _told(carer, 1)

    document = problem_document(rota)

    assert "voted" not in document["policy"]
    assert "days_in_a_row_before" not in document["carers"][0]


def test_what_was_voted_reaches_the_solver_with_the_weeks_before() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    _told(carer, 1, 2, 3, 8, 15)
    _vote(rota.branch, max_consecutive_days=5, max_splits_week=2)

    problem = problem_for(rota)

    assert problem.policy.voted.given() == {"max_consecutive_days": 5, "max_splits_week": 2}
    (found,) = problem.carers
    assert (found.days_in_a_row_before, found.weekends_worked_in_last_three) == (3, 3)


def test_a_draft_counts_where_nothing_was_published() -> None:
    rota = RotaFactory(week_starts_on=MONDAY - timedelta(days=7))
    carer = working_carer(branch=rota.branch)
    allocate(VisitFactory(rota=rota, on=MONDAY - timedelta(days=1)), carer)

    week = RotaFactory(branch=rota.branch)
    _vote(week.branch, max_weekends_in_four=2)

    (found,) = problem_for(week).carers
    assert (found.days_in_a_row_before, found.weekends_worked_in_last_three) == (1, 1)


def test_a_day_off_ends_a_row_and_a_weekend_counts_once() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    _told(carer, 2, 8, 9, 22)

    assert worked_before([carer.pk], Week(MONDAY)) == {carer.pk: WorkedBefore(0, 2)}


def test_the_weeks_before_take_two_queries_however_many_carers(
    django_assert_num_queries: Counting,
) -> None:
    rota = RotaFactory()
    carers = [working_carer(branch=rota.branch) for _ in range(4)]
    for carer in carers:
        _told(carer, 1, 9)

    with django_assert_num_queries(2):
        found = worked_before([carer.pk for carer in carers], Week(MONDAY))

    assert len(found) == 4


@pytest.mark.parametrize(
    ("voted", "fault"),
    [
        ({"max_consecutive_days": 7}, "max_consecutive_days must be a whole number, 3 to 6"),
        ({"max_weekends_in_four": 0}, "1 to 4"),
        ({"latest_finish_before_early": 1381}, "1140 to 1380"),
        ({"max_idle_minutes": 30.5}, "must be a whole number"),
        ({"max_holidays": 3}, "has no limit max_holidays"),
        ([], "must be a table"),
    ],
)
def test_a_vote_beyond_its_scale_is_refused(voted: object, fault: str) -> None:
    values = {**_values(RotaFactory().branch), "voted": voted}

    with pytest.raises(RuleValuesError, match=fault):
        RotaPolicy.of(values)


def test_the_board_tells_of_a_split_beyond_a_vote_and_publishing_asks_why() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    _vote(rota.branch, max_splits_week=0)
    for minute in (480, 900):
        visit = VisitFactory(
            rota=rota, target_minute=minute, earliest_minute=minute, latest_minute=minute
        )
        allocate(visit, carer)

    board = get_board(coordinator_of(rota.branch), rota.pk)
    found = review(rota, NOW)

    (shown,) = board["carers"]
    assert "V4" in [row["code"] for row in shown.warnings]
    assert "V4" not in [row.code for row in found.broken]
    assert "beyond_votes" in [row.code for row in found.asking]


def test_a_day_too_many_in_a_row_stands_against_publishing() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    _told(carer, 1, 2, 3)
    _vote(rota.branch, max_consecutive_days=3)
    allocate(VisitFactory(rota=rota, on=MONDAY), carer)

    broken = [(row.code, row.carer_id, row.day) for row in review(rota, NOW).broken]

    assert ("V1", carer.pk, 0) in broken
