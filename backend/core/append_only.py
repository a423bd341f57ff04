"""Tables to which rows are only ever added: the database refuses to change them."""

from typing import Any

from django.db import migrations

REFUSAL = "rows of this table are never changed: add one that reverses the old one"


def append_only(table: str) -> migrations.RunPython:
    """Return the migration step after which rows of `table` can be added and read only.

    PostgreSQL refuses changes and deletions. SQLite, which is for a first try, refuses changes
    alone: a deletion there is also how the whole demonstration is emptied.
    """

    def add(_apps: Any, schema_editor: Any) -> None:
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    def drop(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_append_only()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_append_only")

    return migrations.RunPython(add, drop)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table}: {REFUSAL}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
    ]
