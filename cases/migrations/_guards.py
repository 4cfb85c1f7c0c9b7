"""SQL that guards tables: rows that never change, and a note of every change that no audit entry tells of.

No migration of its own: later ones take `append_only` and `watching` from here for their tables.
"""

from typing import NamedTuple

from django.conf import settings

# The role is a setting of the installation, not input.
APPLICATION = str(settings.DATABASE_APPLICATION_ROLE)


class Watched(NamedTuple):
    """A table whose changes are noted, its key, and the columns that change without meaning."""

    table: str
    key: str = "id"
    ignored: tuple[str, ...] = ()


def append_only(table: str) -> str:
    """Refuse every change of a row and the emptying of the table, to its owner as well, and in every session mode."""
    return f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
"""


def watching(watched: Watched) -> str:
    """Note each statement that changes the table, once a statement whatever the number of rows.

    Rows that the application's role adds are left out, at the price of one comparison: recording and re-screening add
    them by the thousand.
    """
    table = watched.table
    arguments = f"'{watched.key}', '{{{','.join(watched.ignored)}}}'"
    events = (
        ("insert", "INSERT", "REFERENCING NEW TABLE AS after_rows", f"WHEN (session_user <> '{APPLICATION}')"),
        ("update", "UPDATE", "REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows", ""),
        ("delete", "DELETE", "REFERENCING OLD TABLE AS before_rows", ""),
        ("truncate", "TRUNCATE", "", ""),
    )
    return "".join(
        f"""
CREATE TRIGGER {table}_note_{name} AFTER {event} ON {table} {rows}
    FOR EACH STATEMENT {condition} EXECUTE FUNCTION cases_note_row_changes({arguments});
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_note_{name};
"""
        for name, event, rows, condition in events
    )


# Statement by statement, with the rows of the statement at hand. A service writes its entry after its rows mostly: then
# what was noted is taken back by the entry. Where the entry came first, nothing is noted at all. Sessions of other roles
# than the application's and the tables' owner cannot announce anything.
NOTING = f"""
CREATE FUNCTION cases_may_announce(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT session_user = '{APPLICATION}'
        OR session_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = relation)
$$;

