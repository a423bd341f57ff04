"""For any run of drafts: what carers were told is the draft, and every told week can be read."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.periods import at_wall_minute
from backend.organisation.selectors import zone_of
from backend.rota.models import (
    Publication,
    PublishedAssignment,
    Rota,
    Visit,
    VisitAssignment,
    VisitState,
)
from backend.rota.selectors.differences import (
    Stint,
    changed_visits,
    differences,
    drafted_of,
    told_of,
)
from backend.rota.services.publish import publish_rota
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import RotaFactory, VisitFactory

CARERS = 3
HOURS = (8, 10, 12, 14)
"""Far enough apart that anybody can make any of them."""

stints = st.dictionaries(
    st.tuples(st.integers(1, 6), st.integers(1, 4)),
    st.tuples(st.integers(0, 6), st.integers(0, 1400), st.sampled_from([15, 30, 45])),
    max_size=12,
)
plans = st.lists(
    st.one_of(st.none(), st.tuples(st.integers(0, CARERS - 1), st.integers(-30, 30))),
    min_size=len(HOURS),
    max_size=len(HOURS),
)
"""For each visit nobody, or a carer and how far from the target they start."""


@given(before=stints, after=stints)
def test_what_was_told_with_the_changes_made_is_the_draft(
    before: dict[tuple[int, int], tuple[int, int, int]],
    after: dict[tuple[int, int], tuple[int, int, int]],
) -> None:
    told, drafted = _stints(before), _stints(after)

    result = dict(told)
    for carer, changes in differences(told, drafted).items():
        assert changes.added or changes.removed or changes.moved
        for stint in changes.removed:
            assert result.pop((stint.visit_id, carer)) == stint
        for was, now in changes.moved:
            assert result[now.visit_id, carer] == was != now
            result[now.visit_id, carer] = now
        for stint in changes.added:
            assert (stint.visit_id, carer) not in result
            result[stint.visit_id, carer] = stint

    assert result == drafted


@pytest.mark.django_db
@settings(max_examples=15, deadline=None)
@given(drafts=st.lists(plans, min_size=1, max_size=4))
def test_every_week_that_was_told_can_be_read_again(
    drafts: list[list[tuple[int, int] | None]],
) -> None:
    rota = RotaFactory(branch=BranchFactory())
    visits: list[Visit] = [VisitFactory(rota=rota, target_minute=60 * hour) for hour in HOURS]
    carers = [working_carer(branch=rota.branch).pk for _ in range(CARERS)]
    actor = coordinator_of(rota.branch)
    told_at: dict[int, dict[tuple[int, int], Stint]] = {}

    for plan in drafts:
        _draft(visits, carers, plan)
        publication = publish_rota(rota_id=rota.pk, version=1, note="any", actor=actor, now=NOW)
        told_at[publication.number] = drafted_of(rota)

        assert told_of(rota) == drafted_of(rota)
        assert changed_visits([rota.pk]) == {rota.pk: 0}

    for number, told in told_at.items():
        assert _read_again(rota, number) == told
    numbers = Publication.objects.filter(rota=rota).order_by("number")
    assert [row.number for row in numbers] == list(range(1, len(numbers) + 1))


def _stints(
    rows: dict[tuple[int, int], tuple[int, int, int]],
) -> dict[tuple[int, int], Stint]:
    monday = date(2026, 6, 1)
    return {
        (visit, carer): Stint(visit, carer, visit, monday + timedelta(days=day), start, minutes)
        for (visit, carer), (day, start, minutes) in rows.items()
    }


def _draft(visits: list[Visit], carers: list[int], plan: list[tuple[int, int] | None]) -> None:
    VisitAssignment.objects.filter(visit__in=visits).delete()
    for visit, given_to in zip(visits, plan, strict=True):
        if given_to is None:
            visit.state, visit.start_minute, visit.starts_at = VisitState.UNALLOCATED, None, None
        else:
            carer, away = given_to
            zone = zone_of(visit.rota.branch.organisation)
            visit.state = VisitState.ALLOCATED
            visit.start_minute = visit.target_minute + away
            visit.starts_at = at_wall_minute(visit.on, visit.start_minute, zone)
            VisitAssignment.objects.create(visit=visit, carer_id=carers[carer])
        visit.save()


def _read_again(rota: Rota, number: int) -> dict[tuple[int, int], Stint]:
    """Return what was in force after a publication: added by then, superseded later or never."""
    rows = PublishedAssignment.objects.filter(
        Q(superseded_by__isnull=True) | Q(superseded_by__number__gt=number),
        rota=rota,
        publication__number__lte=number,
    ).values_list("visit", "carer", "client", "on", "start_minute", "minutes")
    return {(row[0], row[1]): Stint(*row) for row in rows}
