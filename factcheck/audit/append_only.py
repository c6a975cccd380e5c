"""The trigger that lets a table only grow, whichever role or view speaks to it."""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def define() -> migrations.RunSQL:
    return migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_change()")


def protect(table: str) -> migrations.RunSQL:
    """Refuse UPDATE and DELETE on ``table``. (TRUNCATE is refused by grants: a trigger would
    also stop the clean-up between two tests.)"""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER {table}_only_grows ON {table}",
    )


def refuse_delete(table: str) -> migrations.RunSQL:
    """Refuse DELETE on ``table``, whose rows may change but are never lost."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"DROP TRIGGER {table}_stays ON {table}",
    )
