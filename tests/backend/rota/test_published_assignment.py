"""What the database itself refuses to have told people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from tests.backend.factories.rota import (
    PublicationFactory,
    PublishedAssignmentFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

only_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the trial's database has no such constraints"
)


@only_postgres
def test_a_carer_is_never_told_of_two_visits_at_the_same_time() -> None:
    first = PublishedAssignmentFactory()

    with pytest.raises(IntegrityError, match="rota_told_in_one_place_at_a_time"):
        PublishedAssignmentFactory(
            carer=first.carer,
            visit=VisitFactory(target_minute=8 * 60 + 29),
        )


@only_postgres
def test_the_next_visit_may_begin_when_the_one_before_ends() -> None:
    first = PublishedAssignmentFactory()

    second = PublishedAssignmentFactory(
        carer=first.carer, visit=VisitFactory(target_minute=8 * 60 + 30)
    )

    assert second.starts_at - first.starts_at == timedelta(minutes=30)


@only_postgres
def test_what_no_longer_holds_is_in_nobodys_way() -> None:
    first = PublishedAssignmentFactory()
    first.superseded_by = PublicationFactory(rota=first.rota, number=2)
    first.save()

    second = PublishedAssignmentFactory(carer=first.carer, visit=VisitFactory())

    assert second.starts_at == first.starts_at
