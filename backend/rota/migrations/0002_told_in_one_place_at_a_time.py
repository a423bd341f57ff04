"""PostgreSQL refuses to tell a carer of two visits at the same time, whichever branch tells it."""

from typing import Any

from django.db import migrations

NAME = "rota_told_in_one_place_at_a_time"

# A range of one number stands for the carer: ranges have the index they need built in, while
# comparing a number for equality in it would need an extension that not every server has.
ADD = f"""
    ALTER TABLE rota_publishedassignment ADD CONSTRAINT {NAME} EXCLUDE USING gist (
        int8range(carer_id, carer_id, '[]') WITH &&,
        tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (superseded_by_id IS NULL)
"""
DROP = f"ALTER TABLE rota_publishedassignment DROP CONSTRAINT {NAME}"


def add(_apps: Any, schema_editor: Any) -> None:
    """Add the constraint where the database knows such constraints."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop(_apps: Any, schema_editor: Any) -> None:
    """Take the constraint away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("rota", "0001_initial")]

    operations = [migrations.RunPython(add, drop)]
