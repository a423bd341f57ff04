"""The law at publishing: what is refused with its figures, what is said, and the reason kept."""

from datetime import date, timedelta

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import Publication, Rota
from backend.rota.selectors.publishing import preview_publication, review
from backend.rota.services.publish import NoteNeededError, RotaHasBreachesError, publish_rota
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.organisation import BranchFactory
from tests.backend.factories.people import (
    CarerCheckFactory,
    PayRateFactory,
    VisaHoursFactory,
    working_carer,
)
from tests.backend.factories.rota import (
    PublishedAssignmentFactory,
    RotaFactory,
    VisitFactory,
    allocate,
)

pytestmark = pytest.mark.django_db

IN_TIME = NOW - timedelta(days=7)


def _publish(rota: Rota, *, note: str = "", days_early: int = 7) -> Publication:
    return publish_rota(
        rota_id=rota.pk,
        version=Rota.objects.get(pk=rota.pk).version,
        note=note,
        actor=coordinator_of(rota.branch),
        now=NOW - timedelta(days=days_early),
    )


def _door(rota: Rota) -> dict[str, object]:
    """Where the carers of the factories live, so that no way takes time."""
    return {"client": ClientFactory(branch=rota.branch, easting=430_000.0, northing=433_000.0)}


def test_a_week_beyond_the_visa_is_refused_with_the_rules_code() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=carer, weekly_minutes=29)
    allocate(VisitFactory(rota=rota, **_door(rota)), carer)

    with pytest.raises(RotaHasBreachesError) as refused:
        _publish(rota, note="please")

    assert refused.value.params["codes"] == {"H7": 1, "VISA": 1}
    assert "0:30 hours of paid time; the visa allows 0:29 a week." in [
        rule.message for rule in review(rota, NOW).broken
    ]


def test_a_visa_that_is_just_enough_is_published() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    VisaHoursFactory(carer=carer, weekly_minutes=30)
    allocate(VisitFactory(rota=rota, **_door(rota)), carer)

    assert _publish(rota).number == 1


def test_a_seventeen_year_old_is_not_sent_out_after_ten_in_the_evening() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, born_on=date(2008, 12, 1))
    carer.availability.update(to_minute=1440)
    allocate(VisitFactory(rota=rota, target_minute=21 * 60 + 31, **_door(rota)), carer)

    with pytest.raises(RotaHasBreachesError) as refused:
        _publish(rota)

    assert refused.value.params["codes"] == {"H4": 1, "WTR-07": 1}


def test_pay_below_the_minimum_is_told_to_the_penny_and_asks_for_a_reason() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch, name="Vera", born_on=date(1990, 1, 1))
    PayRateFactory(carer=carer)
    door = _door(rota)
    for minute in (480, 530):
        allocate(VisitFactory(rota=rota, target_minute=minute, minutes=30, **door), carer)

    preview = preview_publication(coordinator_of(rota.branch), rota.pk, IN_TIME)

    [warning] = preview["law_warnings"]
    assert (warning["code"], warning["carer_name"]) == ("PAY-01", "Vera")
    # An hour at £13.50 and 20 minutes of waiting at nothing, against 80 minutes at £12.71.
    assert warning["figures"]["gross_pence"] == "1350"
    assert warning["figures"]["required_pence"] == "1695"
    assert warning["figures"]["top_up_pence"] == "345"
    assert preview["needs_note"]
    with pytest.raises(NoteNeededError) as refused:
        _publish(rota)
    assert refused.value.params["warnings"] == {"wage_below_minimum": 1}


def test_the_reason_is_kept_with_the_publication_and_audited_without_its_words() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    allocate(
        VisitFactory(rota=rota, minutes=20, **_door(rota)), carer
    )  # a short visit by a new face

    published = _publish(rota, note=" Mr Vale agreed by phone. ")

    assert (published.note, published.warnings) == (
        "Mr Vale agreed by phone.",
        {"short_visit_new_face": 1},
    )
    entry = AuditEntry.objects.get(event="rota.published")
    assert entry.body["warnings"] == {"short_visit_new_face": 1}
    assert entry.body["reason_given"] is True
    assert "Vale" not in str(entry.body)


def test_a_short_visit_by_somebody_who_came_before_is_not_a_new_face() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    visit = VisitFactory(rota=rota, minutes=20, **_door(rota))
    allocate(visit, carer)
    before = RotaFactory(branch=rota.branch, week_starts_on=MONDAY - timedelta(days=14))
    PublishedAssignmentFactory(visit=VisitFactory(rota=before, client=visit.client), carer=carer)

    assert _publish(rota).warnings == {}


def test_a_rota_less_than_a_week_before_it_begins_is_called_late_without_a_question() -> None:
    rota = RotaFactory()
    allocate(VisitFactory(rota=rota, **_door(rota)), working_carer(branch=rota.branch))

    assert _publish(rota, days_early=0).warnings == {"late_rota": 3}


def test_a_change_told_the_day_before_asks_why_and_an_earlier_one_does_not() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    allocate(VisitFactory(rota=rota, **_door(rota)), carer)
    _publish(rota)
    wednesday = VisitFactory(
        rota=rota, on=MONDAY + timedelta(days=2), target_minute=540, **_door(rota)
    )
    allocate(wednesday, carer)

    on_sunday = review(rota, NOW + timedelta(days=3))
    on_tuesday = review(rota, NOW + timedelta(days=5))

    assert [row.code for row in on_sunday.asking] == []
    assert [(row.code, row.count) for row in on_tuesday.asking] == [("short_notice", 1)]


def test_a_right_to_work_that_ends_soon_is_said_without_a_question() -> None:
    rota = RotaFactory()
    carer = working_carer(branch=rota.branch)
    CarerCheckFactory(carer=carer, ends_before=MONDAY + timedelta(days=30))
    allocate(VisitFactory(rota=rota, **_door(rota)), carer)

    assert _publish(rota).warnings == {"right_to_work_ends": 1}


def test_pay_of_another_branch_is_in_nobodys_preview() -> None:
    rota = RotaFactory()
    other = coordinator_of(BranchFactory(organisation=rota.branch.organisation))

    with pytest.raises(Rota.DoesNotExist):
        preview_publication(other, rota.pk, NOW)
