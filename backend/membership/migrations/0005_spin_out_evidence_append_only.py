"""Evidence and waivers of spin-out cases are added to and never changed."""

from django.db import migrations

from backend.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("membership", "0004_spin_outs")]

    operations = [
        append_only("membership_evidence"),
        append_only("membership_waiver"),
    ]
