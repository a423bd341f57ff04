"""What the members decided is added to and never changed."""

from django.db import migrations

from backend.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("organisation", "0006_rota_policy_version")]

    operations = [append_only("organisation_rotapolicyversion")]
