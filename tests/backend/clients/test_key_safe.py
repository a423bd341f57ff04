"""Key-safe codes are sealed, read one at a time, and every reading is on record."""

import json
from datetime import timedelta

import pytest

from backend.audit.models import AuditEntry
from backend.clients.models import Client, KeySafeCode
from backend.clients.services import (
    NoKeySafeError,
    TooManyRevealsError,
    open_key_safe,
    reveal_key_safe_code,
    set_key_safe_code,
)
from backend.core.sealing import SealBrokenError
from tests.backend.factories import NOW
from tests.backend.factories.accounts import coordinator_of
from tests.backend.factories.clients import ClientFactory
from tests.backend.factories.organisation import BranchFactory
from tests.backend.rota.callers import office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    found: Client = ClientFactory()
    set_key_safe_code(client=found, code="C4711X", actor=None, now=NOW)
    return found


def test_the_office_reads_the_code_and_says_why(client: Client) -> None:
    actor = coordinator_of(client.branch)

    code = reveal_key_safe_code(client_id=client.pk, reason="Phone lost", actor=actor, now=NOW)

    entry = AuditEntry.objects.get(event="key_safe.revealed")
    assert code == "C4711X"
    assert (entry.actor, entry.subject) == (actor, f"client:{client.pk}")
    assert (entry.chain, entry.body) == (f"branch:{client.branch_id}", {"reason": "Phone lost"})


def test_the_office_of_another_branch_learns_nothing(client: Client) -> None:
    stranger = coordinator_of(BranchFactory(organisation=client.branch.organisation))

    with pytest.raises(Client.DoesNotExist):
        reveal_key_safe_code(client_id=client.pk, reason="Phone lost", actor=stranger, now=NOW)

    assert not AuditEntry.objects.filter(event="key_safe.revealed").exists()


def test_the_code_lies_in_no_table_in_plain_words(client: Client) -> None:
    stored = KeySafeCode.objects.values().get(client=client)
    entries = list(AuditEntry.objects.values())

    assert b"C4711X" not in bytes(stored["sealed"])
    assert "C4711X" not in json.dumps(entries, default=str)


def test_a_sealed_code_moved_to_another_client_is_refused(client: Client) -> None:
    other = ClientFactory(branch=client.branch)
    sealed = KeySafeCode.objects.get(client=client).sealed
    KeySafeCode.objects.create(client=other, sealed=sealed, changed_at=NOW)

    with pytest.raises(SealBrokenError):
        open_key_safe(client=other, reason="-", actor=coordinator_of(other.branch), now=NOW)


def test_a_client_without_a_code_has_none(client: Client) -> None:
    other = ClientFactory(branch=client.branch)

    with pytest.raises(NoKeySafeError):
        open_key_safe(client=other, reason="-", actor=coordinator_of(other.branch), now=NOW)


def test_one_person_reads_only_so_many_codes_in_an_hour(client: Client) -> None:
    actor, other = coordinator_of(client.branch), coordinator_of(client.branch)
    for minute in range(30):
        open_key_safe(client=client, reason="-", actor=actor, now=NOW + timedelta(minutes=minute))

    with pytest.raises(TooManyRevealsError) as refused:
        open_key_safe(client=client, reason="-", actor=actor, now=NOW + timedelta(minutes=59))

    assert refused.value.params == {"limit": 30}
    assert AuditEntry.objects.filter(event="key_safe.revealed").count() == 30
    assert open_key_safe(client=client, reason="-", actor=other, now=NOW) == "C4711X"
    # The first reading is an hour old by then.
    later = NOW + timedelta(minutes=60)
    assert open_key_safe(client=client, reason="-", actor=actor, now=later) == "C4711X"


def test_changing_a_code_to_itself_leaves_no_trace(client: Client) -> None:
    set_key_safe_code(client=client, code="C4711X", actor=None, now=NOW + timedelta(days=1))

    assert AuditEntry.objects.filter(event="key_safe.changed").count() == 1
    assert KeySafeCode.objects.get().changed_at == NOW


def test_a_code_is_on_no_page_but_its_own(client: Client) -> None:
    office = office_of(client.branch)
    pages = [
        f"/api/clients/{client.pk}",
        f"/api/branches/{client.branch_id}/clients",
    ]

    answers = [office.get(page).content.decode() for page in pages]

    assert all("C4711X" not in answer for answer in answers)
    assert json.loads(answers[0])["has_key_safe_code"] is True


def test_reading_a_code_needs_a_reason_and_is_kept_nowhere(client: Client) -> None:
    office = office_of(client.branch)
    address = f"/api/clients/{client.pk}/key-safe/reveal"

    without = office.post(address, {})
    with_reason = office.post(address, {"reason": "The carer's phone is lost"})

    assert without.status_code == 400
    assert with_reason.json() == {"code": "C4711X"}
    assert with_reason["Cache-Control"] == "no-store"


def test_a_refusal_names_its_code_and_figures(client: Client) -> None:
    other = ClientFactory(branch=client.branch)

    answer = office_of(client.branch).post(
        f"/api/clients/{other.pk}/key-safe/reveal", {"reason": "Locked out"}
    )

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "clients.no_key_safe"
    assert answer.json()["params"] == {}
