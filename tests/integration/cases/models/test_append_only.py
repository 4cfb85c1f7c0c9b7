import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from cases.models import AuditEntry, Measure, RulebookVersion
from tests.databases import as_superuser
from tests.factories import recorded_incident

APPEND_ONLY = (
    *("cases_auditentry", "cases_findingreview", "cases_reply", "cases_rulebookversion", "cases_regime"),
    *("cases_measure", "cases_exemption", "cases_duty", "cases_listversion"),
    *("cases_screenedfacts", "cases_rulebookfiles", "cases_rescreeningchange", "cases_auditlink", "cases_audithead"),
    *("cases_custodyevent", "cases_exhibititem", "cases_registerlookup"),
    *("cases_supplychainstep", "cases_clarification", "cases_replyreminder", "cases_pointofdiversion"),
    *("cases_casenote", "cases_publishedstatistic", "cases_furtherincident"),
    *("cases_markreading", "cases_marksettlement"),
)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_application_may_add_and_read_but_not_change(db, table):
    with connection.cursor() as cursor:
        rights = ("SELECT", "INSERT", "UPDATE", "DELETE")
        cursor.execute(
            "SELECT " + ", ".join(f"has_table_privilege(current_user, '{table}', '{right}')" for right in rights)
        )
        assert cursor.fetchone() == (True, True, False, False)


@pytest.mark.parametrize("act", [lambda rows: rows.update(action="x"), lambda rows: rows.delete()])
def test_the_application_cannot_change_the_audit_trail(officer, act):
    recorded_incident(officer)

    with pytest.raises(DatabaseError, match=r"permission denied|append-only"), transaction.atomic():
        act(AuditEntry.objects.all())


def test_a_rulebook_is_never_edited(rulebook_version):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Measure.objects.filter(rulebook=rulebook_version).update(status="suspended")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RulebookVersion.objects.update(version="other")


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_not_even_the_owner_can_empty_a_table(table):
    with connections["owner"].cursor() as cursor:
        # The tests' own cleaning has put the trigger away; an installation has it.
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
        with pytest.raises(DatabaseError, match="append-only: TRUNCATE refused"):
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "verb", ["UPDATE cases_rulebookversion SET version = 'u'", "DELETE FROM cases_rulebookversion"]
)
@pytest.mark.django_db(databases=["default", "owner"])
def test_not_even_the_owner_can_change_a_row(verb):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_rulebookversion (version, digest, loaded_at) VALUES ('t', 't', now()) RETURNING id"
        )
        with pytest.raises(DatabaseError, match=r"append-only: (UPDATE|DELETE) refused"):
            cursor.execute(verb)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_mode_of_a_session_puts_the_guards_to_sleep(db, table):
    """ENABLE ALWAYS: fires under `session_replication_role = replica` too, which the superuser may set."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s",
            [table, f"{table}_no_change"],
        )
        assert cursor.fetchall() == [("A",)]


@pytest.mark.django_db(transaction=True)
def test_the_superuser_who_forgets_to_put_a_guard_away_is_refused(officer):
    recorded_incident(officer)

    with as_superuser() as everything:
        everything.execute("SET session_replication_role = replica")
        for verb in ("UPDATE cases_auditentry SET reason = 'x'", "DELETE FROM cases_auditentry"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                everything.execute(verb)
