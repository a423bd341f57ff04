"""Giving a visit to carers and taking it from them, judged by the rules as it happens."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.people.models import Carer
from backend.rota.models import Rota, Visit, VisitState
from backend.rota.services.assign import (
    BreaksRuleError,
    VisitLockedError,
    VisitNotPlannedError,
    assign_visit,
    unassign_visit,
)
from backend.rota.services.drafting import RotaStaleError
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.people import AbsenceFactory, working_carer
from tests.backend.factories.rota import RotaFactory, VisitFactory, allocate

pytestmark = pytest.mark.django_db


def assign(visit: Visit, *carers: Carer, start: int | None = None, **other: Any) -> Visit:
    """Assign as a coordinator who sees the draft as it is."""
    fields = {
        "version": Rota.objects.get(pk=visit.rota_id).version,
        "actor": coordinator_of(visit.rota.branch),
        "now": NOW,
        **other,
    }
    start_minute = visit.target_minute if start is None else start
    return assign_visit(
        visit_id=visit.pk,
        carer_ids=[carer.pk for carer in carers],
        start_minute=start_minute,
        **fields,
    ).visit


def unassign(visit: Visit, **other: Any) -> Visit:
    """Unassign as a coordinator who sees the draft as it is."""
    fields = {
        "version": Rota.objects.get(pk=visit.rota_id).version,
        "actor": coordinator_of(visit.rota.branch),
        "now": NOW,
        **other,
    }
    return unassign_visit(visit_id=visit.pk, **fields).visit


def breaches(refusal: BreaksRuleError) -> list[dict[str, Any]]:
    """Return what a refusal says is broken."""
    found = refusal.params["breaches"]
    assert isinstance(found, list)
    return found


def codes(refusal: BreaksRuleError) -> list[str]:
    """Return the codes of the rules that a refusal names."""
    return [row["code"] for row in breaches(refusal)]


def test_an_assigned_visit_has_its_carer_its_start_and_an_entry_in_the_audit() -> None:
    visit = VisitFactory(open_reason={"reasons": [], "nearest": []})
    carer = working_carer(branch=visit.rota.branch)
    actor = coordinator_of(visit.rota.branch)

    assign(visit, carer, start=8 * 60 + 15, actor=actor)

    visit.refresh_from_db()
    assert (visit.state, visit.start_minute) == (VisitState.ALLOCATED, 495)
    assert visit.starts_at == datetime.fromisoformat("2026-06-01T07:15:00+00:00")
    assert visit.open_reason is None
    assert list(visit.assignments.values_list("carer", flat=True)) == [carer.pk]
    assert Rota.objects.get().version == 2
    entry = AuditEntry.objects.get(event="visit.assigned")
    assert (entry.actor, entry.subject) == (actor, f"visit:{visit.pk}")
    assert entry.body["was"] == {"carers": [], "start": None}
    assert entry.body["is"] == {"carers": [carer.pk], "start": 495}


def test_asking_twice_changes_nothing_even_from_the_old_version() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)

    assign(visit, carer, version=1)
    assign(visit, carer, version=1)

    assert Rota.objects.get().version == 2
    assert AuditEntry.objects.filter(event="visit.assigned").count() == 1


def test_a_visit_passes_from_one_carer_to_another() -> None:
    visit = VisitFactory()
    before, after = (working_carer(branch=visit.rota.branch) for _ in range(2))
    assign(visit, before)

    assign(visit, after)

    assert list(visit.assignments.values_list("carer", flat=True)) == [after.pk]


def test_a_change_made_from_an_older_board_is_refused_with_the_new_version() -> None:
    visit = VisitFactory()
    other = VisitFactory(rota=visit.rota, target_minute=720)
    carer = working_carer(branch=visit.rota.branch)
    assign(other, carer)

    with pytest.raises(RotaStaleError) as refusal:
        assign(visit, carer, version=1)

    assert refusal.value.params == {"version": 2}
    assert not visit.assignments.exists()


def test_a_broken_rule_is_named_and_nothing_is_changed() -> None:
    visit = VisitFactory(target_minute=6 * 60)
    carer = working_carer(branch=visit.rota.branch)

    with pytest.raises(BreaksRuleError) as refusal:
        assign(visit, carer)

    (breach,) = breaches(refusal.value)
    assert (breach["code"], breach["carer_id"], breach["visit_id"]) == ("H4", carer.pk, visit.pk)
    assert breach["message"]
    assert not visit.assignments.exists()
    assert Rota.objects.get().version == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "start", "code"),
    [
        ({"carers_required": 2}, 480, "H1"),
        ({}, 511, "H2"),
        ({"skills": ["peg"]}, 480, "H3"),
        ({"client__wanted_gender": "m"}, 480, "H3"),
        ({"client__pin_confirmed_at": None}, 480, "H3"),
        ({"target_minute": 1310}, 1310, "H4"),
    ],
)
def test_each_rule_over_the_visit_itself_refuses(
    fields: dict[str, Any], start: int, code: str
) -> None:
    visit = VisitFactory(**fields)
    carer = working_carer(branch=visit.rota.branch)

    with pytest.raises(BreaksRuleError) as refusal:
        assign(visit, carer, start=start)

    assert set(codes(refusal.value)) == {code}


def test_there_must_be_time_for_the_way_to_the_next_visit() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    far = VisitFactory(rota=rota, target_minute=8 * 60 + 35, client__easting=441_000.0)
    allocate(far, carer)
    visit = VisitFactory(rota=rota)

    with pytest.raises(BreaksRuleError) as refusal:
        assign(visit, carer)

    assert codes(refusal.value) == ["H5"]


@pytest.mark.parametrize(("start", "is_allowed"), [(8 * 60 + 59, False), (9 * 60, True)])
def test_eleven_hours_of_rest_hold_from_last_weeks_end(start: int, *, is_allowed: bool) -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    sunday = RotaFactory(branch=rota.branch, week_starts_on=date(2026, 5, 25))
    late = VisitFactory(rota=sunday, on=date(2026, 5, 31), target_minute=21 * 60 + 30)
    allocate(late, carer)
    visit = VisitFactory(rota=rota, target_minute=9 * 60)

    if is_allowed:
        assign(visit, carer, start=start)
    else:
        with pytest.raises(BreaksRuleError) as refusal:
            assign(visit, carer, start=start)
        assert codes(refusal.value) == ["H6"]

    assert visit.assignments.exists() == is_allowed


def test_a_draft_that_is_broken_elsewhere_can_still_be_mended_step_by_step() -> None:
    rota = RotaFactory()
    sick, well = (working_carer(branch=rota.branch) for _ in range(2))
    AbsenceFactory(carer=sick)
    first, second = (VisitFactory(rota=rota, target_minute=60 * hour) for hour in (8, 12))
    allocate(first, sick)
    allocate(second, sick)

    assign(first, well)

    assert first.assignments.get().carer == well


def test_a_broken_rule_may_not_be_broken_further() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    for day in range(5):
        visit = VisitFactory(rota=rota, on=rota.week_starts_on + timedelta(days=day))
        allocate(visit, carer)
    sixth, seventh = (
        VisitFactory(rota=rota, on=rota.week_starts_on + timedelta(days=day)) for day in (5, 6)
    )
    allocate(sixth, carer)

    with pytest.raises(BreaksRuleError) as refusal:
        assign(seventh, carer)

    assert "H8" in set(codes(refusal.value))


def test_a_locked_visit_is_left_alone() -> None:
    visit = VisitFactory(is_locked=True)
    before, after = (working_carer(branch=visit.rota.branch) for _ in range(2))
    allocate(visit, before)

    with pytest.raises(VisitLockedError):
        assign(visit, after)
    with pytest.raises(VisitLockedError):
        unassign(visit)

    assert visit.assignments.get().carer == before


def test_nobody_is_sent_to_a_client_who_is_away() -> None:
    visit = VisitFactory(state=VisitState.CLIENT_AWAY)

    with pytest.raises(VisitNotPlannedError):
        assign(visit, working_carer(branch=visit.rota.branch))


def test_a_carer_of_another_branch_is_as_if_not_there() -> None:
    visit = VisitFactory()

    with pytest.raises(Carer.DoesNotExist):
        assign(visit, working_carer())


def test_a_coordinator_of_another_branch_does_not_find_the_visit() -> None:
    visit = VisitFactory()
    stranger = coordinator_of(working_carer().branch)

    with pytest.raises(Visit.DoesNotExist):
        assign(visit, working_carer(branch=visit.rota.branch), actor=stranger)


def test_both_carers_of_a_double_up_come_together() -> None:
    visit = VisitFactory(carers_required=2)
    pair = [working_carer(branch=visit.rota.branch) for _ in range(2)]

    assign(visit, *pair)

    assert set(visit.assignments.values_list("carer", flat=True)) == {row.pk for row in pair}


def test_a_visit_taken_from_its_carer_is_open_again() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)

    unassign(visit)
    unassign(visit, version=1)

    visit.refresh_from_db()
    assert (visit.state, visit.start_minute, visit.starts_at) == ("unallocated", None, None)
    assert not visit.assignments.exists()
    assert Rota.objects.get().version == 2
    assert AuditEntry.objects.get().body["was"] == {"carers": [carer.pk], "start": 480}


def test_taking_away_from_an_older_board_is_refused() -> None:
    visit = VisitFactory(rota__version=3)
    allocate(visit, working_carer(branch=visit.rota.branch))

    with pytest.raises(RotaStaleError):
        unassign(visit, version=2)


@pytest.mark.parametrize(
    ("monday", "moment"),
    [
        (date(2026, 3, 23), "2026-03-29T07:00:00+00:00"),
        (date(2026, 10, 19), "2026-10-25T08:00:00+00:00"),
    ],
)
def test_eight_o_clock_on_the_sunday_of_the_clock_change_is_eight_on_the_wall(
    monday: date, moment: str
) -> None:
    rota = RotaFactory(week_starts_on=monday)
    visit = VisitFactory(rota=rota, on=monday + timedelta(days=6))

    assign(visit, working_carer(branch=rota.branch))

    visit.refresh_from_db()
    assert visit.start_minute == 480
    assert visit.starts_at == datetime.fromisoformat(moment)