CREATE FUNCTION cases_digest_of_row(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 'sha256:' || encode(sha256(convert_to(content::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION cases_difference(key text, old jsonb, new jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object(
        'key', old ->> key,
        'columns', (SELECT jsonb_agg(o.key ORDER BY o.key) FROM jsonb_each(old) AS o
                    WHERE o.value IS DISTINCT FROM new -> o.key),
        'before', cases_digest_of_row(old),
        'after', cases_digest_of_row(new))
$$;

CREATE FUNCTION cases_note_row_changes() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this text := pg_current_xact_id()::text;
    key text := TG_ARGV[0];
    ignored text[] := TG_ARGV[1]::text[];
    row_count bigint := 0;
    told jsonb := '[]';
BEGIN
    IF cases_may_announce(TG_RELID) AND current_setting('cordon.audited', true) = this THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        -- Both tables hold the statement's rows in the order in which it changed them.
        IF ignored = '{{}}' THEN
            SELECT count(*) INTO row_count FROM after_rows;
            SELECT coalesce(jsonb_agg(cases_difference(key, to_jsonb(b.r), to_jsonb(a.r))), '[]') INTO told
            FROM (SELECT row_number() OVER () AS number, r FROM before_rows AS r LIMIT 20) AS b
            JOIN (SELECT row_number() OVER () AS number, r FROM after_rows AS r LIMIT 20) AS a USING (number);
        ELSE
            SELECT count(*), coalesce(jsonb_agg(cases_difference(key, was, is_now)) FILTER (WHERE place <= 20), '[]')
            INTO row_count, told
            FROM (SELECT row_number() OVER () AS place, to_jsonb(b.r) AS was, to_jsonb(a.r) AS is_now
                  FROM (SELECT row_number() OVER () AS number, r FROM before_rows AS r) AS b
                  JOIN (SELECT row_number() OVER () AS number, r FROM after_rows AS r) AS a USING (number)
                  WHERE to_jsonb(b.r) - ignored IS DISTINCT FROM to_jsonb(a.r) - ignored) AS pairs;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        SELECT count(*), coalesce(jsonb_agg(jsonb_build_object(
            'key', to_jsonb(added) ->> key, 'after', cases_digest_of_row(to_jsonb(added)))) FILTER (WHERE number <= 20), '[]')
        INTO row_count, told
        FROM (SELECT row_number() OVER () AS number, r AS added FROM after_rows AS r) AS numbered;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT count(*), coalesce(jsonb_agg(jsonb_build_object(
            'key', to_jsonb(gone) ->> key, 'before', cases_digest_of_row(to_jsonb(gone)))) FILTER (WHERE number <= 20), '[]')
        INTO row_count, told
        FROM (SELECT row_number() OVER () AS number, r AS gone FROM before_rows AS r) AS numbered;
    END IF;
    IF row_count = 0 AND TG_OP <> 'TRUNCATE' THEN
        RETURN NULL;
    END IF;
    INSERT INTO cases_rowchange (changed_at, transaction, table_name, operation, row_count, rows, signed_in_as, acting_as,
                                 officer, purpose, program, address)
    VALUES (clock_timestamp(), this::bigint, TG_TABLE_NAME, TG_OP, row_count, told, session_user,
            coalesce(nullif(current_setting('role', true), 'none'), session_user),
            coalesce(current_setting('cordon.officer', true), ''), coalesce(current_setting('cordon.purpose', true), ''),
            coalesce(current_setting('application_name', true), ''), coalesce(host(inet_client_addr()), ''));
    PERFORM set_config('cordon.noted', this, true);
    RETURN NULL;
END
$$;
"""  # noqa: S608  # nosec B608

# An entry waits for the linker from the moment it is there, and speaks for what its transaction changed.
LINKING = f"""
CREATE FUNCTION cases_await_link() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    this text := pg_current_xact_id()::text;
BEGIN
    INSERT INTO cases_unlinkedentry (entry_id) SELECT id FROM after_rows ON CONFLICT DO NOTHING;
    IF cases_may_announce(TG_RELID) THEN
        PERFORM set_config('cordon.audited', this, true);
        IF current_setting('cordon.noted', true) = this THEN
            DELETE FROM cases_rowchange WHERE transaction = this::bigint AND changed_at >= now();
            PERFORM set_config('cordon.noted', '', true);
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER cases_auditentry_await_link AFTER INSERT ON cases_auditentry REFERENCING NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION cases_await_link();
CREATE TRIGGER cases_auditentry_note_insert AFTER INSERT ON cases_auditentry REFERENCING NEW TABLE AS after_rows
    FOR EACH STATEMENT WHEN (session_user <> '{APPLICATION}')
    EXECUTE FUNCTION cases_note_row_changes('id', '{{}}');
"""  # noqa: S608  # nosec B608

# A transaction may take back what was noted of itself; nobody takes back what is committed. The number of a transaction
# may come again after a restore, its moment may not.
NOTED_ROWS_STAY = """
CREATE TRIGGER cases_rowchange_no_change BEFORE UPDATE ON cases_rowchange
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER cases_rowchange_no_removal BEFORE DELETE ON cases_rowchange FOR EACH ROW
    WHEN (OLD.transaction IS DISTINCT FROM pg_current_xact_id()::text::bigint OR OLD.changed_at < now())
    EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER cases_rowchange_no_truncate BEFORE TRUNCATE ON cases_rowchange
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""

# The functions above write for the application, which may not write there itself.
RIGHTS = f"""
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') THEN
        REVOKE UPDATE, DELETE ON cases_auditlink, cases_audithead FROM "{APPLICATION}";
        REVOKE INSERT, UPDATE, DELETE ON cases_rowchange FROM "{APPLICATION}";
        REVOKE INSERT, UPDATE ON cases_unlinkedentry FROM "{APPLICATION}";
    END IF;
END
$$;
"""  # noqa: S608  # nosec B608

# `SET session_replication_role = replica` puts ordinary triggers to sleep; these stay awake.
ALWAYS = """
DO $$
DECLARE
    guard record;
BEGIN
    FOR guard IN
        SELECT tgrelid::regclass AS relation, tgname FROM pg_trigger
        WHERE NOT tgisinternal AND tgenabled = 'O' AND tgfoid IN (
            'cases_refuse_change'::regproc, 'cases_note_row_changes'::regproc, 'cases_await_link'::regproc)
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.relation, guard.tgname);
    END LOOP;
END
$$;
"""

# The triggers go with their functions, those of the new tables with the tables.
UNDO = """
DROP FUNCTION cases_note_row_changes, cases_await_link CASCADE;
DROP FUNCTION cases_difference, cases_digest_of_row, cases_may_announce;
"""
