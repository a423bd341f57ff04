"""Looking at changes: remembered once, and never backwards."""

from datetime import timedelta

import pytest

from backend.audit.models import AuditEntry
from backend.rota.models import CarerLook, Publication
from backend.rota.services.see_changes import mark_changes_seen
from tests.backend.factories import MONDAY, NOW
from tests.backend.factories.accounts import carer_user_of
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import PublicationFactory

pytestmark = pytest.mark.django_db


def test_seeing_a_newer_publication_moves_on_and_an_older_one_changes_nothing() -> None:
    publication = PublicationFactory(number=2)
    PublicationFactory(rota=publication.rota, number=3)
    user = carer_user_of(publication.rota.branch)
    working_carer(branch=publication.rota.branch, user=user)

    for number in (2, 3, 3, 2):
        mark_changes_seen(week=MONDAY, number=number, actor=user, now=NOW)

    assert CarerLook.objects.get().number == 3
    assert AuditEntry.objects.filter(event="changes.seen").count() == 2


def test_what_was_never_published_cannot_be_seen() -> None:
    publication = PublicationFactory()
    user = carer_user_of(publication.rota.branch)
    working_carer(branch=publication.rota.branch, user=user)

    for week, number in ((MONDAY, 2), (MONDAY + timedelta(days=7), 1)):
        with pytest.raises(Publication.DoesNotExist):
            mark_changes_seen(week=week, number=number, actor=user, now=NOW)
