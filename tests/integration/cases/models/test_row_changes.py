"""What the database itself notes of changes that no audit entry tells of."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from cases.choices import ReviewDecision
from cases.models import AuditEntry, Incident, Officer, RowChange
from cases.queries.audit_verification import verify_row_changes
from cases.queries.rulebooks import current_rulebook
from cases.services.accept_api_token import accept_api_token
from cases.services.amend_incident import amend_incident
from cases.services.issue_api_token import issue_api_token
from cases.services.load_rulebook_version import load_rulebook_version
from cases.services.request_screening import request_screening
from cases.services.review_finding import review_finding
from cases.services.run_screening import run_screening
from cases.services.void_incident import void_incident
from tests.conftest import NOW
from tests.databases import as_superuser
from tests.factories import AgencyFactory, OfficerFactory, recorded_incident
from tests.older_rulebooks import ENDED_EARLY, rescreened_under


@pytest.fixture
def incident(transactional_db: None) -> Incident:
    """A record that is kept."""
    return recorded_incident()


def noted() -> list[tuple[str, str, int]]:
    return list(RowChange.objects.order_by("pk").values_list("table_name", "operation", "row_count"))


def told() -> list[str]:
    return [finding.detail for finding in verify_row_changes()]


def test_what_services_write_is_announced_by_their_entries_whenever_they_write_them(incident: Incident) -> None:
    officer = incident.recorded_by
    fresh = Incident.objects.get(pk=incident.pk)
    amend_incident(
        officer=officer,
        incident=fresh,
        expected_version=fresh.version,
        changes={"circumstances": "boarded at night", "conveyance": {"name": "another"}},
        amended_at=NOW,
    )
    void_incident(officer=officer, incident=Incident.objects.get(pk=incident.pk), reason="in error", voided_at=NOW)
    _, secret = issue_api_token(officer=officer, name="t", issued_at=NOW, expires_at=NOW + timedelta(days=1))
    accept_api_token(secret=secret, shown_at=NOW + timedelta(hours=1))
    Officer.objects.filter(pk=officer.pk).update(last_login=NOW)

    assert noted() == []


def test_screening_reviewing_and_re_screening_are_announced(incident: Incident) -> None:
    load_rulebook_version(rulebook=current_rulebook(), loaded_at=NOW)
    run_screening(run_id=incident.runs.get().pk, now=NOW)
    finding = incident.findings.filter(is_current=True)[0]
    review_finding(
        officer=incident.recorded_by,
        finding=finding,
        decision=ReviewDecision.CONFIRMED,
        reason="a test",
        reviewed_at=NOW,
    )
    rescreened_under(ENDED_EARLY)
    run_screening(run_id=request_screening(incident=incident, requested_at=NOW).pk, now=NOW)

    assert noted() == []


def test_what_the_administration_changes_is_recorded_and_announced(transactional_db: None) -> None:
    administrator = Officer.objects.create_superuser("root")
    browser = Client()
    browser.force_login(administrator)
    officer = OfficerFactory.create()
    fields = {"username": officer.username, "agency": officer.agency_id, "role": "supervisor", "is_active": "on"}
    assert browser.post(f"/admin/cases/officer/{officer.pk}/change/", fields).status_code == 302
    password = {"usable_password": "true", "password1": "a-long-pass-phrase", "password2": "a-long-pass-phrase"}
    assert browser.post(f"/admin/cases/officer/{officer.pk}/password/", password).status_code == 302

    entries = AuditEntry.objects.filter(object_type="officer").order_by("pk")
    assert [(entry.action, entry.officer) for entry in entries] == [
        *(("officer.changed", administrator), ("officer.password_set", administrator)),
    ]
    assert json.loads(entries[0].payload) == {"before": {"role": "officer"}, "after": {"role": "supervisor"}}
    assert "pass-phrase" not in str(entries.values())
    assert noted() == []


def test_bulk_sql_past_the_services_is_noted_with_its_rows_and_columns_and_without_what_they_hold(
    incident: Incident,
) -> None:
    Incident.objects.filter(pk=incident.pk).update(circumstances="nothing was found", place="elsewhere")

    change = RowChange.objects.get()
    assert (change.table_name, change.operation, change.row_count) == ("cases_incident", "UPDATE", 1)
    assert change.rows[0]["key"] == str(incident.pk)
    assert change.rows[0]["columns"] == ["circumstances", "place"]
    assert change.rows[0]["before"] != change.rows[0]["after"]
    assert "nothing was found" not in str(change.rows)
    assert change.signed_in_as == connection.settings_dict["USER"]
    assert "UPDATE of 1 rows" in told()[0]


def test_a_transaction_with_an_entry_of_its_own_speaks_for_what_it_changed_and_only_for_that(
    incident: Incident,
) -> None:
    Incident.objects.filter(pk=incident.pk).update(place="first")
    with transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(place="second")
        void_incident(officer=incident.recorded_by, incident=incident, reason="in error", voided_at=NOW)
        Incident.objects.filter(pk=incident.pk).update(place="third")
    Incident.objects.filter(pk=incident.pk).update(place="fourth")

    assert noted() == [("cases_incident", "UPDATE", 1)] * 2


def test_an_entry_that_was_rolled_back_speaks_for_nothing(incident: Incident) -> None:
    with transaction.atomic():
        with transaction.atomic():
            void_incident(officer=incident.recorded_by, incident=incident, reason="in error", voided_at=NOW)
            transaction.set_rollback(True)
        Incident.objects.filter(pk=incident.pk).update(place="elsewhere")

    assert noted() == [("cases_incident", "UPDATE", 1)]


def test_of_many_rows_the_first_are_named_and_all_are_counted(transactional_db: None) -> None:
    AgencyFactory.create_batch(30)
    AgencyFactory._meta.model.objects.update(country="XXA")

    change = RowChange.objects.get()
    assert (change.row_count, len(change.rows)) == (30, 20)


def test_what_the_superuser_adds_changes_or_removes_is_noted_whatever_the_session_says(incident: Incident) -> None:
    officer = OfficerFactory.create()
    with as_superuser() as everything:
        everything.execute("SET session_replication_role = replica")
        with everything.transaction():
            everything.execute("SELECT set_config('cordon.audited', pg_current_xact_id()::text, true)")
            everything.execute("SET LOCAL cordon.purpose = 'prepare'")
            everything.execute("UPDATE cases_incident SET place = 'elsewhere'")
            everything.execute("DELETE FROM cases_seizeditem")
            everything.execute(
                "INSERT INTO cases_case (reference, title, closed_reason, agency_id, opened_at, opened_by_id)"
                " SELECT 'CASE-2026-1', 'none', '', agency_id, now(), id FROM cases_officer LIMIT 1"
            )
            everything.execute("UPDATE cases_officer SET password = 'x', last_login = now()")

    assert noted() == [
        *(("cases_incident", "UPDATE", 1), ("cases_seizeditem", "DELETE", 1)),
        *(("cases_case", "INSERT", 1), ("cases_officer", "UPDATE", 2)),
    ]
    assert RowChange.objects.last().rows[0]["columns"] == ["last_login", "password"]
    assert str(officer.pk) in {row["key"] for row in RowChange.objects.last().rows}
    assert len(told()) == 4


@pytest.mark.parametrize(("purpose", "is_told"), [("prepare", False), ("", True)])
@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_what_a_migration_changes_is_noted_and_not_told_as_a_problem(
    incident: Incident, purpose: str, is_told: bool
) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('cordon.purpose', %s, true)", [purpose])
        cursor.execute("UPDATE cases_incident SET place = ''")

    assert noted() == [("cases_incident", "UPDATE", 1)]
    assert bool(told()) is is_told


@pytest.mark.parametrize("alias", ["default", "owner"])
@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_nobody_takes_back_what_was_noted(incident: Incident, alias: str) -> None:
    Incident.objects.update(place="elsewhere")

    for statement in ("UPDATE cases_rowchange SET table_name = ''", "DELETE FROM cases_rowchange"):
        with (
            pytest.raises(DatabaseError, match=r"append-only|permission denied"),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_what_the_application_adds_costs_no_note(incident: Incident) -> None:
    AgencyFactory.create_batch(3)

    assert noted() == []
    assert AuditEntry.objects.count() == 1
