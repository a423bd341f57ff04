"""`manage.py verify_audit`: whether anybody has changed what was written down."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.audit.models import AuditChain, AuditEntry
from backend.audit.services import broken_entry


class Command(BaseCommand):
    """Reads every chain from its beginning; changes nothing."""

    help = "Check that no entry of the audit was altered, removed or slipped in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each chain, and name the first entry of each that does not fit."""
        chains = sorted(
            {
                *AuditChain.objects.values_list("name", flat=True),
                *AuditEntry.objects.values_list("chain", flat=True).distinct(),
            }
        )
        broken = {chain: entry for chain in chains if (entry := broken_entry(chain)) is not None}
        for chain, entry in broken.items():
            self.stderr.write(f"{chain}: entry {entry} does not fit the one before it.")
        if broken:
            raise CommandError(f"{len(broken)} of {len(chains)} chains are not as written.")
        self.stdout.write(
            f"{AuditEntry.objects.count()} entries in {len(chains)} chains are whole."
        )
