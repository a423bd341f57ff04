"""What was relaxed is added to and never changed."""

from django.db import migrations

from backend.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("organisation", "0008_policy_override")]

    operations = [append_only("organisation_policyoverride")]
