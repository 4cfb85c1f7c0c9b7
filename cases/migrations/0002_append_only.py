"""What the tables alone do not say: rows that are never changed, and the numbers behind references."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations

# Rows of these tables are added, never changed nor deleted: evidence of who did what, decisions, what came back, and
# the rulebooks that results rest on.
APPEND_ONLY = (
    "cases_auditentry",
    "cases_findingreview",
    "cases_reply",
    "cases_rulebookversion",
    "cases_regime",
    "cases_measure",
    "cases_exemption",
    "cases_duty",
    "cases_listversion",
)

FUNCTION = """
CREATE FUNCTION cases_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
"""  # noqa: S608  # nosec B608

TRIGGERS = "".join(
    f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""
    for table in APPEND_ONLY
)

# Where the application's role exists, it has not even the right to try; elsewhere the triggers stand alone.
# The role is a setting of the installation, not input.
RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{settings.DATABASE_APPLICATION_ROLE}') THEN
        REVOKE UPDATE, DELETE ON {", ".join(APPEND_ONLY)} FROM "{settings.DATABASE_APPLICATION_ROLE}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

UNDO = (
    "".join(
        f"DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
        for table in APPEND_ONLY
    )
    + "DROP FUNCTION cases_refuse_change();"
)


class Migration(migrations.Migration):
    """Append-only tables, and the sequence that references are shuffled from."""

    dependencies: ClassVar = [("cases", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(FUNCTION + TRIGGERS + RIGHTS, UNDO),
        migrations.RunSQL("CREATE SEQUENCE cases_reference_number", "DROP SEQUENCE cases_reference_number"),
    ]
