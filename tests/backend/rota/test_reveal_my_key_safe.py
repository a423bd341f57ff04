"""A carer reads a key-safe code: around an own visit only, and never without a trace."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts.models import User
from backend.audit.models import AuditEntry
from backend.clients.services import NoKeySafeError, TooManyRevealsError, set_key_safe_code
from backend.rota.models import PublishedAssignment
from backend.rota.services.reveal_my_key_safe import KeySafeClosedError, reveal_my_key_safe_code
from tests.backend.factories import NOW
from tests.backend.factories.accounts import carer_user_of
from tests.backend.factories.people import working_carer
from tests.backend.factories.rota import PublishedAssignmentFactory, VisitFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
OPENS = START - timedelta(minutes=60)
CLOSES = START + timedelta(minutes=30) + timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
CODE = "2468"


def told_visit(code: str | None = CODE) -> tuple[PublishedAssignment, User]:
    """Return a visit of a carer who can sign in; its client has a key safe."""
    visit = VisitFactory()
    user = carer_user_of(visit.rota.branch)
    carer = working_carer(branch=visit.rota.branch, user=user)
    if code is not None:
        set_key_safe_code(client=visit.client, code=code, actor=None, now=NOW)
    told: PublishedAssignment = PublishedAssignmentFactory(visit=visit, carer=carer)
    return told, user


@pytest.mark.parametrize("now", [OPENS, START, CLOSES - MINUTE])
def test_the_code_is_there_around_the_visit_and_reading_it_is_on_record(now: datetime) -> None:
    told, user = told_visit()

    code = reveal_my_key_safe_code(visit_id=told.visit_id, actor=user, now=now)

    entry = AuditEntry.objects.get(event="key_safe.revealed")
    assert code == CODE
    assert (entry.actor, entry.subject) == (user, f"client:{told.client_id}")
    assert entry.body == {"reason": f"visit:{told.visit_id}"}


@pytest.mark.parametrize("now", [OPENS - MINUTE, CLOSES])
def test_too_early_or_too_late_it_says_when(now: datetime) -> None:
    told, user = told_visit()

    with pytest.raises(KeySafeClosedError) as refusal:
        reveal_my_key_safe_code(visit_id=told.visit_id, actor=user, now=now)

    assert refusal.value.params == {
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
    }
    assert not AuditEntry.objects.filter(event="key_safe.revealed").exists()


def test_days_away_not_even_the_visit_is_found() -> None:
    told, user = told_visit()

    with pytest.raises(PublishedAssignment.DoesNotExist):
        reveal_my_key_safe_code(visit_id=told.visit_id, actor=user, now=START - timedelta(hours=49))


def test_a_colleagues_visit_opens_no_key_safe() -> None:
    told, _ = told_visit()
    colleague = carer_user_of(told.rota.branch)
    working_carer(branch=told.rota.branch, user=colleague)

    with pytest.raises(PublishedAssignment.DoesNotExist):
        reveal_my_key_safe_code(visit_id=told.visit_id, actor=colleague, now=START)


def test_a_client_without_a_key_safe_is_told_apart() -> None:
    told, user = told_visit(code=None)

    with pytest.raises(NoKeySafeError):
        reveal_my_key_safe_code(visit_id=told.visit_id, actor=user, now=START)


def test_nobody_reads_codes_by_the_dozen() -> None:
    told, user = told_visit()
    for _ in range(30):
        reveal_my_key_safe_code(visit_id=told.visit_id, actor=user, now=START)

    with pytest.raises(TooManyRevealsError):
        reveal_my_key_safe_code(visit_id=told.visit_id, actor=user, now=START)
