"""Publishing: the draft becomes what people were told, and nothing that was told is lost."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import Publication, PublishedAssignment, Rota, Visit, VisitAssignment
from backend.rota.selectors.differences import changed_visits
from backend.rota.selectors.publishing import review
from backend.rota.services.drafting import RotaStaleError
from backend.rota.services.publish import NoteNeededError, RotaHasBreachesError, publish_rota
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import AbsenceFactory, working_carer
from tests.backend.factories.rota import (
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)
from tests.backend.rota.weeks import full_week

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def publish(rota: Rota, **other: Any) -> Publication:
    """Publish as a coordinator who sees the draft as it is."""
    fields = {
        "version": Rota.objects.get(pk=rota.pk).version,
        "note": "",
        "actor": coordinator_of(rota.branch),
        "now": NOW,
        **other,
    }
    return publish_rota(rota_id=rota.pk, **fields)


def in_force(rota: Rota) -> set[tuple[int, int, int]]:
    """Return (visit, carer, start minute) of all that is published and holds."""
    rows = PublishedAssignment.objects.filter(rota=rota, superseded_by__isnull=True)
    return set(rows.values_list("visit", "carer", "start_minute"))


def test_carers_are_told_the_draft_with_who_when_and_by_which_rules() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)
    actor = coordinator_of(visit.rota.branch)

    publication = publish(visit.rota, actor=actor)

    (told,) = PublishedAssignment.objects.all()
    assert (told.visit, told.carer, told.client) == (visit, carer, visit.client)
    assert (told.on, told.start_minute, told.minutes) == (MONDAY, 480, 30)
    assert told.starts_at == datetime.fromisoformat("2026-06-01T07:00:00+00:00")
    assert told.ends_at - told.starts_at == timedelta(minutes=30)
    assert (publication.number, publication.published_at) == (1, NOW)
    assert publication.published_by == actor
    assert publication.rule_versions["rota_policy"] == 1
    assert publication.figures["visits"] == 1
    entry = AuditEntry.objects.get(event="rota.published")
    assert (entry.actor, entry.subject) == (actor, f"rota:{visit.rota_id}")
    assert entry.body["number"] == 1


def test_publishing_twice_is_harmless() -> None:
    visit = VisitFactory()
    allocate(visit, working_carer(branch=visit.rota.branch))

    first = publish(visit.rota)
    again = publish(visit.rota, now=LATER)

    assert again == first
    assert again.published_at == NOW
    assert PublishedAssignment.objects.count() == 1
    assert AuditEntry.objects.filter(event="rota.published").count() == 1


def test_what_changed_is_kept_for_each_carer() -> None:
    rota = RotaFactory()
    anna, berta = (working_carer(branch=rota.branch) for _ in range(2))
    stays, moves, passes = (VisitFactory(rota=rota, target_minute=60 * h) for h in (8, 12, 16))
    for visit in (stays, moves, passes):
        allocate(visit, anna)
    publish(rota)
    Visit.objects.filter(pk=moves.pk).update(start_minute=735)
    VisitAssignment.objects.filter(visit=passes).update(carer=berta)

    second = publish(rota, now=LATER)

    assert second.number == 2
    assert set(second.changes) == {str(anna.pk), str(berta.pk)}
    told_anna = second.changes[str(anna.pk)]
    assert [row["visit_id"] for row in told_anna["removed"]] == [passes.pk]
    assert told_anna["added"] == []
    (moved,) = told_anna["moved"]
    assert (moved["before"]["start_minute"], moved["after"]["start_minute"]) == (720, 735)
    assert [row["visit_id"] for row in second.changes[str(berta.pk)]["added"]] == [passes.pk]
    assert in_force(rota) == {
        (stays.pk, anna.pk, 480),
        (moves.pk, anna.pk, 735),
        (passes.pk, berta.pk, 960),
    }


def test_a_visit_that_got_longer_is_told_anew() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)
    publish(visit.rota)
    Visit.objects.filter(pk=visit.pk).update(minutes=45)

    second = publish(visit.rota, now=LATER)

    (moved,) = second.changes[str(carer.pk)]["moved"]
    assert (moved["before"]["minutes"], moved["after"]["minutes"]) == (30, 45)


def test_no_name_stands_in_what_is_kept() -> None:
    visit = VisitFactory(client__name="Edith Unmistakable")
    allocate(visit, working_carer(branch=visit.rota.branch, name="Nora Unmistakable"))

    publication = publish(visit.rota)

    entry = AuditEntry.objects.get(event="rota.published")
    assert "Unmistakable" not in str(publication.changes) + str(entry.body)


def test_a_broken_rule_refuses_with_its_code_and_tells_nobody() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)
    AbsenceFactory(carer=carer)

    with pytest.raises(RotaHasBreachesError) as refusal:
        publish(visit.rota)

    assert refusal.value.params == {"breaches": 1, "codes": {"H4": 1}}
    assert not Publication.objects.exists()
    assert not PublishedAssignment.objects.exists()


def test_a_rule_that_is_broken_after_publishing_stops_even_an_unchanged_week() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)
    publish(visit.rota)
    AbsenceFactory(carer=carer)

    with pytest.raises(RotaHasBreachesError):
        publish(visit.rota, now=LATER)


def test_a_carer_told_of_another_branchs_visit_is_not_told_of_a_second_at_that_time() -> None:
    visit = VisitFactory()
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)
    PublishedAssignmentFactory(carer=carer, visit=VisitFactory(target_minute=8 * 60 + 15))

    with pytest.raises(RotaHasBreachesError) as refusal:
        publish(visit.rota)

    assert refusal.value.params["codes"] == {"H5": 1}


def test_an_old_version_is_refused() -> None:
    rota = RotaFactory(version=2)

    with pytest.raises(RotaStaleError):
        publish(rota, version=1)


def test_critical_visits_that_nobody_makes_need_a_reason() -> None:
    visit = VisitFactory(priority=1)

    with pytest.raises(NoteNeededError) as refusal:
        publish(visit.rota, note="  ")
    publication = publish(visit.rota, note="Her daughter comes this week.")

    assert refusal.value.params["warnings"] == {"unallocated_critical": 1}
    assert publication.note == "Her daughter comes this week."


def test_usual_visits_that_are_open_need_no_reason() -> None:
    visit = VisitFactory(priority=2)

    assert publish(visit.rota).number == 1


def test_a_short_visit_by_a_carer_whom_the_client_never_met_needs_a_reason() -> None:
    visit = VisitFactory(minutes=15)
    carer = working_carer(branch=visit.rota.branch)
    allocate(visit, carer)

    with pytest.raises(NoteNeededError) as refusal:
        publish(visit.rota)
    earlier = VisitFactory(
        rota=RotaFactory(branch=visit.rota.branch, week_starts_on=date(2026, 5, 4)),
        client=visit.client,
    )
    PublishedAssignmentFactory(visit=earlier, carer=carer)

    assert refusal.value.params["warnings"] == {"short_visit_new_face": 1}
    assert publish(visit.rota).number == 1


def test_a_coordinator_of_another_branch_does_not_find_the_week() -> None:
    rota = RotaFactory()
    elsewhere = BranchFactory(organisation=rota.branch.organisation)

    with pytest.raises(Rota.DoesNotExist):
        publish(rota, actor=coordinator_of(elsewhere))


@pytest.mark.parametrize(
    ("monday", "moment"),
    [
        (date(2026, 3, 23), "2026-03-29T07:00:00+00:00"),
        (date(2026, 10, 19), "2026-10-25T08:00:00+00:00"),
    ],
)
def test_eight_o_clock_is_told_as_eight_on_the_sunday_of_the_clock_change(
    monday: date, moment: str
) -> None:
    rota = RotaFactory(week_starts_on=monday)
    visit = VisitFactory(rota=rota, on=monday + timedelta(days=6))
    allocate(visit, working_carer(branch=rota.branch))

    publish(rota)

    told = PublishedAssignment.objects.get()
    assert (told.start_minute, told.starts_at) == (480, datetime.fromisoformat(moment))


@pytest.mark.parametrize(("monday", "target"), [(date(2026, 3, 23), 90), (date(2026, 10, 19), 75)])
def test_a_visit_in_the_hour_of_the_clock_change_lasts_as_long_as_it_lasts(
    monday: date, target: int
) -> None:
    rota = RotaFactory(week_starts_on=monday)
    visit = VisitFactory(rota=rota, on=monday + timedelta(days=6), target_minute=target)
    carer = working_carer(branch=rota.branch, night_assessed_on=monday)
    carer.availability.update(from_minute=0)
    allocate(visit, carer)

    publish(rota)

    told = PublishedAssignment.objects.get()
    assert told.ends_at - told.starts_at == timedelta(minutes=30)


def test_a_whole_week_is_told_and_then_nothing_counts_as_changed() -> None:
    rota = full_week(BranchFactory(), carers=5, open_visits=2)

    publish(rota)

    assert PublishedAssignment.objects.count() == 150
    assert changed_visits([rota.pk]) == {rota.pk: 0}


def test_too_many_different_carers_are_said_but_no_reason_is_asked_for() -> None:
    visit = VisitFactory(client__target_carers=1)
    anna, beth = (working_carer(branch=visit.rota.branch) for _ in range(2))
    PublishedAssignmentFactory(client=visit.client, carer=beth, on=MONDAY - timedelta(days=3))
    allocate(visit, anna)

    found = review(visit.rota, NOW - timedelta(days=7))

    assert [warned.code for warned in found.warnings] == ["carers_over_target"]
    assert found.asking == []
    assert publish(visit.rota).number == 1
