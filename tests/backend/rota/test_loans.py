"""A carer who works for two branches: each sees the other's plan, and nobody is in two places."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from backend.core.periods import Week
from backend.people.models import Carer
from backend.rota.models import GroupRun, Rota, RotaProposal, SolverRun, Visit
from backend.rota.selectors.board import get_board
from backend.rota.selectors.last_week import last_weeks
from backend.rota.selectors.loans import list_lent_visits
from backend.rota.selectors.publishing import preview_publication
from backend.rota.services.assign import BreaksRuleError, assign_visit
from backend.rota.services.decide_proposal import (
    LoanClashError,
    accept_group_run,
    accept_proposal,
)
from backend.rota.solver.figures import figures_of
from backend.rota.solver.ids import carer_id, visit_id
from backend.rota.solver.live_check import broken_rules
from backend.rota.solver.translate import week_of_branch
from scheduler import solve
from tests.backend.factories.accounts import RoleGrantFactory, coordinator_of
from tests.backend.factories.moments import MONDAY
from tests.backend.factories.organisation import BranchFactory, OrganisationFactory
from tests.backend.factories.people import AbsenceFactory, working_carer
from tests.backend.factories.rota import (
    GroupRunFactory,
    RotaFactory,
    RotaProposalFactory,
    SolverRunFactory,
    VisitFactory,
    allocate,
)

pytestmark = pytest.mark.django_db


def two_rotas() -> tuple[Rota, Rota, Carer]:
    """Return a week of two branches of one organisation, and a carer of the first."""
    organisation = OrganisationFactory()
    home, other = (RotaFactory(branch=BranchFactory(organisation=organisation)) for _ in "ho")
    return home, other, working_carer(branch=home.branch)


def proposed(rota: Rota, visit: Visit, carer: Carer, start: int = 480) -> RotaProposal:
    return RotaProposalFactory(
        run=SolverRunFactory(rota=rota, state="finished"),
        assignments=[[visit.pk, start, [carer.pk]]],
    )


def test_a_visit_for_another_branch_takes_the_carers_time_at_home() -> None:
    home, other, carer = two_rotas()
    allocate(VisitFactory(rota=other), carer)
    ours = VisitFactory(rota=home)

    with pytest.raises(BreaksRuleError) as refusal:
        assign_visit(
            visit_id=ours.pk,
            carer_ids=[carer.pk],
            start_minute=480,
            version=1,
            actor=coordinator_of(home.branch),
            now=timezone.now(),
        )

    assert "'H5'" in str(refusal.value.params["breaches"])


def test_a_lent_carer_is_planned_around_at_home_and_given_nothing_more_by_the_borrower() -> None:
    home, other, carer = two_rotas()
    there = allocate(VisitFactory(rota=other), carer)
    more = VisitFactory(rota=other, target_minute=720, earliest_minute=690, latest_minute=750)
    ours = VisitFactory(rota=home, target_minute=500, earliest_minute=480, latest_minute=600)

    at_home, away = week_of_branch(home), week_of_branch(other)
    plans = [
        solve(week.problem, seconds=None, iterations=2000, threads=1, start=week.draft)
        for week in (at_home, away)
    ]

    starts = {row.visit: row.start for row in plans[0].assignments}
    assert starts[visit_id(there.pk)] == 480
    assert starts[visit_id(ours.pk)] >= 510
    assert {row.visit for row in plans[1].assignments} == {visit_id(there.pk)}
    assert visit_id(more.pk) in away.problem.visit_of
    assert away.problem.carer_of[carer_id(carer.pk)].available == ((480, 510),)


def test_a_week_with_a_loan_breaks_no_rule_on_either_side() -> None:
    home, other, carer = two_rotas()
    allocate(VisitFactory(rota=other), carer)

    at_home, away = week_of_branch(home), week_of_branch(other)
    assert broken_rules(at_home) == []
    assert broken_rules(away) == []
    counts = [figures_of(week.problem, week.draft)["visits"] for week in (at_home, away)]
    assert counts == [0, 1]


def test_a_lent_carer_who_falls_ill_is_missing_where_they_were_lent_and_not_at_home() -> None:
    home, other, carer = two_rotas()
    there = allocate(VisitFactory(rota=other), carer)
    AbsenceFactory(
        carer=carer,
        kind="sickness",
        starts_at=datetime(2026, 5, 31, 23, tzinfo=UTC),
        ends_at=datetime(2026, 6, 1, 23, tzinfo=UTC),
    )

    assert broken_rules(week_of_branch(home)) == []
    (broken,) = broken_rules(week_of_branch(other))
    assert (broken.code, broken.visit_id, broken.carer_id) == ("H4", there.pk, carer.pk)


def test_both_boards_and_what_publishing_would_do_can_be_read_with_a_loan() -> None:
    home, other, carer = two_rotas()
    there = allocate(VisitFactory(rota=other), carer)

    for rota, blocks in ((home, []), (other, [there.pk])):
        viewer = coordinator_of(rota.branch)
        board = get_board(viewer, rota.pk)
        assert [row.id for row in board["visits"]] == blocks
        (row,) = (row for row in board["carers"] if row.name == carer.name)
        assert row.contact_minutes == 30
        assert preview_publication(viewer, rota.pk, timezone.now())["breaches"] == []


def test_a_late_visit_for_another_branch_keeps_the_next_weeks_rest() -> None:
    _home, other, carer = two_rotas()
    sunday = {"on": MONDAY + timedelta(days=6), "target_minute": 1260}
    late = VisitFactory(rota=other, earliest_minute=1260, latest_minute=1260, **sunday)
    allocate(late, carer)

    (end,) = {row.last_end for row in last_weeks([carer.pk], Week(MONDAY).next).values()}

    assert end == 1290 - 1440


def test_a_proposal_says_which_visits_are_made_by_carers_of_another_branch() -> None:
    home, other, carer = two_rotas()
    there = VisitFactory(rota=other)

    rows = list_lent_visits(proposed(other, there, carer))

    assert [(row.visit_id, row.carer_name, row.branch_name) for row in rows] == [
        (there.pk, carer.name, home.branch.name)
    ]
    assert list_lent_visits(proposed(home, VisitFactory(rota=home), carer)) == []


def test_a_loan_is_refused_while_the_carer_is_planned_at_home_at_that_time() -> None:
    home, other, carer = two_rotas()
    allocate(VisitFactory(rota=home), carer)
    there = VisitFactory(rota=other)
    proposal = proposed(other, there, carer)

    with pytest.raises(LoanClashError) as refusal:
        accept_proposal(
            proposal_id=proposal.pk, actor=coordinator_of(other.branch), now=timezone.now()
        )

    assert f"'carer_id': {carer.pk}," in str(refusal.value.params["carers"])
    assert not there.assignments.exists()


def test_the_home_branch_cannot_accept_over_a_loan_that_was_accepted_before() -> None:
    home, other, carer = two_rotas()
    there, ours = VisitFactory(rota=other), VisitFactory(rota=home)
    accept_proposal(
        proposal_id=proposed(other, there, carer).pk,
        actor=coordinator_of(other.branch),
        now=timezone.now(),
    )

    with pytest.raises(LoanClashError):
        accept_proposal(
            proposal_id=proposed(home, ours, carer).pk,
            actor=coordinator_of(home.branch),
            now=timezone.now(),
        )


def test_carers_who_change_places_are_accepted_together_by_who_plans_both_branches() -> None:
    home, other, carer = two_rotas()
    neighbour = working_carer(branch=other.branch)
    ours, theirs = (
        allocate(VisitFactory(rota=rota), one) for rota, one in ((home, carer), (other, neighbour))
    )
    group = GroupRunFactory(organisation=home.branch.organisation, state="finished")
    swap = [proposed(home, ours, neighbour), proposed(other, theirs, carer)]
    SolverRun.objects.update(group_run=group, kind="part", group_stage=0)
    planner = coordinator_of(home.branch)
    RoleGrantFactory(user=planner, role="coordinator", branch=other.branch)
    for proposal in swap:
        with pytest.raises(LoanClashError):
            accept_proposal(proposal_id=proposal.pk, actor=planner, now=timezone.now())

    for _ in range(2):
        accept_group_run(group_run_id=group.pk, actor=planner, now=timezone.now())

    assert (ours.assignments.get().carer, theirs.assignments.get().carer) == (neighbour, carer)
    home.refresh_from_db()
    assert home.version == 2
    with pytest.raises(GroupRun.DoesNotExist):
        accept_group_run(
            group_run_id=group.pk, actor=coordinator_of(home.branch), now=timezone.now()
        )


def test_branches_accept_in_any_order_where_the_weeks_go_together() -> None:
    home, other, carer = two_rotas()
    there = VisitFactory(rota=other)
    ours = VisitFactory(rota=home, target_minute=720, earliest_minute=690, latest_minute=750)

    for rota, visit, start in ((home, ours, 720), (other, there, 480)):
        accept_proposal(
            proposal_id=proposed(rota, visit, carer, start).pk,
            actor=coordinator_of(rota.branch),
            now=timezone.now(),
        )

    assert there.assignments.get().carer == carer
    assert broken_rules(week_of_branch(home)) == []
