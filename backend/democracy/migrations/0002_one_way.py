"""Ballots take only the steps of their machine; what was made public never changes."""

from typing import Any

from django.db import migrations

from backend.core.append_only import append_only

STEPS = (
    ("draft", "roll_frozen"),
    ("draft", "void"),
    ("roll_frozen", "open"),
    ("roll_frozen", "void"),
    ("open", "closed"),
    ("open", "void"),
    ("closed", "unlinked"),
    ("closed", "void"),
    ("unlinked", "opened"),
    ("unlinked", "void"),
    ("opened", "declared"),
    ("declared", "challenged"),
    ("declared", "final"),
    ("challenged", "final"),
    ("challenged", "void"),
)
ALLOWED = " OR ".join(
    f"(OLD.state = '{before}' AND NEW.state = '{after}')" for before, after in STEPS
)
FORBIDDEN = f"OLD.state <> NEW.state AND NOT ({ALLOWED})"
REFUSAL = "democracy_ballot: this step does not follow"


def add(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION democracy_ballot_step() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER democracy_ballot_step BEFORE UPDATE OF state ON democracy_ballot "
            f"FOR EACH ROW WHEN ({FORBIDDEN}) EXECUTE FUNCTION democracy_ballot_step()"
        )
        return
    schema_editor.execute(
        "CREATE TRIGGER democracy_ballot_step BEFORE UPDATE OF state ON democracy_ballot "
        f"WHEN {FORBIDDEN} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def drop(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER democracy_ballot_step ON democracy_ballot")
        schema_editor.execute("DROP FUNCTION democracy_ballot_step()")
    else:
        schema_editor.execute("DROP TRIGGER democracy_ballot_step")


class Migration(migrations.Migration):
    dependencies = [("democracy", "0001_initial")]

    operations = [
        append_only("democracy_logentry"),
        append_only("democracy_declaration"),
        append_only("democracy_openballot"),
        migrations.RunPython(add, drop),
    ]
