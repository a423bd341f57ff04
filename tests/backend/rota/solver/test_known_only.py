"""NICE-01 where a funder demands it: short visits are for carers whom the client has met."""

from datetime import timedelta

import pytest

from backend.people.models import Carer
from backend.rota.models import Rota, Visit
from backend.rota.solver.at_once import solve_at_once
from backend.rota.solver.candidates import verdicts_for
from backend.rota.solver.laid_out import LaidOutWeek
from backend.rota.solver.translate import week_of_branch
from tests.backend.factories import MONDAY
from tests.backend.factories.clients import PackageLineFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import PublishedAssignmentFactory, RotaFactory, VisitFactory

pytestmark = pytest.mark.django_db


def _a_visit(rota: Rota, *, minutes: int, is_demanded: bool = True) -> Visit:
    """Return a visit of a package whose funder may want known carers at short visits."""
    line = PackageLineFactory(
        package__client__branch=rota.branch,
        package__funder__short_visits_by_known_only=is_demanded,
        minutes=minutes,
    )
    return VisitFactory(rota=rota, line=line, client=line.package.client, minutes=minutes)


def _has_met(carer: Carer, visit: Visit) -> None:
    before = RotaFactory(branch=carer.branch, week_starts_on=MONDAY - timedelta(days=7))
    PublishedAssignmentFactory(
        visit=VisitFactory(rota=before, client=visit.client), carer=carer, start_minute=480
    )


def test_a_short_visit_goes_to_the_carer_whom_the_client_has_met() -> None:
    rota = RotaFactory()
    near, known = (
        working_carer(branch=rota.branch, home_easting=x) for x in (430_000.0, 436_000.0)
    )
    short, long = _a_visit(rota, minutes=15), _a_visit(rota, minutes=30)
    _has_met(known, short)

    verdicts = {row.carer_id: row for row in verdicts_for(LaidOutWeek(rota), short.pk)}
    planned = {row[0]: row[2] for row in solve_at_once(rota, iterations=500, seed=1).assignments}

    assert (verdicts[near.pk].outcome, verdicts[near.pk].code) == ("CANNOT", "H3")
    assert "somebody the client has met" in verdicts[near.pk].message
    assert verdicts[known.pk].outcome == "CAN"
    assert planned[short.pk] == [known.pk]
    assert long.pk in planned, "half an hour is not short"


def test_where_nobody_has_met_the_client_the_short_visit_stays_open() -> None:
    rota = RotaFactory()
    working_carer(branch=rota.branch)
    _a_visit(rota, minutes=29)

    assert solve_at_once(rota, iterations=100, seed=1).assignments == []


def test_a_funder_who_does_not_demand_it_and_a_visit_without_a_package_ask_for_nothing() -> None:
    rota = RotaFactory()
    working_carer(branch=rota.branch)
    _a_visit(rota, minutes=15, is_demanded=False)
    VisitFactory(rota=rota, minutes=15)

    assert {visit.skills for visit in week_of_branch(rota).problem.visits} == {()}
