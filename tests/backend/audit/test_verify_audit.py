"""The command that checks the whole audit, as after a restore."""

import io

import pytest
from django.core.management import CommandError, call_command

from backend.audit.models import AuditChain, AuditEntry
from backend.audit.services import record
from tests.backend.factories import NOW

pytestmark = pytest.mark.django_db


def _record(chain: str) -> AuditEntry:
    return record("visit.locked", actor=None, subject="visit:1", at=NOW, chain=chain)


def test_whole_chains_are_counted() -> None:
    _record("branch:1")
    _record("branch:1")
    _record("organisation:1")
    said = io.StringIO()

    call_command("verify_audit", stdout=said)

    assert said.getvalue().strip() == "3 entries in 2 chains are whole."


def test_every_chain_that_was_changed_is_named() -> None:
    _record("branch:1")
    altered, orphan = _record("branch:2"), _record("branch:3")
    AuditEntry.objects.filter(pk=altered.pk).update(event="visit.unlocked")
    AuditChain.objects.filter(name=orphan.chain).delete()
    AuditEntry.objects.filter(pk=orphan.pk).update(seq=5)
    said = io.StringIO()

    with pytest.raises(CommandError, match="2 of 3 chains"):
        call_command("verify_audit", stderr=said)

    assert said.getvalue().splitlines() == [
        "branch:2: entry 1 does not fit the one before it.",
        "branch:3: entry 1 does not fit the one before it.",
    ]
