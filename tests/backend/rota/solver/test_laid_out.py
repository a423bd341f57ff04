"""A week that was looked at before is kept, and what was done since is seen in it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.people.models import Carer
from backend.people.services import report_absence
from backend.rota.models import Rota, Visit
from backend.rota.services.assign import assign_visit, unassign_visit
from backend.rota.services.lock import lock_visit, unlock_visit
from backend.rota.solver.candidates import verdicts_for
from backend.rota.solver.laid_out import LaidOutWeek, laid_out_week
from backend.rota.solver.translate import week_of_branch
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.moments import NOW
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db(transaction=True)


def week_of(carers: int = 2, open_visits: int = 1) -> tuple[Rota, User]:
    rota = full_week(BranchFactory(), carers=carers, open_visits=open_visits)
    return rota, coordinator_of(rota.branch)


def look(rota: Rota) -> LaidOutWeek:
    return laid_out_week(Rota.objects.select_related("branch__organisation").get(pk=rota.pk))


def edit(action: Any, visit: Visit, actor: User, **more: Any) -> None:
    version = Rota.objects.get(pk=visit.rota_id).version
    action(visit_id=visit.pk, version=version, actor=actor, now=NOW, **more)


def assert_as_read_anew(rota: Rota, seen: LaidOutWeek) -> None:
    anew = week_of_branch(Rota.objects.select_related("branch__organisation").get(pk=rota.pk))
    assert seen.source.problem == anew.problem
    assert seen.source.draft == anew.draft
    assert seen.source.rota.version == anew.rota.version
    visit = rota.visits.order_by("pk").last()
    assert visit is not None
    assert verdicts_for(seen, visit.pk) == verdicts_for(LaidOutWeek(anew.rota), visit.pk)


def test_the_same_week_is_not_read_twice() -> None:
    rota, _ = week_of()

    assert look(rota) is look(rota)


def test_each_edit_of_a_draft_is_seen_and_only_its_visit_is_read() -> None:
    rota, actor = week_of()
    spare = rota.visits.get(state="unallocated")
    taken = rota.visits.filter(state="allocated").order_by("pk")[3]
    carer = rota.branch.carers.order_by("pk")[0]
    assert_as_read_anew(rota, look(rota))

    edits: list[tuple[Any, Visit, dict[str, Any]]] = [
        (assign_visit, spare, {"carer_ids": [carer.pk], "start_minute": 18 * 60}),
        (lock_visit, spare, {}),
        (unassign_visit, taken, {}),
        (unlock_visit, spare, {}),
    ]
    for action, visit, more in edits:
        edit(action, visit, actor, **more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            seen = look(rota)
        assert len(asked) <= 6
        assert_as_read_anew(rota, seen)


def test_several_edits_since_the_last_look_are_all_seen() -> None:
    rota, actor = week_of()
    spare = rota.visits.get(state="unallocated")
    taken = rota.visits.filter(state="allocated").order_by("pk")[3]
    look(rota)

    edit(unassign_visit, taken, actor)
    carer = rota.branch.carers.order_by("pk")[1]
    edit(assign_visit, spare, actor, carer_ids=[carer.pk], start_minute=18 * 60)

    assert_as_read_anew(rota, look(rota))


def test_an_absence_is_seen_at_the_next_look() -> None:
    rota, actor = week_of()
    carer = rota.branch.carers.order_by("pk")[0]
    before = look(rota)

    report_absence(
        carer_id=carer.pk, kind="sickness", starts_at=NOW, ends_at=None, actor=actor, now=NOW
    )

    after = look(rota)
    assert after.carer(carer.pk).available != before.carer(carer.pk).available
    assert_as_read_anew(rota, after)


def test_a_carer_who_has_left_goes_out_of_the_week_with_their_last_visit() -> None:
    rota, actor = week_of(carers=3)
    gone = rota.branch.carers.order_by("pk")[0]
    Carer.objects.filter(pk=gone.pk).update(ends_before=rota.week_starts_on)
    theirs = list(rota.visits.filter(assignments__carer=gone).order_by("pk"))
    look(rota)

    for visit in theirs:
        edit(unassign_visit, visit, actor)

    assert_as_read_anew(rota, look(rota))


def test_last_weeks_draft_is_seen_in_the_rest_that_this_week_keeps() -> None:
    rota, actor = week_of()
    other = full_week(BranchFactory(organisation=rota.branch.organisation), carers=1)
    before = look(rota)

    edit(unassign_visit, other.visits.order_by("pk")[0], coordinator_of(other.branch))
    assert look(rota) is before

    last = full_week(rota.branch, carers=0, monday=rota.week_starts_on.replace(day=8))
    visit = rota.visits.filter(state="allocated").order_by("pk")[0]
    later = look(last)
    edit(unassign_visit, visit, actor)

    assert look(last) is not later
