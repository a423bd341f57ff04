"""What happened to memberships and shares is added to and never changed."""

from django.db import migrations

from backend.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]

    operations = [
        append_only("membership_membershipevent"),
        append_only("membership_shareentry"),
    ]
